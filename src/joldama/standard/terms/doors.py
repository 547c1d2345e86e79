"""Whether reception is open at a moment, and when it opens again (¶8.1)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from govkz.workdays import Reception, WorkingCalendar, reception_of
from joldama.standard.figures import FIGURES_2015_04_28, Figures
from joldama.standard.terms.steps import Step, day_steps, days_passed, wall


class ClosedReason(StrEnum):
    """Why reception is closed at a moment; each has a text `term.closed.*`."""

    BEFORE_OPENING = "before_opening"
    LUNCH = "lunch"
    AFTER_CLOSING = "after_closing"
    DAY_OFF = "day_off"

    @property
    def text_key(self) -> str:
        return f"term.closed.{self}"


@dataclass(frozen=True, slots=True)
class Opening:
    """The doors at a moment: open from when (the moment itself if now), until when, and why not now."""

    opens_at: datetime
    closes_at: datetime
    reason: ClosedReason | None
    steps: tuple[Step, ...]

    @property
    def is_open(self) -> bool:
        return self.reason is None


class Closed(Exception):
    """Nothing is taken in by hand at this moment: reception is closed (R8.1-a).

    `opens_at` is the next opening in UTC; `steps` name the days off until then.
    """

    def __init__(self, doors: Opening) -> None:
        if doors.reason is None:
            raise ValueError("reception is open")
        self.opens_at = doors.opens_at
        self.reason = doors.reason
        self.steps = doors.steps
        super().__init__(f"reception is closed ({doors.reason}) until {doors.opens_at.isoformat()}")


def opening(
    at: datetime, *, zone: ZoneInfo, calendar: WorkingCalendar, figures: Figures = FIGURES_2015_04_28
) -> Opening:
    """Return the doors of a place at a moment. Raises NaiveMoment, OutsideCalendar."""
    return doors_at(at, reception_of(calendar, figures.hours, zone))


def doors_at(at: datetime, reception: Reception) -> Opening:
    """Return the doors of a reception at a moment."""
    span = reception.span_from(at)
    if span.opens_at <= at:
        return Opening(reception.next_opening(at), span.closes_at, None, ())
    reason = _reason(at, reception)
    return Opening(span.opens_at, span.closes_at, reason, _why(at, span.opens_at, reception))


def refuse_when_closed(at: datetime, reception: Reception) -> None:
    """Raise Closed unless reception is open at this moment."""
    if not reception.is_open(at):
        raise Closed(doors_at(at, reception))


def _reason(at: datetime, reception: Reception) -> ClosedReason:
    spans = reception.spans(reception.local_date(at))
    if not spans:
        return ClosedReason.DAY_OFF
    if at < spans[0].opens_at:
        return ClosedReason.BEFORE_OPENING
    return ClosedReason.LUNCH if at < spans[-1].opens_at else ClosedReason.AFTER_CLOSING


def _why(at: datetime, opens_at: datetime, reception: Reception) -> tuple[Step, ...]:
    calendar = reception.calendar
    today, opens_on = reception.local_date(at), reception.local_date(opens_at)
    off_today = [] if calendar.is_working_day(today) else day_steps(calendar.day(today))
    opens = Step("term.opens", {"opens_at": wall(opens_at, reception)})
    return (*off_today, *days_passed(calendar, today, opens_on), opens)
