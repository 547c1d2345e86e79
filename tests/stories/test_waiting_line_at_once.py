"""Two clerks at once, and a call that is rolled back: nobody is overtaken, nobody is called twice (R8.1-c)."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from joldama.journal.models import WAIT_BREACHED
from joldama.journal.models import Event as Journal
from joldama.people.models import Place, Staff
from joldama.procedures import breach, line, windows
from joldama.procedures.refusing import NotYet
from joldama.reception import enrolment
from joldama.reception.models import Kiosk, Ticket, Window
from joldama.standard.kiosks import KioskEnd, KioskPaper
from joldama.standard.roles import Role
from joldama.standard.tickets import ServingEnd
from tests.factories import world

TEN = datetime(2015, 9, 15, 4, 0, tzinfo=UTC)
CLERKS = 4
PATIENCE = 30
PAIRS = int(os.environ.get("JOLDAMA_PAIRS", "50"))
Answer = TypeVar("Answer")


@pytest.fixture
def place(database: str) -> Place:
    """The place of Astana, with a window for each clerk, in a database to which everybody commits."""
    world.demo_installation()
    made = world.office("astana").place
    Place.objects.filter(pk=made.pk).update(windows=CLERKS)
    made.refresh_from_db()
    return made


@pytest.fixture
def clerks(place: Place) -> list[Staff]:
    return [
        Staff.objects.create(
            role=Role.SPECIALIST, office=place.office, place=place, surname="Досова", given_name=f"Гүлнар {n}"
        )
        for n in range(CLERKS)
    ]


def in_a_thread(step: Callable[[], Answer]) -> Callable[[], Answer]:
    """Have a step taken on a connection of its own."""

    def taken() -> Answer:
        try:
            return step()
        finally:
            connection.close()

    return taken


def at_once(*steps: Callable[[], Answer]) -> list[Answer]:
    """Take steps at the same instant, each on its own connection."""
    barrier = Barrier(len(steps))

    def released(step: Callable[[], Answer]) -> Answer:
        barrier.wait(PATIENCE)
        return step()

    with ThreadPoolExecutor(len(steps)) as pool:
        futures = [pool.submit(in_a_thread(lambda step=step: released(step))) for step in steps]
        return [future.result(PATIENCE) for future in futures]


def take(place: Place, clerk: Staff, at: datetime = TEN) -> Ticket:
    return line.take_ticket(place, key=uuid4(), by=clerk, at=at)


def test_clerks_who_press_next_at_once_call_different_people_in_their_turn(
    place: Place, clerks: list[Staff]
) -> None:
    rounds = 25
    for _ in range(rounds * CLERKS):
        take(place, clerks[0])

    for turn in range(rounds):
        at = TEN + timedelta(seconds=turn)

        def press(clerk: Staff, window: int, at: datetime = at) -> int:
            return line.call_next(place, window=window, by=clerk, at=at).number

        called = at_once(*(lambda c=c, w=w: press(c, w) for w, c in enumerate(clerks, 1)))

        assert sorted(called) == list(range(turn * CLERKS + 1, (turn + 1) * CLERKS + 1))
        for ticket in list(Ticket.objects.at_windows().select_related("line__place")):
            line.begin_serving(ticket, by=ticket.called_by, at=at)
            line.end_serving(ticket, ServingEnd.ANSWER, by=ticket.called_by, at=at)


def test_pairs_who_press_next_at_the_same_instant_call_different_people_in_their_turn(
    place: Place, clerks: list[Staff], record_property: Callable[[str, object], None]
) -> None:
    """Two windows on connections of their own, released by a barrier, again and again.

    The long form: `JOLDAMA_PAIRS=2000 ./joldama test tests/stories/test_waiting_line_at_once.py -k pairs`.
    """
    for _ in range(2 * PAIRS):
        take(place, clerks[0])
    barrier = Barrier(2)
    moments = [TEN + timedelta(seconds=turn) for turn in range(PAIRS)]

    def presses(clerk: Staff, window: int) -> list[int]:
        called = []
        for at in moments:
            barrier.wait(PATIENCE)
            ticket = line.call_next(place, window=window, by=clerk, at=at)
            called.append(ticket.number)
            line.begin_serving(ticket, by=clerk, at=ticket.called_at)
            barrier.wait(PATIENCE)
            line.end_serving(ticket, ServingEnd.ANSWER, by=clerk, at=ticket.called_at)
        return called

    with ThreadPoolExecutor(2) as pool:
        futures = [
            pool.submit(in_a_thread(lambda c=clerk, w=window: presses(c, w)))
            for window, clerk in enumerate(clerks[:2], 1)
        ]
        first, second = (future.result(PATIENCE + PAIRS) for future in futures)

    for turn, pair in enumerate(zip(first, second, strict=True)):
        assert sorted(pair) == [2 * turn + 1, 2 * turn + 2]
    in_order = Ticket.objects.order_by("called_at", "number").values_list("number", flat=True)
    assert list(in_order) == list(range(1, 2 * PAIRS + 1))
    record_property("pairs", PAIRS)
    record_property("first_window_faster", sum(a < b for a, b in zip(first, second, strict=True)))


def test_a_ticket_and_a_call_at_the_same_instant_follow_each_other(place: Place, clerks: list[Staff]) -> None:
    """Either the new ticket is the one that is called, or there was nobody yet; it is never both or neither."""
    for turn in range(10):
        at = TEN + timedelta(seconds=turn)

        def calls(at: datetime = at) -> int | None:
            try:
                return line.call_next(place, window=1, by=clerks[0], at=at).number
            except NotYet:
                return None

        taken, called = at_once(lambda at=at: take(place, clerks[1], at).number, calls)

        assert taken == turn + 1
        assert called in (turn + 1, None)
        assert Ticket.objects.waiting().count() == (1 if called is None else 0)
        held = line.call_next(place, window=1, by=clerks[0], at=at)
        assert held.number == turn + 1
        line.mark_no_show(held, by=clerks[0], at=held.called_at)


def test_a_call_that_is_rolled_back_lets_nobody_overtake(place: Place, clerks: list[Staff]) -> None:
    """The second clerk waits for the row of the line, and gets the first ticket when the first call is undone."""
    first_clerk, second_clerk, *_ = clerks
    for _ in range(2):
        take(place, first_clerk)
    has_called, may_fail = Event(), Event()

    def fails() -> None:
        with transaction.atomic():
            line.call_next(place, window=1, by=first_clerk, at=TEN)
            has_called.set()
            assert may_fail.wait(PATIENCE)
            transaction.set_rollback(True)

    def follows() -> int:
        assert has_called.wait(PATIENCE)
        return line.call_next(place, window=2, by=second_clerk, at=TEN).number

    with ThreadPoolExecutor(2) as pool:
        failing, following = pool.submit(in_a_thread(fails)), pool.submit(in_a_thread(follows))
        assert has_called.wait(PATIENCE)
        waits_for_the_row()
        assert not following.done()
        may_fail.set()
        failing.result(PATIENCE)
        assert following.result(PATIENCE) == 1
    assert line.call_next(place, window=1, by=first_clerk, at=TEN).number == 2


def waits_for_the_row() -> None:
    """Wait until a connection waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    for _ in range(PATIENCE * 100):
        with connection.cursor() as cursor:
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
        Event().wait(0.01)
    pytest.fail("nobody waits for the row")


