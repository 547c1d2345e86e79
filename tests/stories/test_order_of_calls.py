"""Whatever windows do, in whatever order: people are called as they took their tickets (¶8 1)).

Random days of three windows: tickets, calls, people who come or do not, servings that end, steps that are rolled
back, clocks that were read too early, closing. A plain list says beside it who has to be called next; in the end
nobody is lost, nobody is there twice, and the order of calls is the order of tickets.
"""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joldama.people.models import Place, Staff
from joldama.procedures import line
from joldama.procedures.refusing import NotYet
from joldama.reception.models import Ticket
from joldama.standard.roles import Role
from joldama.standard.tickets import ServingEnd, TicketState
from tests.factories import world

NINE = datetime(2015, 9, 15, 3, 0, tzinfo=UTC)
CLOSING = datetime(2015, 9, 15, 11, 30, tzinfo=UTC)
WINDOWS = 3

windows = st.integers(0, WINDOWS - 1)
seconds = st.integers(-20, 400)
"""How much later than the step before a step has read the clock: sometimes earlier."""

steps = st.one_of(
    st.tuples(st.just("takes"), st.booleans(), seconds),
    st.tuples(
        st.sampled_from(["calls", "calls", "comes", "ends", "stays_away"]), windows, st.booleans(), seconds
    ),
)


class RolledBack(Exception):
    """A step that was made and then undone."""


@dataclass
class Day:
    """The real line of a place, and a plain list beside it."""

    place: Place
    clerks: list[Staff]
    now: datetime = NINE
    given: int = 0
    waiting: deque[int] = field(default_factory=deque)
    called: list[int] = field(default_factory=list)
    at_window: dict[int, UUID] = field(default_factory=dict)
    is_there: set[int] = field(default_factory=set)

    def takes(self, is_undone: bool, later: int) -> None:
        """Somebody takes a ticket; it may be undone."""
        with suppress(RolledBack), transaction.atomic():
            number = line.take_ticket(self.place, key=uuid4(), by=self.clerks[0], at=self._at(later)).number
            assert number == self.given + 1
            if is_undone:
                raise RolledBack
            self.given = number
            self.waiting.append(number)

    def calls(self, window: int, is_undone: bool, later: int) -> None:
        """A window presses "next": it gets whoever stands first, whom it has, or nobody."""
        with suppress(RolledBack), transaction.atomic():
            try:
                called = line.call_next(
                    self.place, window=window + 1, by=self.clerks[window], at=self._at(later)
                )
            except NotYet:
                assert not self.waiting or window in self.is_there
                return
            if window in self.at_window:
                assert called.pk == self.at_window[window]
                return
            assert called.number == self.waiting[0]
            if is_undone:
                raise RolledBack
            self.called.append(self.waiting.popleft())
            self.at_window[window] = called.pk

    def comes(self, window: int, is_undone: bool, later: int) -> None:
        """Who was called has come."""
        held = self._held(window)
        if held is None or window in self.is_there:
            return
        with suppress(RolledBack), transaction.atomic():
            line.begin_serving(held, by=self.clerks[window], at=max(self._at(later), held.called_at))
            if is_undone:
                raise RolledBack
            self.is_there.add(window)

    def ends(self, window: int, is_undone: bool, later: int) -> None:
        """A serving is over."""
        held = self._held(window)
        if held is None or window not in self.is_there:
            return
        with suppress(RolledBack), transaction.atomic():
            at = max(self._at(later), held.serving_at)
            line.end_serving(held, ServingEnd.ANSWER, by=self.clerks[window], at=at)
            if is_undone:
                raise RolledBack
            self.is_there.remove(window)
            del self.at_window[window]

    def stays_away(self, window: int, is_undone: bool, later: int) -> None:
        """Who was called does not come."""
        held = self._held(window)
        if held is None or window in self.is_there:
            return
        with suppress(RolledBack), transaction.atomic():
            line.mark_no_show(held, by=self.clerks[window], at=max(self._at(later), held.called_at))
            if is_undone:
                raise RolledBack
            del self.at_window[window]

    def closes(self) -> None:
        """Reception is over: whoever waits is told so."""
        assert line.close_lines(at=CLOSING) == len(self.waiting)

    def _held(self, window: int) -> Ticket | None:
        held = self.at_window.get(window)
        return Ticket.objects.select_related("line__place").get(pk=held) if held else None

    def _at(self, later: int) -> datetime:
        self.now = max(NINE, self.now + timedelta(seconds=later))
        return self.now


@pytest.fixture
def place(db: None) -> Place:
    world.demo_installation()
    made = world.office("astana").place
    Place.objects.filter(pk=made.pk).update(windows=WINDOWS)
    made.refresh_from_db()
    return made


@pytest.fixture
def clerks(place: Place) -> list[Staff]:
    return [
        Staff.objects.create(
            role=Role.SPECIALIST, office=place.office, place=place, surname="Досова", given_name=f"Гүлнар {n}"
        )
        for n in range(WINDOWS)
    ]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(taken=st.integers(0, 6), happens=st.lists(steps, max_size=30))
def test_for_any_interleaving_the_order_of_calls_is_the_order_of_tickets(
    place: Place, clerks: list[Staff], taken: int, happens: list[tuple[object, ...]]
) -> None:
    with suppress(RolledBack), transaction.atomic():
        day = Day(place, clerks)
        for _ in range(taken):
            day.takes(is_undone=False, later=30)
        for name, *how in happens:
            getattr(day, str(name))(*how)
        day.closes()

        assert_in_order(place, day)
        raise RolledBack


def assert_in_order(place: Place, day: Day) -> None:
    """Hold the rows of the day to the plain list."""
    tickets = list(Ticket.objects.at(place, on=date(2015, 9, 15)).order_by("number"))
    called = [ticket for ticket in tickets if ticket.called_at]
    assert [ticket.number for ticket in tickets] == list(range(1, day.given + 1))
    assert sorted(called, key=lambda one: (one.called_at, one.number)) == called
    assert [ticket.number for ticket in called] == day.called
    closed = [ticket.number for ticket in tickets if ticket.state == TicketState.CANCELLED_AT_CLOSING]
    assert closed == list(day.waiting)
    assert day.called + closed == list(range(1, day.given + 1))
    assert sorted(tickets, key=lambda one: (one.taken_at, one.number)) == tickets


def test_a_call_out_of_turn_would_be_found_out(place: Place, clerks: list[Staff]) -> None:
    """The negative control: with two moments of calls exchanged the rows are not what the list says."""
    day = Day(place, clerks)
    for _ in range(2):
        day.takes(is_undone=False, later=30)
    for window in range(2):
        day.calls(window, False, 30)
    assert_in_order(place, day)

    day.called.reverse()

    with pytest.raises(AssertionError):
        assert_in_order(place, day)
