"""Documents of ¶9: the four that prove identity, and the oralman certificate beside them."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Holder(StrEnum):
    """Whose document it is, by citizenship (R9.1-b)."""

    CITIZEN = "CITIZEN"
    FOREIGNER = "FOREIGNER"
    STATELESS = "STATELESS"

    @property
    def text_key(self) -> str:
        return f"holder.{self}"

    @property
    def documents(self) -> tuple["DocumentKind", ...]:
        """The identity documents that fit this citizenship."""
        return tuple(kind for kind in DocumentKind if kind.holder is self)


class DocumentKind(StrEnum):
    """The identity documents that are accepted: these four and no other (R9.1-a)."""

    ID_CARD_KZ = "ID_CARD_KZ"
    PASSPORT_KZ = "PASSPORT_KZ"
    RESIDENCE_PERMIT = "RESIDENCE_PERMIT"
    STATELESS_CERTIFICATE = "STATELESS_CERTIFICATE"

    @property
    def text_key(self) -> str:
        return f"document.{self}"

    @property
    def holder(self) -> Holder:
        """The citizenship this document belongs to."""
        return _HOLDERS[self]

    def fits(self, holder: Holder) -> bool:
        """Say whether a person of this citizenship is identified by this document (R9.1-b)."""
        return self.holder is holder

    @property
    def number_hint(self) -> "NumberHint":
        """How its number usually looks; an aid to typing, never a ground of refusal."""
        return _NUMBER_HINTS[self]


class Supplement(StrEnum):
    """What is shown in addition to the identity document."""

    ORALMAN_CERTIFICATE = "ORALMAN_CERTIFICATE"

    @property
    def text_key(self) -> str:
        return f"document.{self}"


@dataclass(frozen=True)
class NumberHint:
    """The usual form of a document number.

    The forms are what the documents in circulation show; no act that sets them was found, so a number that
    looks otherwise is asked about and never refused.
    """

    pattern: str
    text_key: str

    def agrees_with(self, number: str) -> bool:
        return re.fullmatch(self.pattern, number) is not None


_HOLDERS = {
    DocumentKind.ID_CARD_KZ: Holder.CITIZEN,
    DocumentKind.PASSPORT_KZ: Holder.CITIZEN,
    DocumentKind.RESIDENCE_PERMIT: Holder.FOREIGNER,
    DocumentKind.STATELESS_CERTIFICATE: Holder.STATELESS,
}
_NINE_DIGITS = NumberHint(r"[0-9]{9}", "document.number.nine_digits")
_N_AND_EIGHT_DIGITS = NumberHint(r"N[0-9]{8}", "document.number.n_and_eight_digits")
_NUMBER_HINTS = {
    DocumentKind.ID_CARD_KZ: _NINE_DIGITS,
    DocumentKind.PASSPORT_KZ: _N_AND_EIGHT_DIGITS,
    DocumentKind.RESIDENCE_PERMIT: _NINE_DIGITS,
    DocumentKind.STATELESS_CERTIFICATE: _NINE_DIGITS,
}