def test_with_skip_locked_the_first_in_line_would_be_overtaken(place: Place, clerks: list[Staff]) -> None:
    """Why SKIP LOCKED is banned at the line, and what the database says to it."""
    first_clerk, *_ = clerks
    for _ in range(2):
        take(place, first_clerk)
    has_called, may_fail = Event(), Event()

    def fails() -> None:
        with transaction.atomic():
            line.call_next(place, window=1, by=first_clerk, at=TEN)
            has_called.set()
            assert may_fail.wait(PATIENCE)
            transaction.set_rollback(True)

    with ThreadPoolExecutor(1) as pool:
        failing = pool.submit(in_a_thread(fails))
        assert has_called.wait(PATIENCE)
        with transaction.atomic():
            skipping = Ticket.objects.select_for_update(skip_locked=True).waiting().first()
        may_fail.set()
        failing.result(PATIENCE)

    assert skipping is not None
    assert skipping.number == 2
    assert Ticket.objects.waiting().first().number == 1


def test_tickets_taken_at_once_get_numbers_without_a_gap(place: Place, clerks: list[Staff]) -> None:
    """Also the first ones of the day, when the line has no row yet."""

    def press(clerk: Staff) -> int:
        return take(place, clerk).number

    numbers = [n for _ in range(5) for n in at_once(*(lambda c=c: press(c) for c in clerks))]

    assert sorted(numbers) == list(range(1, 5 * CLERKS + 1))


