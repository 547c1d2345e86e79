"""Plays a virtual day through somebody's hands: who comes takes a ticket, windows call, serve and end.

The player knows the pages only through `Hands`. It moves the clock from one event to the next; what it expects of
whom is called it writes down beside it, and never tells the line.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Protocol
from uuid import UUID

from govkz.workdays import Reception, reception_of
from joldama.demo.day.script import Script, Shift, Visit, Wish
from joldama.people.models import Place
from joldama.procedures.forecast import Range, forecast_of
from joldama.procedures.reckoning import calendar
from joldama.standard.editions import edition_on
from joldama.standard.kinds import ResultKind
from joldama.standard.tickets import ServingEnd

ANSWERS = timedelta(seconds=15)
"""A free window calls so long after somebody came, or after the one before has gone."""

COMES = timedelta(seconds=20)
REGISTERS = timedelta(minutes=4)
DECIDES = timedelta(minutes=10)
"""From the call to the person at the window, to the registration, to the head's signature."""

SLACK = timedelta(seconds=15)
"""What pages may take: nobody begins anything in the last seconds before the doors close."""


class Hands(Protocol):
    """What is done through the pages, by the clerk of a window; a clock that goes where it is set."""

    def at(self, moment: datetime) -> None: ...
    def take(self) -> UUID | None: ...
    def open_window(self, window: int) -> None: ...
    def pause(self, window: int) -> None: ...
    def resume(self, window: int) -> None: ...
    def close(self, window: int) -> None: ...
    def call(self, window: int) -> UUID: ...
    def comes(self, window: int, ticket: UUID) -> None: ...
    def stays_away(self, window: int, ticket: UUID) -> None: ...
    def register(self, window: int, kind: ResultKind) -> UUID: ...
    def decide(self, window: int, case: UUID, kind: ResultKind) -> None: ...
    def hand_over(self, window: int, case: UUID) -> None: ...
    def not_accepted(self, window: int) -> None: ...
    def end(self, window: int, ticket: UUID, how: ServingEnd) -> None: ...
    def sweep(self) -> None: ...


@dataclass
class Played:
    """What the player saw: tickets in the order they were given, calls in theirs, and what was told of each."""

    place: Place
    on: date
    taken: list[UUID] = field(default_factory=list)
    called: list[UUID] = field(default_factory=list)
    told: dict[UUID, Range] = field(default_factory=dict)
    turned_away: int = 0
    cases: list[UUID] = field(default_factory=list)


@dataclass
class _Window:
    shift: Shift
    is_open: bool = False
    is_busy: bool = False


def play(day: Script, hands: Hands, *, place: Place, on: date) -> Played:
    """Play a day to its end; give what was seen."""
    return _Player(day, hands, place, on).play()


