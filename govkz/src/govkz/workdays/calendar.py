"""The working calendar: every day of its years with its kind, its holiday and the act behind it."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

NOT_FOUND = "not found"


class DayKind(StrEnum):
    """Why a day is worked or not (Labour Code of 2015, articles 84 and 85; law on holidays, article 5)."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    RELIGIOUS = "religious"
    SUBSTITUTE = "substitute"
    MOVED_OFF = "moved_off"
    MOVED_WORK = "moved_work"
    DECLARED_OFF = "declared_off"
    """Off by an act of its own, with no holiday and no other day behind it."""

    @property
    def is_working(self) -> bool:
        return self in (DayKind.WORKING, DayKind.MOVED_WORK)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar.

    `holiday` is a key such as "nauryz". `other_date` is the holiday a substitute day stands for, or the other
    day of a moved pair. `act` names the act, "not found" where none is known, "" for plain weekdays and
    weekends; `act_key` is its name in `data/acts.toml`, "" for an act that is not there; `source` says where it
    can be read. A provisional day may still change.
    """

    on: date
    kind: DayKind
    holiday: str | None = None
    other_date: date | None = None
    act: str = ""
    act_key: str = ""
    source: str = ""
    provisional: bool = False

    @property
    def is_working(self) -> bool:
        return self.kind.is_working

    @property
    def falls_on_weekend(self) -> bool:
        return self.on.weekday() >= _SATURDAY


class OutsideCalendar(ValueError):
    """A day, or the end of a term, lies outside the years of the calendar."""

    def __init__(self, on: date | None, first: date, last: date) -> None:
        self.on, self.first, self.last = on, first, last
        what = f"{on:%Y-%m-%d} lies" if on else "the term ends"
        super().__init__(f"{what} outside the calendar, which covers {first:%Y-%m-%d} to {last:%Y-%m-%d}")


class CalendarFault(ValueError):
    """The table of days contradicts itself: a moved day without its pair, a row without its act."""


class WorkingCalendar:
    """The days from `first` to `last`, both included; days not named are plain weekdays and weekends.

    Immutable. `version` changes with every change of any day.
    """

    def __init__(
        self,
        named: Iterable[Day],
        *,
        first: date,
        last: date,
        provisional_years: frozenset[int] = frozenset(),
    ) -> None:
        """Raises CalendarFault, OutsideCalendar."""
        self.first = first
        self.last = last
        self.provisional_years = provisional_years
        self._named = _by_date(named, first, last)
        _refuse_faults(self._named, first, last)
        self._days = {
            on: self._named.get(on) or _plain(on, provisional_years) for on in _every_day(first, last)
        }
        self._working = [on for on, day in self._days.items() if day.is_working]

    @cached_property
    def version(self) -> str:
        """Return the name of exactly this content: kz- and 12 hexadecimal digits."""
        lines = [f"{self.first}..{self.last} provisional {sorted(self.provisional_years)}"]
        lines += [
            "|".join(map(str, (d.on, d.kind, d.holiday, d.other_date, d.act, d.source, d.provisional)))
            for _, d in sorted(self._named.items())
        ]
        return "kz-" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]

    @property
    def named_days(self) -> tuple[Day, ...]:
        """Return the days that stand in the table or in a correction, in order."""
        return tuple(day for _, day in sorted(self._named.items()))

    def day(self, on: date) -> Day:
        """Return what the calendar says of a day. Raises OutsideCalendar."""
        try:
            return self._days[on]
        except KeyError:
            raise OutsideCalendar(on, self.first, self.last) from None

    def days(self, first: date, last: date) -> list[Day]:
        """Return the days from first to last, both included; none if last comes before first."""
        return [self.day(on) for on in _every_day(first, last)]

    def is_working_day(self, on: date) -> bool:
        """Tell whether a day is worked, moved days included. Raises OutsideCalendar."""
        return self.day(on).is_working

    def next_working_day(self, after: date) -> date:
        """Return the first working day later than a day. Raises OutsideCalendar."""
        return self.add_working_days(after, 1)

    def add_working_days(self, on: date, count: int) -> date:
        """Return the working day that is `count` working days after a day, which itself is not counted.

        A negative count goes back. Raises OutsideCalendar, ValueError for zero.
        """
        if count == 0:
            raise ValueError("count at least one working day")
        self.day(on)
        place = (
            bisect_right(self._working, on) + count - 1
            if count > 0
            else bisect_left(self._working, on) + count
        )
        if not 0 <= place < len(self._working):
            raise OutsideCalendar(None, self.first, self.last)
        return self._working[place]

    def with_corrections(self, corrections: Iterable[Day]) -> "WorkingCalendar":
        """Return the calendar with some days changed by an administrator, each with its act.

        A plain kind (working on a weekday, weekend on Saturday or Sunday) takes a named day back. Both days
        of a moved pair are handed in together. Raises CalendarFault, OutsideCalendar.
        """
        changed = _by_date(corrections, self.first, self.last)
        if without_act := [day.on for day in changed.values() if not day.act]:
            raise CalendarFault(f"a correction names its act: {without_act[0]}")
        return WorkingCalendar(
            {**self._named, **changed}.values(),
            first=self.first,
            last=self.last,
            provisional_years=self.provisional_years,
        )


_SATURDAY = 5
_NEEDS_OTHER_DATE = (DayKind.SUBSTITUTE, DayKind.MOVED_OFF, DayKind.MOVED_WORK)
_PAIRED = {DayKind.MOVED_OFF: DayKind.MOVED_WORK, DayKind.MOVED_WORK: DayKind.MOVED_OFF}
_PLAIN = (DayKind.WORKING, DayKind.WEEKEND)


def _by_date(days: Iterable[Day], first: date, last: date) -> dict[date, Day]:
    found: dict[date, Day] = {}
    for day in days:
        if not first <= day.on <= last:
            raise OutsideCalendar(day.on, first, last)
        if day.on in found:
            raise CalendarFault(f"{day.on} stands twice")
        found[day.on] = day
    return found


def _every_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _plain(on: date, provisional_years: frozenset[int]) -> Day:
    kind = DayKind.WEEKEND if on.weekday() >= _SATURDAY else DayKind.WORKING
    return Day(on=on, kind=kind, provisional=on.year in provisional_years)


def _refuse_faults(named: Mapping[date, Day], first: date, last: date) -> None:
    for day in named.values():
        if fault := _fault(day, named, first, last):
            raise CalendarFault(f"{day.on}: {fault}")


def _fault(day: Day, named: Mapping[date, Day], first: date, last: date) -> str | None:
    other = named.get(day.other_date) if day.other_date else None
    if not day.act:
        return f"no act; write «{NOT_FOUND}» where none is known"
    if day.kind in _PLAIN and (day.kind is DayKind.WEEKEND) is not day.falls_on_weekend:
        return f"{day.kind} does not fit {day.on:%A}"
    if day.kind in (DayKind.HOLIDAY, DayKind.RELIGIOUS, DayKind.SUBSTITUTE) and not day.holiday:
        return f"a {day.kind} day names its holiday"
    if day.kind in _NEEDS_OTHER_DATE and not day.other_date:
        return f"a {day.kind} day names its other date"
    if day.other_date and not first <= day.other_date <= last:
        return None
    if day.kind is DayKind.SUBSTITUTE and (other is None or other.kind is not DayKind.HOLIDAY):
        return f"{day.other_date} is no holiday"
    if day.kind in _PAIRED and (other is None or not _answers(day, other)):
        return f"{day.other_date} does not answer as its pair"
    return None


def _answers(day: Day, other: Day) -> bool:
    return other.kind is _PAIRED[day.kind] and other.other_date == day.on
