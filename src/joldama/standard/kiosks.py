"""What a ticket kiosk prints on, and why one is ended; closed lists, each with its text."""

from enum import StrEnum


class KioskPaper(StrEnum):
    """On what a kiosk prints: a roll of 80 mm, sheets, or nothing (then the QR code is photographed)."""

    ROLL = "ROLL"
    A4 = "A4"
    NONE = "NONE"

    @property
    def text_key(self) -> str:
        return f"kiosk.paper.{self}"


class KioskEnd(StrEnum):
    """Why a kiosk gives no tickets any more."""

    BROKEN = "BROKEN"
    MOVED = "MOVED"
    LOST = "LOST"
    NOT_NEEDED = "NOT_NEEDED"

    @property
    def text_key(self) -> str:
        return f"kiosk.end.{self}"
