"""What a whole hall is told by the clock of the day: lunch and closing, before and while they last (¶8 1))."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from govkz.workdays import Reception
from joldama.standard.terms.doors import ClosedReason, Opening, doors_at

LUNCH_SOON = timedelta(minutes=10)
"""How long before lunch it is told; `voice.lunch_soon` says these minutes in words."""

CLOSING_SOON = timedelta(minutes=15)
"""How long before the end of reception it is told; `voice.closing_soon` says these minutes in words."""

LUNCH_OVER = timedelta(minutes=5)
"""How long after lunch it is told that reception goes on."""

_MINUTE = timedelta(minutes=1)


class Announcement(StrEnum):
    """What is told; each has a text `hall.told.*` in figures."""

    BEFORE_OPENING = "before_opening"
    LUNCH_SOON = "lunch_soon"
    LUNCH = "lunch"
    LUNCH_OVER = "lunch_over"
    CLOSING_SOON = "closing_soon"
    AFTER_CLOSING = "after_closing"
    DAY_OFF = "day_off"

    @property
    def text_key(self) -> str:
        return f"hall.told.{self}"


@dataclass(frozen=True, slots=True)
class Announced:
    """What is told at a moment, since when (UTC), and how many begun minutes are left until what it is about.

    `spoken_key` names the sentence to be said aloud; None where it would not be true any more.
    """

    what: Announcement
    since: datetime
    minutes: int = 0
    spoken_key: str | None = None


def announced_at(at: datetime, reception: Reception) -> Announced | None:
    """Return what a hall is told at a moment; None while nothing is near. Raises NaiveMoment, OutsideCalendar."""
    doors = doors_at(at, reception)
    if doors.reason is not None:
        return Announced(Announcement(doors.reason), _closed_since(doors.reason, at, reception))
    return _near_its_end(at, doors, reception) or _after_lunch(at, reception)


def _near_its_end(at: datetime, doors: Opening, reception: Reception) -> Announced | None:
    is_last = doors.closes_at == reception.spans(reception.local_date(at))[-1].closes_at
    what, warned, spoken = (
        (Announcement.CLOSING_SOON, CLOSING_SOON, "voice.closing_soon")
        if is_last
        else (Announcement.LUNCH_SOON, LUNCH_SOON, "voice.lunch_soon")
    )
    left = doors.closes_at - at
    if left > warned:
        return None
    minutes = -(-left // _MINUTE)
    is_said = minutes == warned // _MINUTE
    return Announced(what, doors.closes_at - warned, minutes, spoken if is_said else None)


def _after_lunch(at: datetime, reception: Reception) -> Announced | None:
    for span in reception.spans(reception.local_date(at))[1:]:
        if span.opens_at <= at < span.opens_at + LUNCH_OVER:
            return Announced(Announcement.LUNCH_OVER, span.opens_at, spoken_key="voice.lunch_over")
    return None


def _closed_since(reason: ClosedReason, at: datetime, reception: Reception) -> datetime:
    spans = reception.spans(reception.local_date(at))
    match reason:
        case ClosedReason.LUNCH:
            return spans[0].closes_at
        case ClosedReason.AFTER_CLOSING:
            return spans[-1].closes_at
        case _:
            return at