def test_a_double_click_on_the_first_ticket_of_the_day_gives_one(place: Place, clerks: list[Staff]) -> None:
    key = uuid4()

    def press() -> int:
        return line.take_ticket(place, key=key, by=clerks[0], at=TEN).number

    assert at_once(*[press] * CLERKS) == [1] * CLERKS
    assert (take(place, clerks[0]).number, Ticket.objects.count()) == (2, 2)


def test_one_clerk_in_two_tabs_calls_one_person(place: Place, clerks: list[Staff]) -> None:
    for _ in range(2):
        take(place, clerks[0])

    def press(window: int) -> int:
        return line.call_next(place, window=window, by=clerks[0], at=TEN).number

    assert at_once(lambda: press(1), lambda: press(2)) == [1, 1]
    assert Ticket.objects.waiting().count() == 1


def test_a_call_and_the_sweep_at_closing_leave_each_ticket_one_end(place: Place, clerks: list[Staff]) -> None:
    closing = datetime(2015, 9, 15, 11, 30, tzinfo=UTC)
    for _ in range(3):
        take(place, clerks[0], closing - timedelta(minutes=5))

    def call() -> None:
        with pytest.raises(NotYet):
            line.call_next(place, window=1, by=clerks[0], at=closing)

    def sweep() -> None:
        line.close_lines(at=closing)

    at_once(call, sweep, sweep)

    assert list(Ticket.objects.values_list("state", flat=True)) == ["CANCELLED_AT_CLOSING"] * 3


def test_a_call_on_its_way_is_judged_when_it_is_known_and_two_looks_write_one_breach(
    place: Place, clerks: list[Staff]
) -> None:
    """R4.2-a: who is called at 30:00.000 is in time, though the worker looks before the call is committed."""
    for _ in range(2):
        take(place, clerks[0], TEN)
    half_past, later = TEN + timedelta(minutes=30), TEN + timedelta(minutes=31)

    def look() -> int:
        return breach.write_breaches(at=later)

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        line.call_next(place, window=1, by=clerks[0], at=half_past)
        assert pool.submit(in_a_thread(look)).result(PATIENCE) == 1
    at_once(look, look)

    written = Journal.objects.filter(name=WAIT_BREACHED).values_list("facts__ticket", "at")
    assert list(written) == [(2, half_past)]


def sit(place: Place, clerk: Staff, number: int) -> str:
    """Open a window; say which one, or that a colleague sits there."""
    try:
        return str(windows.open_window(place, number=number, by=clerk, at=TEN).number)
    except windows.WindowTaken:
        return "taken"


def test_clerks_who_open_one_window_at_once_get_one_specialist_at_it(
    place: Place, clerks: list[Staff]
) -> None:
    """Also as the first step of the day, when the line has no row yet."""
    answers = at_once(*(lambda clerk=clerk: sit(place, clerk, 1) for clerk in clerks))

    assert sorted(answers) == ["1", *["taken"] * (CLERKS - 1)]
    assert Window.objects.count() == 1


def test_one_clerk_who_opens_a_window_in_each_of_two_tabs_sits_at_one(
    place: Place, clerks: list[Staff]
) -> None:
    at_once(lambda: sit(place, clerks[0], 1), lambda: sit(place, clerks[0], 2))

    assert Window.objects.unclosed().count() == 1