class _Player:
    def __init__(self, day: Script, hands: Hands, place: Place, on: date) -> None:
        self._hands, self._day = hands, day
        self._reception: Reception = reception_of(calendar(), edition_on(on).figures.hours, place.zone)
        morning, *_, afternoon = self._reception.spans(on)
        self._opens_at, self._closes_at = morning.opens_at, afternoon.closes_at
        self._breaks_at, self._goes_on_at = morning.closes_at, afternoon.opens_at
        self._windows = [_Window(shift) for shift in day.shifts]
        self._visits: dict[UUID, Visit] = {}
        self._waiting = 0
        self._ahead: list[tuple[datetime, int, Callable[[], None]]] = []
        self._planned = count()
        self._now = self._opens_at
        self.seen = Played(place, on)

    def play(self) -> Played:
        for closed in (self._opens_at - timedelta(minutes=5), self._breaks_at + timedelta(minutes=30)):
            self._plan(closed, self._is_turned_away)
        for window in self._windows:
            shift = window.shift
            self._plan(self._moment(shift.opens), partial(self._opens, window))
            self._plan(self._moment(shift.rests), partial(self._rests, window))
            self._plan(self._moment(shift.goes_on), partial(self._goes_on, window))
            self._plan(self._moment(shift.closes), partial(self._closes, window))
            self._plan(self._goes_on_at, partial(self._calls, window))
        for visit in self._day.visits:
            self._plan(self._moment(visit.comes), partial(self._takes, visit))
        self._plan(self._closes_at, self._is_turned_away)
        while self._ahead:
            self._now, _, happens = heappop(self._ahead)
            self._hands.at(self._now)
            happens()
        self._hands.at(max(self._now, self._closes_at) + timedelta(minutes=1))
        self._hands.sweep()
        return self.seen

    def _moment(self, since_opening: timedelta) -> datetime:
        return self._reception.add(self._opens_at, since_opening)

    def _plan(self, at: datetime, happens: Callable[[], None]) -> None:
        heappush(self._ahead, (at, next(self._planned), happens))

    def _later(self, length: timedelta, happens: Callable[[], None]) -> None:
        """Plan something after reception time; who is at a window when reception ends is served to the end."""
        at = self._reception.add(self._now, length)
        self._plan(at if at <= self._closes_at else self._now + length, happens)

    def _is_reception_open(self) -> bool:
        return all(self._reception.is_open(at) for at in (self._now, self._now + SLACK))

    def _is_turned_away(self) -> None:
        """Somebody comes out of hours: there is no ticket for him."""
        if self._hands.take() is None:
            self.seen.turned_away += 1

    def _takes(self, visit: Visit) -> None:
        told = forecast_of(self.seen.place, at=self._now)
        ticket = self._hands.take()
        if ticket is None:
            return
        self.seen.taken.append(ticket)
        self._visits[ticket] = visit
        self._waiting += 1
        if told is not None:
            self.seen.told[ticket] = told
        for window in self._windows:
            if window.is_open and not window.is_busy:
                self._later(ANSWERS, partial(self._calls, window))

    def _opens(self, window: _Window) -> None:
        self._hands.open_window(window.shift.window)
        window.is_open = True
        self._calls(window)

    def _rests(self, window: _Window) -> None:
        """Pause once the person at the window has gone."""
        window.is_open = False
        if not window.is_busy:
            self._hands.pause(window.shift.window)

    def _goes_on(self, window: _Window) -> None:
        window.is_open = True
        if not window.is_busy:
            self._hands.resume(window.shift.window)
            self._calls(window)

    def _closes(self, window: _Window) -> None:
        window.is_open = False
        if not window.is_busy:
            self._hands.close(window.shift.window)

    def _calls(self, window: _Window) -> None:
        is_open = window.is_open and self._is_reception_open()
        if not is_open or window.is_busy or not self._waiting:
            return
        ticket = self._hands.call(window.shift.window)
        window.is_busy = True
        self._waiting -= 1
        self.seen.called.append(ticket)
        visit = self._visits[ticket]
        if visit.wish is Wish.STAYS_AWAY:
            self._later(visit.lasts, partial(self._stays_away, window, ticket))
            return
        self._later(COMES, partial(self._hands.comes, window.shift.window, ticket))
        if visit.kind is not None:
            self._later(REGISTERS, partial(self._registers, window, ticket, visit))
        elif visit.wish is Wish.WRONG_DOCUMENT:
            self._later(visit.lasts, partial(self._is_not_accepted, window, ticket))
        else:
            how = ServingEnd.LEFT if visit.wish is Wish.LEAVES else ServingEnd.ANSWER
            self._later(visit.lasts, partial(self._ends, window, ticket, how))

    def _stays_away(self, window: _Window, ticket: UUID) -> None:
        self._hands.stays_away(window.shift.window, ticket)
        self._is_free(window)

    def _registers(self, window: _Window, ticket: UUID, visit: Visit) -> None:
        assert visit.kind is not None
        if not self._is_reception_open():
            self._comes_too_late(window, ticket, visit)
            return
        case = self._hands.register(window.shift.window, visit.kind)
        self.seen.cases.append(case)
        self._later(DECIDES - REGISTERS, partial(self._hands.decide, window.shift.window, case, visit.kind))
        self._later(visit.lasts - REGISTERS, partial(self._hands_over, window, case))

    def _comes_too_late(self, window: _Window, ticket: UUID, visit: Visit) -> None:
        """Nobody is registered out of hours: go on after lunch; at the end of the day tell him when it opens."""
        if self._now < self._breaks_at + SLACK:
            self._later(SLACK, partial(self._registers, window, ticket, visit))
        else:
            self._ends(window, ticket, ServingEnd.ANSWER)

    def _hands_over(self, window: _Window, case: UUID) -> None:
        """Hand the result over: that ends the serving by itself."""
        self._hands.hand_over(window.shift.window, case)
        self._is_free(window)

    def _is_not_accepted(self, window: _Window, ticket: UUID) -> None:
        self._hands.not_accepted(window.shift.window)
        self._ends(window, ticket, ServingEnd.ANSWER)

    def _ends(self, window: _Window, ticket: UUID, how: ServingEnd) -> None:
        self._hands.end(window.shift.window, ticket, how)
        self._is_free(window)

    def _is_free(self, window: _Window) -> None:
        window.is_busy = False
        if window.is_open:
            self._later(ANSWERS, partial(self._calls, window))
        elif self._now < self._moment(window.shift.goes_on):
            self._hands.pause(window.shift.window)
        else:
            self._hands.close(window.shift.window)
