"""What the database refuses about a ticket: a state without its moments, a window taken twice, a wait unmeasured."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from tests.factories import world
from tests.factories.world import World

from joldama.reception.models import Kiosk, Line, Ticket

TEN = datetime(2015, 9, 15, 4, 0, tzinfo=UTC)
ZERO = timedelta(0)


@pytest.fixture
def astana(db: None) -> World:
    world.demo_installation()
    return world.office("astana")


OF_TAKING = {"line", "number", "taken_at", "given_by", "kiosk"}


@pytest.fixture
def line(astana: World) -> Line:
    """The line of Astana on a day."""
    return Line.objects.create(place=astana.place, on=date(2015, 9, 15))


@pytest.fixture
def written(astana: World, line: Line) -> Callable[..., Ticket]:
    """Write a ticket with the next number as it stands after it was taken, then change it."""

    def write(**changes: Any) -> Ticket:
        of = changes.get("line", line)
        Line.objects.filter(pk=of.pk).update(given=F("given") + 1)
        of.refresh_from_db()
        taken = {"line": of, "number": of.given, "taken_at": TEN, "given_by": astana.specialist}
        taken |= {name: value for name, value in changes.items() if name in OF_TAKING}
        ticket = Ticket.objects.create(key=uuid4(), state="WAITING", **taken)
        if then := {name: value for name, value in changes.items() if name not in OF_TAKING}:
            Ticket.objects.filter(pk=ticket.pk).update(**then)
            ticket.refresh_from_db()
        return ticket

    return write


def called(astana: World, **changes: Any) -> dict[str, Any]:
    measured = {"waited": ZERO, "is_wait_breached": False}
    whole = {"state": "CALLED", "called_at": TEN, "called_by": astana.specialist, "window": 1, **measured}
    return {**whole, **changes}


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"window": None}, "ticket_called_by_somebody_to_a_window"),
        ({"waited": None}, "ticket_wait_measured_once_it_is_over"),
        ({"is_wait_breached": None}, "ticket_wait_measured_once_it_is_over"),
        ({"state": "WAITING"}, "ticket_state_has_its_moments"),
        ({"state": "SERVING"}, "ticket_state_has_its_moments"),
        ({"state": "CANCELLED_AT_CLOSING", "ended_at": TEN}, "ticket_state_has_its_moments"),
        ({"state": "SERVED", "serving_at": TEN, "ended_at": TEN}, "ticket_serving_measured_once_it_is_over"),
        (
            {
                "state": "SERVED",
                "serving_at": TEN,
                "ended_at": TEN,
                "end": "LEFT",
                "is_serving_breached": False,
            },
            "ticket_serving_measured_once_it_is_over",
        ),
        ({"end": "RESULT"}, "ticket_serving_measured_once_it_is_over"),
        ({"called_at": TEN - timedelta(seconds=1)}, "ticket_called_after_taken"),
        ({"state": "SERVING", "serving_at": TEN - timedelta(seconds=1)}, "ticket_served_after_called"),
        ({"waited": -timedelta(seconds=1)}, "ticket_wait_measured_once_it_is_over"),
        ({"state": "NO_SHOW", "ended_at": TEN - timedelta(seconds=1)}, "ticket_ended_after_all"),
    ],
)
def test_a_state_has_its_moments_and_its_measures(
    astana: World, written: Callable[..., Ticket], changes: dict[str, Any], constraint: str
) -> None:
    """R4.2-a, R4.3-a"""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        written(**called(astana, **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"repeats": 2, "repeated_at": TEN},
        {"repeats": 1, "repeated_at": TEN, "state": "SERVING", "serving_at": TEN},
    ],
)
def test_a_call_is_repeated_once_more_and_only_while_nobody_has_come(
    astana: World, written: Callable[..., Ticket], changes: dict[str, Any]
) -> None:
    ticket = written(**called(astana))

    with pytest.raises(IntegrityError, match="repeated once more"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**changes)
    assert Ticket.objects.filter(pk=ticket.pk).update(repeats=1, repeated_at=TEN) == 1
    with pytest.raises(IntegrityError, match="repeated once more"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(repeats=0, repeated_at=None)


def test_a_call_is_repeated_after_it_and_three_times_at_most(
    astana: World, written: Callable[..., Ticket]
) -> None:
    ticket = Ticket.objects.filter(pk=written(**called(astana)).pk)

    with pytest.raises(IntegrityError, match="ticket_called_again_after_called"), transaction.atomic():
        ticket.update(repeats=1, repeated_at=TEN - timedelta(seconds=1))
    assert [ticket.update(repeats=times, repeated_at=TEN) for times in (1, 2, 3)] == [1, 1, 1]
    with pytest.raises(IntegrityError, match="ticket_called_again_after_called"), transaction.atomic():
        ticket.update(repeats=4, repeated_at=TEN)


def test_a_ticket_as_it_should_be_is_written(astana: World, written: Callable[..., Ticket]) -> None:
    assert str(written(**called(astana))) == "А001"


@pytest.fixture
def kiosk(astana: World) -> Kiosk:
    """A kiosk that was set up in the hall of Astana."""
    return Kiosk.objects.create(
        place=astana.place,
        name="1-қабат",
        paper="ROLL",
        made_at=TEN,
        made_by=astana.head,
        secret_hash=b"1" * 32,
        set_up_at=TEN,
    )


def test_a_kiosk_gives_a_ticket(kiosk: Kiosk, written: Callable[..., Ticket]) -> None:
    assert written(given_by=None, kiosk=kiosk).kiosk == kiosk


@pytest.mark.parametrize("giver", ["both", "nobody"])
def test_a_ticket_is_given_by_an_official_or_by_a_kiosk(
    kiosk: Kiosk, written: Callable[..., Ticket], giver: str
) -> None:
    """R8.1-d"""
    changes: dict[str, Any] = {"kiosk": kiosk} if giver == "both" else {"given_by": None}
    with pytest.raises(IntegrityError, match="ticket_given_by_an_official_or_a_kiosk"), transaction.atomic():
        written(**changes)


@pytest.mark.parametrize(
    "change",
    [
        {"ended_at": TEN, "end": "LOST", "ended_by": "head"},
        {"secret_hash": None, "set_up_at": None},
        None,
    ],
    ids=["ended", "never set up", "of another place"],
)
def test_a_kiosk_that_is_ended_or_stands_elsewhere_gives_none(
    astana: World, kiosk: Kiosk, written: Callable[..., Ticket], change: dict[str, Any] | None
) -> None:
    """R8.1-d"""
    if change is None:
        elsewhere = Line.objects.create(place=world.office("temirtau").place, on=date(2015, 9, 15))
        changes = {"line": elsewhere}
    else:
        Kiosk.objects.update(**{**change, **({"ended_by": astana.head} if "ended_by" in change else {})})
        changes = {}
    with pytest.raises(IntegrityError, match="this kiosk gives no tickets here"), transaction.atomic():
        written(given_by=None, kiosk=kiosk, **changes)


def test_who_gave_a_ticket_is_written_once(
    astana: World, kiosk: Kiosk, written: Callable[..., Ticket]
) -> None:
    """R8.1-c"""
    ticket = written(given_by=None, kiosk=kiosk)
    for changes in ({"given_by": astana.specialist, "kiosk": None}, {"number": 2}):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            Ticket.objects.filter(pk=ticket.pk).update(**changes)


@pytest.mark.parametrize("change", [{"name": "x"}, {"paper": "A4"}, {"made_at": TEN + timedelta(1)}])
def test_what_a_kiosk_is_stays(kiosk: Kiosk, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Kiosk.objects.update(**change)
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        Kiosk.objects.all()._raw_delete("default")
    assert Kiosk.objects.update(seen_at=TEN) == 1


def test_the_end_of_a_kiosk_is_its_end(astana: World, kiosk: Kiosk) -> None:
    Kiosk.objects.update(ended_at=TEN, end="LOST", ended_by=astana.head)
    for change in ({"end": "BROKEN"}, {"ended_at": None, "end": None, "ended_by": None}, {"seen_at": TEN}):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            Kiosk.objects.update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"end": "LOST"}, "kiosk_ended_by_somebody_for_a_reason"),
        ({"set_up_at": None}, "kiosk_set_up_at_a_moment"),
        ({"code_hash": b"2" * 32}, "kiosk_code_has_its_end"),
    ],
)
def test_a_kiosk_is_whole(kiosk: Kiosk, change: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Kiosk.objects.update(**change)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"window": 2}, "one_person_per_specialist"),
        ({"called_by": "deputy"}, "one_person_per_window"),
    ],
)
def test_a_window_and_a_specialist_have_one_person_at_a_time(
    astana: World, written: Callable[..., Ticket], changes: dict[str, Any], constraint: str
) -> None:
    """R8.1-c"""
    written(**called(astana))
    another = {"called_by": astana.deputy} if changes.get("called_by") else {}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        written(**called(astana, **{**changes, **another}))


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"number": 1}, "one_ticket_per_number"),
        ({"number": 0}, "at the end of the line"),
        ({"number": 7}, "at the end of the line"),
        ({"number": 2, "taken_at": TEN - timedelta(seconds=1)}, "at the end of the line"),
        ({"number": 2, "state": "CALLED"}, "at the end of the line"),
    ],
    ids=[
        "a second one",
        "in front of all",
        "beyond the next",
        "taken before the one before",
        "called already",
    ],
)
def test_nobody_comes_into_the_line_but_at_its_end(
    astana: World, line: Line, written: Callable[..., Ticket], changes: dict[str, Any], refused: str
) -> None:
    """R8.1-c: a row written past the procedure jumps no line either."""
    written()
    if changes["number"] == 2:
        Line.objects.filter(pk=line.pk).update(given=2)
    row = {"line": line, "state": "WAITING", "taken_at": TEN, "given_by": astana.specialist, **changes}
    if row["state"] == "CALLED":
        row = called(astana, **row)

    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        Ticket.objects.create(key=uuid4(), **row)


def test_closing_somebody_lets_nobody_behind_him_pass(astana: World, written: Callable[..., Ticket]) -> None:
    """R8.1-c: who was closed waited no less than who stood behind him; who comes afterwards is called."""
    minute = timedelta(minutes=1)
    closed = {
        "state": "CANCELLED_AT_CLOSING",
        "ended_at": TEN + minute,
        "waited": minute,
        "is_wait_breached": False,
    }
    written(**closed)
    behind = written()

    with pytest.raises(IntegrityError, match="called out of turn"), transaction.atomic():
        Ticket.objects.filter(pk=behind.pk).update(**called(astana))

    Ticket.objects.filter(pk=behind.pk).update(**closed)
    came_later = written(taken_at=TEN + minute)
    assert Ticket.objects.filter(pk=came_later.pk).update(**called(astana, called_at=TEN + minute))


@pytest.mark.parametrize(
    "change", [{"given": 0}, {"given": 3}, {"on": date(2015, 9, 16)}, {"place": "temirtau"}]
)
def test_a_line_stays_where_it_is_and_counts_on(
    line: Line, written: Callable[..., Ticket], change: dict[str, Any]
) -> None:
    """R8.1-c"""
    written()
    if "place" in change:
        change = {"place": world.office("temirtau").place}

    with pytest.raises(IntegrityError, match="a line stays where it is"), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(**change)
    with pytest.raises(IntegrityError, match="lines are never removed"), transaction.atomic():
        Line.objects.filter(pk=line.pk)._raw_delete("default")


@pytest.mark.parametrize(
    "table", ["line", "ticket", "window", "windowpause", "paperticket", "paperticketblank"]
)
def test_no_table_of_the_hall_is_emptied(db: None, table: str) -> None:
    with (
        pytest.raises(IntegrityError, match="never removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE reception_{table} CASCADE")


def test_a_place_has_one_line_a_day(astana: World, written: Callable[..., Ticket]) -> None:
    with pytest.raises(IntegrityError, match="one_line_per_place_and_day"), transaction.atomic():
        Line.objects.create(place=astana.place, on=date(2015, 9, 15))
