"""Reception time: the hours in which an office is open, and arithmetic in them on UTC instants only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from govkz.workdays.calendar import WorkingCalendar
from govkz.workdays.zones import refuse_stale_zones


class NaiveMoment(ValueError):
    """A moment without a zone was handed in; nobody can know which instant it means."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a working day in wall time; at `closes` and at `lunch_from` it is already closed."""

    opens: time
    closes: time
    lunch_from: time | None = None
    lunch_to: time | None = None

    @property
    def stretches(self) -> tuple[tuple[time, time], ...]:
        """Return the stretches of a day in which the office is open, lunch left out."""
        if self.lunch_from is None or self.lunch_to is None:
            return ((self.opens, self.closes),)
        return ((self.opens, self.lunch_from), (self.lunch_to, self.closes))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time between two UTC instants; the first belongs to it, the last does not."""

    opens_at: datetime
    closes_at: datetime


class Reception:
    """The reception time of one zone: a calendar, hours, and the wall clock of a place.

    Every moment handed in is aware; every moment returned is in UTC. Raises OutsideCalendar, NaiveMoment.
    """

    def __init__(self, *, calendar: WorkingCalendar, hours: Hours, zone: ZoneInfo) -> None:
        refuse_stale_zones()
        self.calendar = calendar
        self.hours = hours
        self.zone = zone
        self._spans: dict[date, tuple[Span, ...]] = {}

    def local_date(self, at: datetime) -> date:
        """Return the day on the wall calendar of the place. Raises NaiveMoment."""
        if at.tzinfo is None:
            raise NaiveMoment(f"{at.isoformat()} has no zone")
        return at.astimezone(self.zone).date()

    def instant(self, on: date, clock: time) -> datetime:
        """Return the UTC instant at which the wall clock shows a time; the first where it shows it twice."""
        return datetime.combine(on, clock, tzinfo=self.zone).astimezone(UTC)

    def spans(self, on: date) -> tuple[Span, ...]:
        """Return the open stretches of a day, none on a day off."""
        found = self._spans.get(on)
        if found is None:
            found = self._spans[on] = self._reckoned(on)
        return found

    def is_open(self, at: datetime) -> bool:
        """Tell whether the office is open at a moment; at the closing moment itself it is not."""
        return any(span.opens_at <= at < span.closes_at for span in self.spans(self.local_date(at)))

    def span_from(self, at: datetime) -> Span:
        """Return the open stretch a moment lies in, or else the next one."""
        return next(self._spans_after(at))

    def next_opening(self, at: datetime) -> datetime:
        """Return the first moment from `at` on at which the office is open: `at` itself if it is."""
        return max(at.astimezone(UTC), self.span_from(at).opens_at)

    def stretches(self, at: datetime, length: timedelta) -> Iterator[Span]:
        """Return the stretches in which a length of reception time passes, counted from a moment."""
        start = at.astimezone(UTC)
        for span in self._spans_after(at):
            opens = max(start, span.opens_at)
            passes = min(length, span.closes_at - opens)
            yield Span(opens, opens + passes)
            length -= passes
            if not length:
                return

    def add(self, at: datetime, length: timedelta) -> datetime:
        """Return the moment at which a length of reception time has passed; it may be a closing moment."""
        span = self.span_from(at)
        due = max(at.astimezone(UTC), span.opens_at) + length
        if due <= span.closes_at:
            return due
        *_, latest = self.stretches(at, length)
        return latest.closes_at

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much reception time passes between two moments. Raises ValueError if `end` is first."""
        first, last = self.local_date(start), self.local_date(end)
        if end < start:
            raise ValueError("the end comes before the start")
        passed = timedelta()
        for day in self.calendar.days(first, last):
            for span in self.spans(day.on):
                passed += max(timedelta(), min(end, span.closes_at) - max(start, span.opens_at))
        return passed

    def _spans_after(self, at: datetime) -> Iterator[Span]:
        on = self.local_date(at)
        for span in self.spans(on):
            if at < span.closes_at:
                yield span
        while True:
            on = self.calendar.next_working_day(on)
            yield from self.spans(on)

    def _reckoned(self, on: date) -> tuple[Span, ...]:
        if not self.calendar.is_working_day(on):
            return ()
        return tuple(Span(self.instant(on, a), self.instant(on, b)) for a, b in self.hours.stretches)


@lru_cache(maxsize=256)
def reception_of(calendar: WorkingCalendar, hours: Hours, zone: ZoneInfo) -> Reception:
    """Return the reception of a calendar, hours and zone: one for all callers, so that its days stay."""
    return Reception(calendar=calendar, hours=hours, zone=zone)
