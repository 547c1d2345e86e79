"""Say whether twelve digits are an individual or business number, and what the digits hint at.

Make-up of the number and its check digit: rules of forming the identification number, Government decree of
11 June 2003 No 565 (https://adilet.zan.kz/rus/docs/P030000565_). Since 2013 the rules no longer bind digits
1-7 to the birth date and sex of the person: they are a hint here and never a refusal.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 12
OF_ORGANISATIONS = frozenset("456")
"""The fifth digit of a BIN: a resident legal entity, one that is not, sole traders together. An IIN has a day there."""

FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


class Fault(StrEnum):
    """Why a text is not a number of a person or organisation."""

    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK_DIGIT = "check_digit"
    NEVER_ISSUED = "never_issued"


class InvalidNumber(ValueError):
    """The text is not a number; `fault` says why. The message never repeats the text."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class InvalidIin(InvalidNumber):
    """The text is not an individual identification number."""


class InvalidBin(InvalidNumber):
    """The text is not a business identification number."""


class Sex(StrEnum):
    """What the seventh digit hints at."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Iin:
    """An individual identification number whose check digit holds; `str()` gives the twelve digits."""

    digits: str

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:
        return f"Iin({_masked(self.digits)})"

    @property
    def century_hint(self) -> int | None:
        """Give the first year of the century of birth that the seventh digit hints at, such as 1900."""
        return {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}.get(self.digits[6])

    @property
    def birth_date_hint(self) -> date | None:
        """Give the birth date that digits 1-7 hint at, or None where they are no date."""
        if self.century_hint is None:
            return None
        year, month, day = (int(self.digits[at : at + 2]) for at in (0, 2, 4))
        try:
            return date(self.century_hint + year, month, day)
        except ValueError:
            return None

    @property
    def sex_hint(self) -> Sex | None:
        """Give the sex that the seventh digit hints at: odd for men, even for women."""
        if self.century_hint is None:
            return None
        return Sex.MALE if int(self.digits[6]) % 2 else Sex.FEMALE


@dataclass(frozen=True, slots=True)
class Bin:
    """A business identification number whose check digit holds; `str()` gives the twelve digits."""

    digits: str

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:
        return f"Bin({_masked(self.digits)})"


def parse(text: str) -> Iin:
    """Read an individual number; spaces in and around it are overlooked.

    Raises InvalidIin.
    """
    digits = _without_spaces(text)
    fault = _fault(digits)
    if fault:
        raise InvalidIin(fault)
    return Iin(digits)


def parse_bin(text: str) -> Bin:
    """Read a business number: twelve digits with the same check digit as the individual number.

    Raises InvalidBin.
    """
    digits = _without_spaces(text)
    fault = _fault(digits)
    if fault:
        raise InvalidBin(fault)
    return Bin(digits)


def parse_either(text: str) -> Iin | Bin:
    """Read a number that is a person's or an organisation's: its fifth digit tells them apart.

    Nobody binds the digits of an IIN to a date since 2013, so that one could be given that looks like a BIN; none is
    known. Raises InvalidIin or InvalidBin, InvalidNumber where the text is too short or odd to be told apart.
    """
    digits = _without_spaces(text)
    fault = _fault(digits)
    if fault in (Fault.LENGTH, Fault.CHARACTERS):
        raise InvalidNumber(fault)
    if digits[4] in OF_ORGANISATIONS:
        return parse_bin(digits)
    return parse(digits)


def check_digit(first_eleven: str) -> int | None:
    """Reckon the twelfth digit; None where both passes give 10 and the number is never issued."""
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        remainder = sum(int(digit) * weight for digit, weight in zip(first_eleven, weights, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def _fault(digits: str) -> Fault | None:
    if not (digits.isascii() and digits.isdigit()) and digits:
        return Fault.CHARACTERS
    if len(digits) != LENGTH:
        return Fault.LENGTH
    expected = check_digit(digits[:-1])
    if expected is None:
        return Fault.NEVER_ISSUED
    return None if expected == int(digits[-1]) else Fault.CHECK_DIGIT


def _masked(digits: str) -> str:
    return "…" + digits[-4:]
