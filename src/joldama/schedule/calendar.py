"""The working calendar: the published days with the administrator's corrections laid over them (R8.2-d).

Every process knows it by the latest correction. A page asks for that once; whoever works outside a page asks
each time. So a correction counts at once everywhere, and one page speaks by one calendar.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Subquery

from govkz.workdays import Day, DayKind, WorkingCalendar, published
from joldama.schedule.models import Change, DayCorrection


@dataclass
class _Page:
    """What one page knows of the calendar: the key of the latest correction, once somebody has asked."""

    is_known: bool = False
    latest: UUID | None = None


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


def working_calendar() -> WorkingCalendar:
    """Give the calendar as it is corrected now."""
    page = _page.get()
    if page is None:
        return _corrected(_latest())
    if not page.is_known:
        know(_latest())
    return _corrected(page.latest)


def latest_correction() -> Subquery:
    """Give a column for a query that is made anyway; its value goes to `know`."""
    return Subquery(DayCorrection.objects.order_by("-id").values("key")[:1])


def know(latest: UUID | None) -> None:
    """Take the key of the latest correction for the rest of this page."""
    page = _page.get()
    if page is not None:
        page.is_known, page.latest = True, latest


def forget() -> None:
    """Ask anew: the calendar was corrected on this page."""
    page = _page.get()
    if page is not None:
        page.is_known = False


@contextmanager
def one_page() -> Iterator[None]:
    """Have the calendar asked for once while a page is made."""
    token = _page.set(_Page())
    try:
        yield
    finally:
        _page.reset(token)


def corrected(corrections: Iterable[DayCorrection]) -> WorkingCalendar:
    """Lay corrections over the published calendar, in order; a later one for a day prevails."""
    found = _Overlay(published())
    for correction in corrections:
        found.take_in(correction)
    return found.calendar


def _latest() -> UUID | None:
    return DayCorrection.objects.order_by("-id").values_list("key", flat=True).first()


@lru_cache(maxsize=8)
def _corrected(latest: UUID | None) -> WorkingCalendar:
    if latest is None:
        return published()
    last = DayCorrection.objects.get(key=latest)
    return corrected(DayCorrection.objects.filter(pk__lte=last.pk).order_by("id"))


class _Overlay:
    """The days that differ from the published ones; what hangs on a changed day goes with it."""

    def __init__(self, below: WorkingCalendar) -> None:
        self._below = below
        self._changed: dict[date, Day] = {}

    @property
    def calendar(self) -> WorkingCalendar:
        return self._below.with_corrections(self._changed.values()) if self._changed else self._below

    def take_in(self, correction: DayCorrection) -> None:
        on, act = correction.on, correction.act
        self._make_plain(on, act)
        if correction.worked_on is not None:
            self._make_plain(correction.worked_on, act)
            self._set(Day(on, DayKind.MOVED_OFF, other_date=correction.worked_on, act=act))
            self._set(Day(correction.worked_on, DayKind.MOVED_WORK, other_date=on, act=act))
        elif correction.change == Change.OFF and not _is_weekend(on):
            self._set(Day(on, DayKind.DECLARED_OFF, act=act))

    def _make_plain(self, on: date, act: str) -> None:
        """Make a day plain; the other day of its exchange and the substitutes of its holiday with it."""
        day = self._changed.get(on) or self._below.day(on)
        self._set(_plain(on, act))
        if day.kind in (DayKind.MOVED_OFF, DayKind.MOVED_WORK) and day.other_date:
            self._set(_plain(day.other_date, act))
        if day.kind is DayKind.HOLIDAY:
            named = {one.on: one for one in self._below.named_days} | self._changed
            for one in named.values():
                if one.kind is DayKind.SUBSTITUTE and one.other_date == on:
                    self._set(_plain(one.on, act))

    def _set(self, day: Day) -> None:
        if self._below.first <= day.on <= self._below.last:
            self._changed[day.on] = day


def _plain(on: date, act: str) -> Day:
    return Day(on, DayKind.WEEKEND if _is_weekend(on) else DayKind.WORKING, act=act)


def _is_weekend(on: date) -> bool:
    return on.weekday() >= 5