def test_a_call_and_a_pause_at_once_leave_nobody_at_a_window_that_calls_nobody(
    place: Place, clerks: list[Staff]
) -> None:
    for turn in range(10):
        at = TEN + timedelta(seconds=turn)
        take(place, clerks[0], at)
        window = windows.open_window(place, number=1, by=clerks[0], at=at)

        def pause(window: Window = window, at: datetime = at) -> None:
            with suppress(NotYet):
                windows.pause_window(window, by=clerks[0], at=at)

        def call(at: datetime = at) -> Ticket:
            return line.call_next(place, window=1, by=clerks[0], at=at)

        _, ticket = at_once(pause, call)

        assert Window.objects.of(clerks[0]).state == "OPEN"
        line.mark_no_show(ticket, by=clerks[0], at=at)


def test_a_window_taken_over_at_the_moment_its_specialist_calls_loses_nobody(
    place: Place, clerks: list[Staff]
) -> None:
    """One of the two works at it; the other one is told, and nobody was called for him."""
    owner, taker, *_ = clerks
    take(place, owner)
    window = windows.open_window(place, number=1, by=owner, at=TEN)

    def tried(step: Callable[[], object]) -> bool:
        try:
            step()
        except NotYet:
            return False
        return True

    is_called, is_taken = at_once(
        lambda: tried(lambda: line.call_next(place, window=1, by=owner, at=TEN)),
        lambda: tried(lambda: windows.open_window(place, number=1, by=taker, at=TEN, over=window.pk)),
    )

    assert (is_called, is_taken) in {(True, False), (False, True)}
    assert Ticket.objects.waiting().count() == (0 if is_called else 1)
    assert Window.objects.unclosed().get().specialist == (owner if is_called else taker)


def kiosk_of(place: Place, clerk: Staff) -> Kiosk:
    """A kiosk that was set up in the hall."""
    made, _code = enrolment.make(
        place, name="1", paper=KioskPaper.ROLL, code_until=TEN + timedelta(hours=1), by=clerk, at=TEN
    )
    enrolment.know_by(made, "secret", at=TEN)
    return made


def test_two_kiosk_taps_with_one_key_give_one_ticket_and_desk_and_kiosk_leave_no_gap(
    place: Place, clerks: list[Staff]
) -> None:
    kiosk, key = kiosk_of(place, clerks[0]), uuid4()

    def tap(key: UUID) -> int:
        return line.take_ticket_at_kiosk(kiosk, key=key, at=TEN).number

    assert at_once(*[lambda: tap(key)] * CLERKS) == [1] * CLERKS
    numbers = at_once(
        *(lambda: tap(uuid4()) for _ in range(2)), *(lambda c=c: take(place, c).number for c in clerks[:2])
    )
    assert sorted(numbers) == [2, 3, 4, 5]
    assert Ticket.objects.filter(kiosk=kiosk).count() == 3


def test_a_kiosk_that_is_ended_in_this_moment_gives_nothing(place: Place, clerks: list[Staff]) -> None:
    """The device was known a moment ago; the database looks again before a ticket stands."""
    kiosk = kiosk_of(place, clerks[0])
    enrolment.end(kiosk, KioskEnd.LOST, by=clerks[0], at=TEN)
    assert kiosk.ended_at is None

    with pytest.raises(NotYet) as refused:
        line.take_ticket_at_kiosk(kiosk, key=uuid4(), at=TEN)

    assert refused.value.key == "error.kiosk_ended"
    assert Ticket.objects.count() == 0


def test_moments_of_tickets_follow_their_numbers(place: Place, clerks: list[Staff]) -> None:
    early, late = TEN + timedelta(seconds=1), TEN + timedelta(seconds=2)

    assert [take(place, clerks[0], at).taken_at for at in (late, early)] == [late, late]


def test_moments_of_calls_follow_the_order_of_tickets(place: Place, clerks: list[Staff]) -> None:
    """Who read the clock first may get the row of the line last: the later ticket is not called earlier."""
    for _ in range(2):
        take(place, clerks[0])
    early, late = TEN + timedelta(seconds=1), TEN + timedelta(seconds=2)

    first = line.call_next(place, window=1, by=clerks[0], at=late)
    second = line.call_next(place, window=2, by=clerks[1], at=early)

    assert (first.number, first.called_at) == (1, late)
    assert (second.number, second.called_at, second.waited) == (2, late, timedelta(seconds=2))
