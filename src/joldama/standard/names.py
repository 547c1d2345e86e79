"""Names of persons: in full, with initials, in the order of the Kazakh alphabet, and for search."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PersonName:
    """A name as the identity document has it; the patronymic may be empty."""

    surname: str
    given_name: str
    patronymic: str = ""

    @property
    def full(self) -> str:
        """Surname, given name, patronymic: shown to the person and on papers about the person."""
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)

    @property
    def short(self) -> str:
        """Surname and initials, Нұрланова А.С.: how an official stands on a paper, in all languages."""
        initials = "".join(f"{part[0]}." for part in (self.given_name, self.patronymic) if part)
        return " ".join(part for part in (self.surname, initials) if part)

    @property
    def initials(self) -> str:
        """Initials only, Н.А.С.: how a holder is named to whoever verifies his referral (A33)."""
        return "".join(f"{part[0]}." for part in (self.surname, self.given_name, self.patronymic) if part)

    def __str__(self) -> str:
        return self.full


def sort_key(text: str) -> str:
    """Return digits that sort as the Kazakh alphabet does, in any collation: to be stored beside the text.

    Two digits a letter; spaces first, then hyphens, figures, Latin, the 42 letters, all else last.
    Case is ignored.
    """
    return "".join(_WEIGHTS.get(letter, "99") for letter in _plain(text))


def search_key(text: str) -> str:
    """Return the text with letters that people confuse made equal (ә/а, ғ/г, қ/к, …): for search only."""
    return " ".join(_plain(text).translate(_CONFUSED).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_CONFUSED = str.maketrans("әғқңөұүһіё", "агкноуухие")
_ORDER = " -0123456789abcdefghijklmnopqrstuvwxyz" + ALPHABET
_WEIGHTS = {letter: f"{place:02}" for place, letter in enumerate(_ORDER)}
