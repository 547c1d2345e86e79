"""What is printed: a result as plain values, read from its rows by whoever hands it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.names import PersonName


class Copy(StrEnum):
    """Whose copy it is; only the recipient's own names the whole IIN and carries the decision (A36)."""

    RECIPIENT = "recipient"
    ORGANISATION = "organisation"


@dataclass(frozen=True, kw_only=True)
class Bilingual:
    """A text in both languages of a paper."""

    kk: str
    ru: str

    def __getitem__(self, side: str) -> str:
        return self.kk if side == "kk" else self.ru


@dataclass(frozen=True, kw_only=True)
class Print:
    """What every result says (¶6): who gave it to whom, when, signed by whom.

    `issued_at` is the moment of the head's accepted signature, `sealed_at` that of the seal; both in UTC,
    shown by `zone`. `edition` is the id of the edition of the standard. `deputy_order` is empty where the
    head signed.
    """

    number: str
    application_number: str
    issued_at: datetime
    sealed_at: datetime
    zone: ZoneInfo
    office: Bilingual
    address: Bilingual
    phones: tuple[str, ...]
    recipient: PersonName
    iin: str
    born_on: date | None
    official: PersonName
    position: Bilingual
    deputy_order: str = ""
    edition: str
    is_demo: bool


@dataclass(frozen=True, kw_only=True)
class ReferralPrint(Print):
    """A referral or, of kind 6, a record of guidance (A9); `fields` as the decision keeps them.

    `verify_url` is what the QR code opens: number, date and control code (A33).
    """

    kind: ResultKind
    training_kind: TrainingKind | None = None
    fields: Mapping[ResultField, str]
    valid_until_on: date | None
    control_code: str
    verify_url: str


@dataclass(frozen=True, kw_only=True)
class RefusalPrint(Print):
    """A reasoned refusal: its ground from the closed list, and the reasons as they were written (A36)."""

    ground: Ground
    reasons: str
