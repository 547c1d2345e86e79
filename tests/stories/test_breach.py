"""A breach of ¶4 is written when it happens, by the worker's look at the rows (R4.1-c, R4.2-a, R4.3-a; A6, A8)."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from joldama.journal.actors import SYSTEM
from joldama.journal.models import WAIT_BREACHED, Event
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.procedures import breach, correct
from joldama.procedures.breach import ON_ITS_WAY
from joldama.reception.models import Ticket
from joldama.schedule.models import Change
from joldama.standard.kinds import ResultKind
from joldama.standard.roles import Role
from tests.stories.counter import Counter, said
from tests.stories.hall import Hall
from tests.stories.town import ALMATY, Town, wall

DAY = "2015-09-15"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 10:00")
    return Hall(town)


def looked(town: Town, clock: str, *, on: str = DAY) -> list[tuple[str, str]]:
    """Let the worker look at everything as it stood at a wall time; give the breaches the journal tells."""
    town.at(f"{on} {clock}")
    breach.write_breaches(at=town.now + ON_ITS_WAY)
    return told()


def told() -> list[tuple[str, str]]:
    events = Event.objects.filter(name__contains="breach").order_by("id")
    return [(event.name, f"{event.at.astimezone(ALMATY):%d %H:%M:%S.%f}"[:-3]) for event in events]


def test_exactly_thirty_minutes_are_no_breach_and_a_millisecond_more_is_one(counter: Counter) -> None:
    """R4.1-d, R4.2-a, R4.3-a: somebody waits, somebody is at the window, and a package is in hand."""
    counter.town.at(f"{DAY} 10:00")
    hall = Hall(counter.town)
    counter.receive()
    application = counter.register()
    waiting = hall.take()

    assert looked(counter.town, "10:30:00.000") == []
    passed = "15 10:30:00.000"
    breaches = [
        ("ticket.wait_breached", passed),
        ("ticket.serving_breached", passed),
        ("case.result_breached", passed),
    ]
    assert looked(counter.town, "10:30:00.001") == breaches
    assert looked(counter.town, "10:31:00") == breaches

    counter.town.at(f"{DAY} 10:50")
    application.refresh_from_db()
    served = Event.objects.get(name="ticket.serving_breached").subject
    hall.end(application.tickets.get())
    hall.call()
    assert application.tickets.get().pk == served
    assert [one.pk for one in Ticket.objects.breached()] == [served, waiting.pk]
    assert told() == breaches
    actors = Event.objects.filter(name__contains="breach").values_list("actor_kind", "paragraph", "office")
    assert list(actors.order_by("id")) == [
        ("system", point, counter.world.office.pk) for point in ("4.2", "4.3", "4.1")
    ]


def test_a_breach_is_told_and_explained_wherever_one_that_is_over_is(counter: Counter) -> None:
    """R4.4-a: on the line, on the head's board, beside the figures, on the ticket and the case; also while it runs."""
    counter.town.at(f"{DAY} 10:00")
    hall = Hall(counter.town)
    counter.receive()
    application = counter.register()
    waiting = hall.take()
    served = application.tickets.get()
    looked(counter.town, "10:40")

    seen = seen_by_head(counter)
    assert "Longer than 30 minutes today: 2" in seen["line"]
    assert "Longer than 30 minutes today: 3" in seen["board"]
    listed = seen["board"].rpartition("Longer than 30 minutes today: 3")[2]
    for row in (
        f"{waiting.name} Waiting Standard ¶4.2 10:00 40:00 Running",
        f"{served.name} Serving Standard ¶4.3 10:00 40:00 Running",
        f"{application.number} Result Standard ¶4.1 10:00 40:00 Running",
    ):
        assert row in listed
    assert (
        "Waiting Standard ¶4.2 1 1 (100 %) 00:00 00:00 0" in seen["clocks"]
    )  # no figure counts it before it is over
    assert f"{waiting.name} 10:00 on 15 September 2015 40:00 Running" in seen["clocks"]
    assert f"{served.name} 10:00 on 15 September 2015 40:00 Running" in seen["clocks"]
    ticket = said(counter.head.get(reverse("desk:ticket", args=[waiting.pk])))
    assert "40:00, longer than 30 minutes by 10:00" in ticket
    assert "10:00 to 10:40: 40 min" in ticket
    assert "Ticket taken 10:00" in ticket
    assert "Waited too long 10:30" in ticket
    assert "The term of the result was missed 10:30" in counter.case_page(application)

    hall.end(served)
    hall.call()
    seen = seen_by_head(counter)
    assert "Longer than 30 minutes today: 2" in seen["line"]
    assert f"{waiting.name} Waiting Standard ¶4.2 10:00 40:00 {served.name}" not in seen["board"]
    assert f"{waiting.name} Waiting Standard ¶4.2 10:00 40:00" in seen["board"]
    assert "Waiting Standard ¶4.2 2 1 (50 %)" in seen["clocks"]
    ticket = said(counter.head.get(reverse("desk:ticket", args=[waiting.pk]))).partition("What happened")[2]
    assert (
        0
        < ticket.index("Ticket taken")
        < ticket.index("Waited too long")
        < ticket.index("Called to a window")
    )


def seen_by_head(counter: Counter) -> dict[str, str]:
    return {page: said(counter.head.get(reverse(f"desk:{page}"))) for page in ("line", "board", "clocks")}


