"""The sheet: everything a paper says, in the order in which it is read; set by `paper.typ`."""

from dataclasses import dataclass

from joldama.adapters.printing.papers import Bilingual
from joldama.adapters.printing.qr import QrCode


@dataclass(frozen=True)
class Attachment:
    """The signed decision inside the recipient's own copy."""

    content: bytes
    description: str
    name: str = "decision.cms"
    mime: str = "application/pkcs7-mime"


@dataclass(frozen=True)
class Said:
    """A label and what it stands for."""

    label: str
    text: str

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


@dataclass(frozen=True)
class Entry:
    """What a row says in one language, in larger letters where it is what the paper is about."""

    said: tuple[Said, ...]
    detail: str = ""
    is_large: bool = False


@dataclass(frozen=True)
class Row:
    """An entry in both languages; where `ru` is None, `kk` has both labels and stands across the sheet."""

    kk: Entry
    ru: Entry | None


@dataclass(frozen=True)
class Demo:
    """The notice of a demonstration: in sentences above, in one line below."""

    kk: str
    ru: str
    en: str
    line: str


@dataclass(frozen=True)
class Office:
    """The head of the paper."""

    name: str
    address: str
    phones: str


@dataclass(frozen=True)
class Check:
    """How the paper is checked by whoever holds it (A33)."""

    qr: QrCode
    alt: str
    label: Bilingual
    letters: str


@dataclass(frozen=True)
class Slip:
    """What the organisation sends back, in one language; `[box]` and `___` are drawn."""

    cut: str
    title: str
    referral: str
    choices: tuple[str, ...]
    signed: str
    back: str
    online: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything a paper says; one that leaves room, `is_roomy`, is set in larger letters."""

    title: Bilingual
    service: Bilingual
    number: str
    moment: str
    demo: Demo | None
    office_kk: Office
    office_ru: Office
    rows: tuple[Row, ...]
    signed_kk: tuple[str, ...]
    signed_ru: tuple[str, ...]
    signature: Bilingual
    official: str
    seal: Bilingual
    check: Check | None
    law_kk: tuple[str, ...]
    law_ru: tuple[str, ...]
    slip_kk: Slip | None = None
    slip_ru: Slip | None = None
    is_roomy: bool = False
