"""The paper series: which numbered blanks lie ready for a power cut, and how a ticket on paper is named (A38, S26)."""

from enum import StrEnum

LETTER = "Қ"
"""The letter of the paper series, in the numbers of its blanks and the names of its tickets."""

TICKETS_ON_A_SHEET = 20
"""Tickets to tear off that belong to one sheet of the line."""


class BlankKind(StrEnum):
    """What a blank is for; all kinds share one series of numbers."""

    PACKAGE = "PACKAGE"
    """A package with its receipt and its result: the case takes the number of the blank."""

    NOTE = "NOTE"
    """A note of non-acceptance."""

    LINE = "LINE"
    """A sheet of the waiting line with its tickets."""

    @property
    def text_key(self) -> str:
        return f"blank.{self}"


def ticket_name(blank_number: str, number: int) -> str:
    """Return the name of a ticket of a sheet as it is printed and called: Қ3-07 is the seventh of sheet 3."""
    serial = int(blank_number.rsplit("-", 1)[-1])
    return f"{LETTER}{serial}-{number:02d}"