def test_what_is_over_before_the_worker_looked_writes_the_same(counter: Counter) -> None:
    counter.town.at(f"{DAY} 10:00")
    hall = Hall(counter.town)
    counter.receive()
    application = counter.register()
    hall.take()
    counter.town.at(f"{DAY} 10:50")
    person = counter.town.browser_of(application.person)
    person.post(reverse("portal:withdraw", args=[application.pk]), {"confirmed": "yes"})
    hall.end(application.tickets.get(), "LEFT")
    hall.call()

    passed = "15 10:30:00.000"
    breaches = [
        ("case.result_breached", passed),
        ("ticket.serving_breached", passed),
        ("ticket.wait_breached", passed),
    ]
    assert told() == breaches
    assert looked(counter.town, "10:51") == breaches


def test_a_look_that_broke_off_half_way_is_gone_on_with(counter: Counter, monkeypatch: Any) -> None:
    counter.town.at(f"{DAY} 10:00")
    counter.receive()
    counter.register()
    Hall(counter.town).take()
    with monkeypatch.context() as patched:
        patched.setattr(breach.cases, "record_breach", broken_off)
        with pytest.raises(KeyboardInterrupt):
            looked(counter.town, "10:40")
    passed = "15 10:30:00.000"
    before = [("ticket.wait_breached", passed), ("ticket.serving_breached", passed)]
    assert told() == before

    assert looked(counter.town, "10:41") == [*before, ("case.result_breached", passed)]


def broken_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("taken", "none_yet", "then", "passed"),
    [
        ("12:40", "14:40", "14:40:00.001", "15 14:40:00.000"),
        ("12:30", "14:30", "14:30:00.001", "15 14:30:00.000"),  # full as lunch begins: passed when it is over
        ("12:59", "14:59", "16:00", "15 14:59:00.000"),
    ],
)
def test_lunch_does_not_count(hall: Hall, taken: str, none_yet: str, then: str, passed: str) -> None:
    """A6: also in the break itself nothing is written."""
    hall.town.at(f"{DAY} {taken}")
    hall.take()

    assert looked(hall.town, "13:30") == []
    assert looked(hall.town, none_yet) == []
    assert looked(hall.town, then) == [("ticket.wait_breached", passed)]


@pytest.mark.parametrize(
    ("taken", "breaches"), [("16:50", [("ticket.wait_breached", "15 17:20:00.000")]), ("17:00", [])]
)
def test_a_worker_that_stood_still_catches_up_with_the_day_that_was(
    hall: Hall, taken: str, breaches: list[tuple[str, str]]
) -> None:
    """A32: the wait ended with the day, however late the closing is written."""
    hall.town.at(f"{DAY} {taken}")
    hall.take()

    assert looked(hall.town, "11:00", on="2015-09-17") == breaches
    hall.town.sweep()
    hall.town.sweep()
    assert told() == breaches


def test_a_portal_case_is_missed_at_its_due_moment(town: Town) -> None:
    town.at("2015-09-14 10:00")
    town.apply(kind=ResultKind.JOB_PLACEMENT)

    assert looked(town, "17:30") == []
    assert looked(town, "09:00", on="2015-09-22") == [("case.result_breached", "15 17:30:00.000")]


def test_who_was_called_and_does_not_come_is_not_served_too_long(hall: Hall) -> None:
    hall.take()
    ticket = hall.call()

    assert looked(hall.town, "10:40") == []
    hall.press(ticket, "ticket-no-show")
    assert looked(hall.town, "10:41") == []


def test_what_a_corrected_calendar_makes_of_a_breach_is_told_beside_it(counter: Counter) -> None:
    """R4.1-a, R8.2-d: nothing is taken out of the journal; a longer term that is missed too is another breach."""
    counter.town.at(f"{DAY} 10:00")
    hall = Hall(counter.town)
    counter.receive()
    application = counter.register()
    waiting = hall.take()
    first = looked(counter.town, "10:40")
    assert len(first) == 3

    correct.correct_day(
        key=uuid4(),
        on=date(2015, 9, 15),
        change=Change.OFF,
        worked_on=None,
        act="Үкіметтің 2015 жылғы 15 қыркүйектегі № 5 қаулысы",
        by=Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл"),
        at=counter.town.now,
    )
    counter.town.sweep()

    lifted = ("ticket.wait_breach_lifted", "15 10:40:00.000")
    assert told() == [*first, lifted]
    page = said(counter.head.get(reverse("desk:ticket", args=[waiting.pk])))
    told_there = [
        "Ticket taken 10:00",
        "Waited too long 10:30",
        "By the corrected calendar, did not wait too long 10:40",
    ]
    assert [one for one in told_there if one not in page] == []
    assert looked(counter.town, "09:30", on="2015-09-16") == [*first, lifted]
    application.refresh_from_db()
    assert wall(application.due_at) == "2015-09-16 09:30:00"
    again = ("case.result_breached", "16 09:30:00.000")
    assert looked(counter.town, "09:31", on="2015-09-16") == [*first, lifted, again]


def test_the_database_keeps_each_breach_once_and_other_events_as_often_as_they_happen(hall: Hall) -> None:
    ticket = hall.take()
    known = {"subject": ticket.pk, "by": SYSTEM, "office": hall.world.office.pk}
    record(WAIT_BREACHED, at=hall.town.now, **known)

    with pytest.raises(IntegrityError, match="one_breach_per_clock_of_a_ticket"), transaction.atomic():
        record(WAIT_BREACHED, at=hall.town.now + MINUTE, **known)
    for _ in range(2):
        record("ticket.printed", at=hall.town.now, **known)


def test_looking_costs_the_same_queries_for_one_who_waits_and_for_three(
    hall: Hall, django_assert_num_queries: Any
) -> None:
    hall.take()
    for _ in range(2):
        with django_assert_num_queries(4):
            breach.write_breaches(at=hall.town.now + 5 * MINUTE)
        hall.take()
