"""S01, S03, S04, S04b, S19: the waiting line, from the ticket to the end of the serving (¶4.2, ¶4.3, ¶8.1)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from joldama.journal.models import Event
from joldama.people.models import Place, Staff
from joldama.reception.models import Line, Ticket, TicketCase
from joldama.standard.roles import Role
from tests.stories.counter import Counter, said
from tests.stories.hall import Hall
from tests.stories.town import Town, wall

DAY = "2015-09-15"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 09:00")
    return Hall(town)


def measured(ticket: Ticket) -> tuple[timedelta | None, bool | None, timedelta | None, bool | None]:
    ticket.refresh_from_db()
    return ticket.waited, ticket.is_wait_breached, ticket.served, ticket.is_serving_breached


def breaches() -> list[tuple[str, str, str]]:
    """The breaches in the journal: which, by which paragraph, when the limit was passed."""
    found = Event.objects.filter(name__contains="breached").order_by("id")
    return [(event.name, event.paragraph, wall(event.at)[11:]) for event in found]


def taken_and_called(hall: Hall, taken: str, called: str) -> Ticket:
    hall.town.at(f"{DAY} {taken}")
    hall.take()
    hall.town.at(f"{DAY} {called}")
    return hall.call()


def test_s01_the_wait_and_the_serving_are_two_figures_beside_the_result(counter: Counter) -> None:
    """R4.2-a, R4.3-a, A8, A32"""
    hall = Hall(counter.town)
    ticket = taken_and_called(hall, "09:50", "09:58")
    counter.town.at(f"{DAY} 10:00")
    application = counter.register()
    counter.town.work()
    counter.take(application)
    counter.draft(application)
    counter.town.at(f"{DAY} 10:18")
    counter.sign(application)
    counter.town.work()
    counter.town.at(f"{DAY} 10:20")
    counter.offer(application)
    counter.town.at(f"{DAY} 10:21")
    counter.hand_over(application)

    assert measured(ticket) == (8 * MINUTE, False, 23 * MINUTE, False)
    assert [wall(at) for at in (ticket.taken_at, ticket.called_at, ticket.serving_at, ticket.ended_at)] == [
        f"{DAY} 09:50:00",
        f"{DAY} 09:58:00",
        f"{DAY} 10:00:00",
        f"{DAY} 10:21:00",
    ]
    assert (ticket.state, ticket.end, ticket.window) == ("SERVED", "RESULT", 1)
    assert TicketCase.objects.get().application == application
    assert [wall(at) for at in (application.registered_at, application.offered_at, application.due_at)] == [
        f"{DAY} 10:00:00",
        f"{DAY} 10:20:00",
        f"{DAY} 10:30:00",
    ]
    assert application.is_overdue(at=counter.town.now) is False
    assert breaches() == []
    told = Event.objects.filter(subject=ticket.pk).order_by("id").values_list("name", "paragraph")
    assert list(told) == [
        ("ticket.taken", "8.1"),
        ("ticket.called", "8.1"),
        ("ticket.serving", "4.3"),
        ("ticket.served", "4.3"),
    ]


@pytest.mark.parametrize(
    ("taken", "called", "waited", "passed"),
    [
        ("12:40:00", "14:45:00", 35 * MINUTE, "14:40:00"),
        ("12:50:00", "14:45:00", 25 * MINUTE, None),
        ("10:00:00", "10:30:00", 30 * MINUTE, None),
        ("10:00:00", "10:30:01", timedelta(minutes=30, seconds=1), "10:30:00"),
    ],
)
def test_s03_a_wait_is_counted_in_reception_minutes_and_over_thirty_is_recorded(
    hall: Hall, taken: str, called: str, waited: timedelta, passed: str | None
) -> None:
    """R4.2-a, A6"""
    ticket = taken_and_called(hall, taken, called)

    assert measured(ticket)[:2] == (waited, passed is not None)
    assert breaches() == ([("ticket.wait_breached", "4.2", passed)] if passed else [])


@pytest.mark.parametrize(
    ("called", "registered", "due", "result", "served", "passed"),
    [
        ("10:00", "10:08", "10:38", "10:31", 31 * MINUTE, "10:30:00"),  # S04
        ("12:48", "12:50", "14:50", "14:50", 32 * MINUTE, "14:48:00"),  # S04b: lunch does not count
    ],
)
def test_s04_the_result_is_in_time_and_the_serving_is_not(
    counter: Counter, called: str, registered: str, due: str, result: str, served: timedelta, passed: str
) -> None:
    """R4.3-a, A8"""
    hall = Hall(counter.town)
    ticket = taken_and_called(hall, called, called)
    counter.town.at(f"{DAY} {registered}")
    application = counter.register()
    counter.town.work()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.town.at(f"{DAY} {result}")
    counter.offer(application)
    hall.end(ticket)

    assert measured(ticket) == (timedelta(0), False, served, True)
    assert [wall(at) for at in (application.due_at, application.offered_at)] == [
        f"{DAY} {due}:00",
        f"{DAY} {result}:00",
    ]
    assert application.is_overdue(at=counter.town.now) is False
    assert breaches() == [("ticket.serving_breached", "4.3", passed)]
    assert "Longer than 30 minutes today: 1" in hall.page(by=hall.world.head)


def test_s19_c_cannot_be_called_before_a_and_who_was_absent_takes_a_new_ticket(hall: Hall) -> None:
    """R8.1-c"""
    first, _second, third = [taken_at(hall, clock) for clock in ("09:05", "09:06", "09:07")]
    hall.town.at(f"{DAY} 09:10")

    refused = hall.press(third, "serve-ticket")
    asked_for_c = hall.ask_next(ticket=str(third.pk), number="3")
    assert (refused.status_code, asked_for_c.status_code) == (409, 302)
    assert "This ticket cannot be called." in said(refused)
    first.refresh_from_db()
    assert (first.state, third.state) == ("CALLED", "WAITING")

    assert hall.press(first, "ticket-no-show").status_code == 302
    again = hall.take()
    order = []
    for _ in range(3):
        called = hall.call()
        order.append(called.name)
        hall.serve(called)
        hall.end(called, "ANSWER")
    assert (first.state, wall(first.ended_at)) == ("NO_SHOW", f"{DAY} 09:10:00")
    assert again.name == "А004"
    assert order == ["А002", "А003", "А004"]
    assert "Nobody is waiting." in said(hall.ask_next())


def taken_at(hall: Hall, clock: str) -> Ticket:
    hall.town.at(f"{DAY} {clock}")
    return hall.take()


def test_s19_the_database_refuses_a_call_out_of_turn(hall: Hall) -> None:
    """R8.1-c"""
    taken_at(hall, "09:05")
    later = taken_at(hall, "09:06")
    called = {
        "state": "CALLED",
        "called_at": hall.town.now,
        "called_by": hall.world.specialist,
        "window": 1,
        "waited": timedelta(0),
        "is_wait_breached": False,
    }

    with pytest.raises(IntegrityError, match="called out of turn"), transaction.atomic():
        Ticket.objects.filter(pk=later.pk).update(**called)

    hall.call()
    hall.colleague()
    assert Ticket.objects.filter(pk=later.pk).update(**{**called, "called_by": hall.colleague(), "window": 2})


@pytest.mark.parametrize(
    "change",
    [{"taken_at": "2015-09-15T00:00Z"}, {"number": 9}, {"called_at": None}, {"waited": timedelta(0)}],
)
def test_what_was_written_when_it_happened_cannot_be_edited(hall: Hall, change: dict) -> None:
    """R4.2-a, R8.1-c"""
    ticket = taken_and_called(hall, "10:00", "10:31")

    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**change)
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk)._raw_delete("default")


def test_s19_booking_and_paying_for_speed_do_not_exist(hall: Hall) -> None:
    """R8.1-d: nothing a form could send names a time or a rank; no column could hold one."""
    taken_at(hall, "09:05")
    hall.browser().post(
        reverse("desk:take-ticket"), {"at": "15:00", "priority": "1", "paid": "5000", "number": "1"}
    )

    assert [(ticket.number, wall(ticket.taken_at)) for ticket in Ticket.objects.order_by("number")] == [
        (1, f"{DAY} 09:05:00"),
        (2, f"{DAY} 09:05:00"),
    ]
    assert {field.name for field in Ticket._meta.get_fields()} == {
        "id", "key", "line", "number", "state", "taken_at", "given_by", "kiosk", "called_at", "called_by", "window",
        "serving_at", "ended_at", "end", "waited", "is_wait_breached", "served", "is_serving_breached", "cases",
        "repeats", "repeated_at",
    }  # fmt: skip
    assert {field.name for field in Line._meta.fields} == {"id", "place", "on", "given"}
    for name in ("desk:call-ticket", "desk:book", "portal:book", "portal:take-ticket"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert get_resolver()


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2015-09-15 08:59:59", "9:00 on 15 September 2015"),
        ("2015-09-15 13:00:00", "14:30 on 15 September 2015"),
        ("2015-09-15 14:29:59", "14:30 on 15 September 2015"),
        ("2015-09-15 17:30:00", "9:00 on 16 September 2015"),
        ("2015-09-19 10:00:00", "9:00 on 21 September 2015"),
        ("2015-09-24 10:00:00", "9:00 on 25 September 2015"),
    ],
)
def test_s13_no_ticket_is_given_and_nobody_is_called_when_reception_is_closed(
    hall: Hall, moment: str, opens: str
) -> None:
    """R8.1-a, A6"""
    hall.town.at(moment)

    no_ticket, no_call = hall.ask_ticket(), hall.ask_next()

    assert (no_ticket.status_code, no_call.status_code, Ticket.objects.count()) == (409, 409, 0)
    assert "No ticket was given." in said(no_ticket)
    assert f"Reception opens again at {opens}." in said(no_ticket)
    assert f"Reception opens again at {opens}." in said(no_call)


@pytest.mark.parametrize("moment", ["09:00:00", "12:59:59", "14:30:00", "17:29:59"])
def test_s13_a_ticket_is_given_while_reception_is_open(hall: Hall, moment: str) -> None:
    """R8.1-a"""
    assert taken_at(hall, moment).name == "А001"


def test_numbers_begin_anew_each_day_and_at_each_place(town: Town) -> None:
    town.at(f"{DAY} 09:00")
    astana, temirtau = Hall(town), Hall(town, "temirtau")

    today = [astana.take().name, astana.take().name, temirtau.take().name]
    town.at("2015-09-16 09:00")

    assert [*today, astana.take().name] == ["А001", "А002", "А001", "А001"]


def test_a_ticket_keeps_its_place_over_lunch(hall: Hall) -> None:
    """A6"""
    before = taken_at(hall, "12:59")
    hall.town.at(f"{DAY} 13:30")
    hall.town.sweep()
    taken_at(hall, "14:30")

    assert hall.call() == before


@pytest.mark.parametrize(
    ("swept", "ended"), [("2015-09-15 17:30:00", "2015-09-15"), ("2015-09-16 08:00:00", "2015-09-16")]
)
def test_at_closing_those_who_were_not_called_are_closed_with_the_reason_and_their_wait(
    hall: Hall, swept: str, ended: str
) -> None:
    """R4.2-a, A6, A32: the wait counts up to closing, whenever the sweep comes; twice is as good as once."""
    called = taken_and_called(hall, "16:45", "16:46")
    late, short = taken_at(hall, "16:50"), taken_at(hall, "17:10")
    hall.town.at(f"{DAY} 17:29:59")
    hall.town.sweep()
    assert Ticket.objects.waiting().count() == 2

    hall.town.at(swept)
    hall.town.sweep()
    hall.town.sweep()

    assert measured(late)[:2] == (40 * MINUTE, True)
    assert measured(short)[:2] == (20 * MINUTE, False)
    assert (late.state, short.state, wall(late.ended_at)[:10]) == (
        "CANCELLED_AT_CLOSING",
        "CANCELLED_AT_CLOSING",
        ended,
    )
    called.refresh_from_db()
    assert called.state == "CALLED"
    assert breaches() == [("ticket.wait_breached", "4.2", "17:20:00")]
    assert Event.objects.filter(name="ticket.closed", actor_kind="system", paragraph="8.1").count() == 2


def test_a_serving_may_end_after_closing(hall: Hall) -> None:
    """A3, A8: only reception minutes count."""
    ticket = taken_and_called(hall, "17:10", "17:20")
    hall.serve(ticket)
    hall.town.at(f"{DAY} 17:45")
    hall.end(ticket)

    assert measured(ticket) == (10 * MINUTE, False, 10 * MINUTE, False)


@pytest.mark.parametrize(
    ("clock", "sentence", "warning"),
    [
        ("10:19:59", "19 min, 10 min left", ""),
        ("10:20:00", "20 min, 10 min left", "Past 20 minutes"),
        ("10:25:00", "25 min, 5 min left", "Past 25 minutes"),
        ("10:30:00", "30 min, 0 min left", "Past 25 minutes"),
        ("10:30:01", "30 min, 0 min over the term", "Longer than 30 minutes"),
        ("10:42:00", "42 min, 12 min over the term", "Longer than 30 minutes"),
    ],
)
def test_the_line_shows_what_is_left_of_each_wait_and_marks_a_ticket_at_risk(
    hall: Hall, clock: str, sentence: str, warning: str
) -> None:
    """R4.2-b"""
    taken_at(hall, "10:00:00")
    hall.town.at(f"{DAY} {clock}")

    page = hall.page(by=hall.world.head)

    assert f"А001 10:00 {sentence} {warning}".strip() in page
    assert ("Past" in page or "Longer than" in page) is bool(warning)
    assert "Waiting: 1" in page


@pytest.mark.parametrize(
    ("clock", "serving", "result"),
    [
        ("10:19:59", "Serving Standard ¶4.3 19:59", "Result Standard ¶4.1 11:59"),
        ("10:20:00", "past 20 minutes, 10:00 left", "Result Standard ¶4.1 12:00"),
        ("10:25:00", "past 25 minutes, 05:00 left", "Result Standard ¶4.1 17:00"),
        ("10:30:01", "Term missed by 00:01", "past 20 minutes, 07:59 left"),
    ],
)
def test_the_serving_clock_warns_on_the_case_and_at_the_intake_beside_the_result(
    counter: Counter, clock: str, serving: str, result: str
) -> None:
    """R4.3-a, A8: called 10:00, registered 10:08; two clocks run, each with its own stones."""
    hall = Hall(counter.town)
    taken_and_called(hall, "10:00", "10:00")
    counter.town.at(f"{DAY} 10:08")
    application = counter.register()

    counter.town.at(f"{DAY} {clock}")
    case, intake = counter.case_page(application), counter.intake_page()

    assert (serving in case, result in case, serving in intake) == (True, True, True)


def test_the_serving_goes_on_while_the_person_at_the_window_has_another_case(counter: Counter) -> None:
    """R4.3-a, R6.1-b: two kinds, two applications, one serving."""
    hall = Hall(counter.town)
    ticket = taken_and_called(hall, "09:50", "09:58")
    first, second = counter.register(), counter.register(kind="PUBLIC_WORKS")
    counter.town.work()
    for application in (first, second):
        counter.take(application)
        counter.draft(application)
        counter.sign(application)
        counter.town.work()
        counter.offer(application)
    counter.town.at(f"{DAY} 10:10")
    assert "At your window: А001" in hall.page()

    states = []
    for application in (first, second):
        counter.hand_over(application)
        ticket.refresh_from_db()
        states.append(ticket.state)

    assert states == ["SERVING", "SERVED"]


def test_two_windows_call_different_people_and_a_busy_one_says_so(hall: Hall) -> None:
    """R8.1-c"""
    colleague = hall.colleague()
    for clock in ("09:05", "09:06", "09:07"):
        taken_at(hall, clock)

    first = hall.call()
    at_the_same = hall.ask_next(by=colleague, window=1)
    second = hall.call(by=colleague, window=2)
    hall.serve(second, by=colleague)
    again = hall.ask_next(by=colleague, window=2)

    assert (first.name, second.name) == ("А001", "А002")
    assert (at_the_same.status_code, again.status_code) == (409, 409)
    assert "This window is serving ticket А001." in said(at_the_same)
    assert "This window is serving ticket А002." in said(again)


@pytest.mark.parametrize("window", ["0", "4", "x", ""])
def test_a_window_the_place_does_not_have_calls_nobody(hall: Hall, window: str) -> None:
    taken_at(hall, "09:05")

    answer = hall.browser().post(reverse("desk:call-next"), {"window": window})

    assert (answer.status_code, Ticket.objects.waiting().count()) == (422, 1)
    assert "There is no such window here." in said(answer)


def test_a_double_click_gives_one_ticket_and_calls_one_person(hall: Hall) -> None:
    key = "6f6d2a8e-6c43-4a52-9a3e-0d3cf1b3a111"
    given = [hall.browser().post(reverse("desk:take-ticket"), {"key": key}).url for _ in range(2)]
    taken_at(hall, "09:06")

    called = [hall.call().name for _ in range(2)]
    ticket = Ticket.objects.get(number=1)
    hall.serve(ticket)
    served_twice = hall.press(ticket, "serve-ticket")
    hall.end(ticket, "LEFT")
    ended_twice = hall.press(ticket, "end-ticket", end="RESULT")

    assert given[0] == given[1]
    assert called == ["А001", "А001"]
    assert (served_twice.status_code, ended_twice.status_code) == (302, 302)
    assert (ticket.end, Ticket.objects.count()) == ("LEFT", 2)


def test_what_another_has_ended_meanwhile_is_said(hall: Hall) -> None:
    colleague = hall.colleague()
    ticket = taken_and_called(hall, "09:05", "09:06")
    hall.press(ticket, "ticket-no-show", by=colleague)

    answer = hall.press(ticket, "ticket-no-show", by=hall.colleague())

    assert answer.status_code == 409
    assert "Ticket А001 has changed in the meantime." in said(answer)


def test_an_end_that_is_none_ends_nothing(hall: Hall) -> None:
    ticket = taken_and_called(hall, "09:05", "09:06")
    hall.serve(ticket)

    hall.press(ticket, "end-ticket", end="BRIBE")

    assert ticket.state == "SERVING"


def test_the_line_belongs_to_its_office_and_its_steps_to_specialists(town: Town) -> None:
    town.at(f"{DAY} 09:00")
    hall, elsewhere = Hall(town), Hall(town, "temirtau")
    ticket = hall.take()
    administrator = Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл")

    others = elsewhere.browser()
    answers = {
        "stranger": Client().get(reverse("desk:line")).status_code,
        "administrator": town.browser_of(administrator).get(reverse("desk:line")).status_code,
        "another office": others.get(reverse("desk:ticket", args=[ticket.pk])).status_code,
        "its step": others.post(reverse("desk:serve-ticket", args=[ticket.pk])).status_code,
        "the head's call": hall.ask_next(by=hall.world.head).status_code,
        "the head's look": hall.browser(hall.world.head).get(reverse("desk:line")).status_code,
    }

    assert answers == {
        "stranger": 302,
        "administrator": 403,
        "another office": 404,
        "its step": 404,
        "the head's call": 403,
        "the head's look": 200,
    }


def test_the_printed_ticket_names_the_rule_and_the_latest_moment_and_nobody(hall: Hall) -> None:
    """R8.1-c, R8.1-d"""
    taken_at(hall, "12:49")
    ticket = taken_at(hall, "12:50")

    page = said(hall.browser().get(reverse("desk:ticket", args=[ticket.pk])))

    sentences = (
        "А002",
        "Алынған уақыты: 2015 ж. 15 қыркүйек, сағат 12:50",
        "Ahead of you: 1",
        "Longest permitted wait 30 minutes: until 14:50 on 15 September 2015",
        "Кезек тәртібімен, алдын ала жазылусыз.",
        "In order of queue, without booking.",
        "The state service is free of charge",
    )
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_the_intake_names_whom_its_specialist_has_called(hall: Hall) -> None:
    taken_and_called(hall, "09:05", "09:06")

    mine = said(hall.browser().get(reverse("desk:intake")))
    theirs = said(hall.browser(hall.colleague()).get(reverse("desk:intake")))

    assert ("At your window: А001" in mine, "At your window" in theirs) == (True, False)


@pytest.mark.parametrize("page", ["desk:line", "hall:display"])
def test_the_line_costs_the_same_queries_for_one_and_for_three(
    hall: Hall, page: str, django_assert_num_queries
) -> None:
    address = reverse(page, args=[hall.world.place.pk] if page == "hall:display" else [])
    browser = hall.browser()
    fill(hall, 1)
    browser.get(address)  # the first page of a day asks for the days before
    with django_assert_num_queries(QUERIES[page]):
        browser.get(address)

    fill(hall, 2)
    with django_assert_num_queries(QUERIES[page]):
        browser.get(address)


QUERIES = {"desk:line": 10, "hall:display": 7}


def fill(hall: Hall, count: int) -> None:
    """Have so many more ended, at windows and waiting; the windows of the place are enough."""
    Place.objects.filter(pk=hall.world.place.pk).update(windows=9)
    for _ in range(count):
        first = hall.colleague()
        for stays in (False, True):
            hall.take()
            window = Ticket.objects.at_windows().count() + 1 if stays else 9
            ticket = hall.call(by=first, window=window)
            hall.serve(ticket, by=first)
            if not stays:
                hall.end(ticket, by=first)
    for _ in range(count):
        hall.take()
