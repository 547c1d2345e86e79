"""Windows of a hall: opened, paused, closed; calling opens one; nobody is lost and no turn changes (¶8.1)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from joldama.journal.models import Event
from joldama.people.models import Staff
from joldama.procedures.windows import open_windows
from joldama.reception.models import Ticket, Window, WindowPause
from joldama.standard.roles import Role
from tests.stories.counter import said
from tests.stories.hall import Hall
from tests.stories.town import Town, wall

DAY = "2015-09-15"


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 09:00")
    return Hall(town)


def told() -> list[tuple[str, str, int, str]]:
    """What the journal tells of windows: which move, when, of which window, by whom."""
    found = Event.objects.filter(name__startswith="window.").order_by("id")
    return [(e.name, wall(e.at)[11:], e.facts["window"], e.actor_kind) for e in found]


def open_now(hall: Hall) -> int:
    return open_windows(hall.world.place, at=hall.town.now)


def at(hall: Hall, clock: str) -> None:
    hall.town.at(f"{DAY} {clock}")


def test_a_window_is_opened_paused_resumed_and_closed_and_the_journal_tells_each(hall: Hall) -> None:
    window = hall.open_window(2)
    pages = [hall.page()]
    for clock, step in (("10:00", "pause"), ("10:15", "resume"), ("12:00", "close")):
        at(hall, clock)
        assert hall.press_window(window, step).status_code == 302
        pages.append(hall.page())

    titles = [
        "Window 2, open since 9:00",
        "Window 2, paused since 10:00",
        "Window 2, open since 9:00",
        "Your window is not open",
    ]
    assert [title in page for title, page in zip(titles, pages, strict=True)] == [True] * 4
    assert told() == [
        ("window.opened", "09:00:00", 2, "staff"),
        ("window.paused", "10:00:00", 2, "staff"),
        ("window.resumed", "10:15:00", 2, "staff"),
        ("window.closed", "12:00:00", 2, "staff"),
    ]
    pause = WindowPause.objects.get()
    assert [wall(moment)[11:] for moment in (pause.paused_at, pause.ended_at)] == ["10:00:00", "10:15:00"]
    assert (window.state, wall(window.closed_at)[11:], window.closed_by) == (
        "CLOSED",
        "12:00:00",
        hall.world.specialist,
    )


def test_calling_opens_the_window_and_goes_on_at_a_paused_one(hall: Hall) -> None:
    for _ in range(2):
        hall.take()

    hall.serve(first := hall.call(window=3))
    window = hall.window_of()
    hall.end(first)
    hall.press_window(window, "pause")
    at(hall, "09:10")
    hall.call(window=3)

    window.refresh_from_db()
    assert (window.number, window.state) == (3, "OPEN")
    assert [name for name, *_ in told()] == ["window.opened", "window.paused", "window.resumed"]


def test_a_call_that_calls_nobody_opens_no_window(hall: Hall) -> None:
    assert hall.ask_next().status_code == 409

    assert Window.objects.count() == 0


def test_calling_from_another_window_moves_the_specialist_there(hall: Hall) -> None:
    hall.take()
    before = hall.open_window(1)

    hall.call(window=2)

    before.refresh_from_db()
    assert (before.state, hall.window_of().number, open_now(hall)) == ("CLOSED", 2, 1)


@pytest.mark.parametrize("step", ["pause", "close"])
def test_a_window_at_which_somebody_is_stays_open_and_says_what_to_do(hall: Hall, step: str) -> None:
    hall.take()
    ticket = hall.call()
    window = hall.window_of()

    called = hall.press_window(window, step)
    hall.serve(ticket)
    served = hall.press_window(window, step)

    assert (called.status_code, served.status_code, window.state) == (409, 409, "OPEN")
    assert "The window was not changed. Ticket А001 is being served at it." in said(called)
    assert "Finish serving or mark “Did not come” first." in said(served)
    assert "While somebody is at the window, it is neither paused nor closed." in hall.page()
    hall.end(ticket)
    assert hall.press_window(window, step).status_code == 302


def test_windows_that_are_open_are_counted_and_none_counts_in_lunch(hall: Hall) -> None:
    """A6: the calendar closes reception, not the windows."""
    colleague = hall.colleague()
    hall.open_window(1)
    second = hall.open_window(2, by=colleague)
    counted = [open_now(hall)]
    for clock in ("12:59:59", "13:00", "14:30"):
        at(hall, clock)
        counted.append(open_now(hall))
    lunch = f"{DAY} 13:30"
    hall.press_window(second, "pause", by=colleague)
    counted.append(open_now(hall))

    assert counted == [2, 2, 0, 2, 1]
    hall.town.at(lunch)
    assert "Reception begins at 14:30; until then the window does not count as open." in hall.page()


def test_the_windows_of_another_place_are_not_counted(town: Town) -> None:
    town.at(f"{DAY} 09:00")
    astana, temirtau = Hall(town), Hall(town, "temirtau")
    astana.open_window()

    assert (open_now(astana), open_now(temirtau)) == (1, 0)


@pytest.mark.parametrize(("clock", "closed_at"), [("17:30", "17:30:00"), ("23:00", "23:00:00")])
def test_the_end_of_reception_closes_windows_whenever_the_sweep_comes(
    hall: Hall, clock: str, closed_at: str
) -> None:
    window = hall.open_window()
    paused = hall.open_window(2, by=hall.colleague())
    hall.press_window(paused, "pause", by=paused.specialist)
    at(hall, "17:29:59")
    hall.town.sweep()
    assert Window.objects.unclosed().count() == 2

    at(hall, clock)
    for _ in range(2):
        hall.town.sweep()

    window.refresh_from_db()
    assert (window.state, window.closed_by, wall(window.closed_at)[11:]) == ("CLOSED", None, closed_at)
    assert [entry for entry in told() if entry[0] == "window.closed"] == [
        ("window.closed", closed_at, 1, "system"),
        ("window.closed", closed_at, 2, "system"),
    ]
    assert WindowPause.objects.filter(ended_at=None).count() == 0


def test_who_is_at_a_window_at_the_end_of_reception_is_served_first(hall: Hall) -> None:
    """A3: a serving may end after closing; the window closes with the next sweep."""
    at(hall, "17:20")
    hall.take()
    ticket = hall.call()
    window = hall.window_of()
    hall.serve(ticket)

    at(hall, "17:31")
    hall.town.sweep()
    window.refresh_from_db()
    assert window.state == "OPEN"
    at(hall, "17:40")
    hall.end(ticket)
    hall.town.sweep()

    window.refresh_from_db()
    assert (window.state, wall(window.closed_at)[11:]) == ("CLOSED", "17:40:00")


def test_a_new_day_begins_with_no_open_window(hall: Hall) -> None:
    """Also where the sweep has not come yet."""
    hall.open_window(1)
    hall.town.at("2015-09-16 09:00")

    assert (open_now(hall), "Your window is not open" in hall.page()) == (0, True)
    assert hall.open_window(1).line.on.isoformat() == "2015-09-16"
    assert Window.objects.unclosed().count() == 1


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (f"{DAY} 17:30", "9:00 on 16 September 2015"),
        ("2015-09-19 10:00", "9:00 on 21 September 2015"),
    ],
)
def test_no_window_is_opened_once_reception_is_over_or_on_a_day_off(
    hall: Hall, moment: str, opens: str
) -> None:
    """R8.1-a"""
    hall.town.at(moment)

    answer = hall.ask_window()

    assert (answer.status_code, Window.objects.count()) == (409, 0)
    assert f"Reception opens again at {opens}." in said(answer)


@pytest.mark.parametrize("clock", ["08:40", "13:30"])
def test_a_window_may_be_made_ready_before_reception_begins(hall: Hall, clock: str) -> None:
    at(hall, clock)

    assert (hall.open_window().state, open_now(hall)) == ("OPEN", 0)


@pytest.mark.parametrize("window", ["0", "4", "x", ""])
def test_a_window_the_place_does_not_have_is_not_opened(hall: Hall, window: Any) -> None:
    answer = hall.ask_window(window)

    assert (answer.status_code, Window.objects.count()) == (422, 0)
    assert "No window was opened. There is no such window here." in said(answer)


def test_a_window_of_a_colleague_is_not_taken_by_mistake_and_can_be_taken_over(hall: Hall) -> None:
    """He left it open and went home; whoever sits there now says so. He is told when he comes back."""
    colleague = hall.colleague()
    hall.take()
    left = hall.open_window(1)
    at(hall, "09:20")

    by_mistake = hall.ask_next(by=colleague, window=1)
    asked = hall.ask_window(1, by=colleague)
    assert (by_mistake.status_code, asked.status_code) == (409, 409)
    assert "Омарова Ж.Б. has worked at it since 9:00." in said(by_mistake)
    assert ("Take over window 1" in said(asked), Ticket.objects.waiting().count()) == (True, 1)
    assert hall.ask_window(1, by=colleague, over=str(left.pk)).status_code == 302

    left.refresh_from_db()
    assert (left.state, left.closed_by, hall.window_of(colleague).number) == ("CLOSED", colleague, 1)
    assert "Досова Г. closed your window 1 at 9:20." in hall.page()
    assert "Window 1 (Досова Г.)" in hall.page()


def test_a_window_is_taken_over_from_the_one_who_was_named_and_from_nobody_else(hall: Hall) -> None:
    """A stale page: meanwhile a third one sits there."""
    second, third = hall.colleague(), hall.colleague()
    stale = hall.open_window(1)
    hall.press_window(stale, "close")
    hall.open_window(1, by=second)

    answer = hall.ask_window(1, by=third, over=str(stale.pk))

    assert (answer.status_code, hall.window_of(second).number, hall.window_of(third)) == (409, 1, None)


def test_a_window_with_somebody_at_it_is_not_taken_over(hall: Hall) -> None:
    colleague = hall.colleague()
    hall.take()
    hall.call()
    window = hall.window_of()

    answer = hall.ask_window(1, by=colleague, over=str(window.pk))

    window.refresh_from_db()
    assert (answer.status_code, window.state, hall.window_of(colleague)) == (409, "OPEN", None)
    assert "Ticket А001 is being served at it." in said(answer)


def test_who_has_somebody_at_his_window_does_not_sit_down_at_another(hall: Hall) -> None:
    hall.take()
    hall.call(window=1)

    assert hall.ask_window(2).status_code == 409
    assert hall.ask_window(1).status_code == 302
    assert hall.window_of().number == 1


def test_the_head_closes_a_window_that_was_left_open(hall: Hall) -> None:
    window = hall.open_window(3)
    at(hall, "11:00")

    assert hall.press_window(window, "close", by=hall.world.head).status_code == 302

    assert (window.state, window.closed_by) == ("CLOSED", hall.world.head)
    assert f"{hall.world.head.name.short} closed your window 3 at 11:00." in hall.page()
    hall.take()
    assert hall.call(window=3).window == 3
    assert "closed your window" not in hall.page()


@pytest.mark.parametrize("steps", [("pause",), ("pause", "resume"), ("close",)])
def test_a_second_click_leads_on_and_does_nothing(hall: Hall, steps: tuple[str, ...]) -> None:
    window = hall.open_window()
    for step in steps:
        answers = [hall.press_window(window, step) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(told()) == 1 + len(steps)
    assert WindowPause.objects.count() == steps.count("pause")


def test_opening_twice_opens_one_window(hall: Hall) -> None:
    assert hall.open_window(1) == hall.open_window(1)
    assert Window.objects.count() == 1


def test_a_stale_page_says_that_the_window_has_changed(hall: Hall) -> None:
    window = hall.open_window()
    hall.press_window(window, "close")

    answer = hall.press_window(window, "pause")

    assert answer.status_code == 409
    assert "Nothing was done. Window 1 has changed in the meantime." in said(answer)


def test_a_window_belongs_to_its_specialist(town: Town) -> None:
    town.at(f"{DAY} 09:00")
    hall, elsewhere = Hall(town), Hall(town, "temirtau")
    window = hall.open_window()
    administrator = Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл")

    answers = {
        "a colleague's pause": hall.press_window(window, "pause", by=hall.colleague()),
        "a colleague's close": hall.press_window(window, "close", by=hall.colleague()),
        "the head's pause": hall.press_window(window, "pause", by=hall.world.head),
        "the head of another office": elsewhere.press_window(window, "close", by=elsewhere.world.head),
        "administrator": hall.press_window(window, "close", by=administrator),
        "stranger": Client().post(reverse("desk:close-window", args=[window.pk])),
        "the head sits down": hall.ask_window(by=hall.world.head),
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "a colleague's pause": 404,
        "a colleague's close": 404,
        "the head's pause": 403,
        "the head of another office": 404,
        "administrator": 403,
        "stranger": 302,
        "the head sits down": 403,
    }
    assert (window.state, Window.objects.count()) == ("OPEN", 1)


def test_the_steps_of_a_window_lead_back_to_the_page_that_carries_them(hall: Hall) -> None:
    window = hall.open_window()

    answers = [
        hall.press_window(window, "pause", back="intake").url,
        hall.press_window(window, "resume", back="https://elsewhere.example/").url,
    ]

    assert answers == [reverse("desk:intake"), reverse("desk:line")]


LATER = datetime.fromisoformat("2015-09-15T05:00+00:00")


@pytest.mark.parametrize(
    ("change", "said_by_database"),
    [
        ({"opened_at": LATER}, "written once"),
        ({"number": 2}, "written once"),
        ({"state": "PAUSED"}, "while its pause lasts"),
        ({"state": "CLOSED"}, "window_state_has_its_moments"),
        ({"closed_at": LATER}, "window_state_has_its_moments"),
    ],
)
def test_the_database_holds_what_was_written_of_a_window(
    hall: Hall, change: dict[str, Any], said_by_database: str
) -> None:
    window = hall.open_window()

    with pytest.raises(IntegrityError, match=said_by_database), transaction.atomic():
        Window.objects.filter(pk=window.pk).update(**change)
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        Window.objects.filter(pk=window.pk)._raw_delete("default")


def test_the_database_holds_pauses_and_closed_windows_as_they_were(hall: Hall) -> None:
    window = hall.open_window()
    hall.press_window(window, "pause")
    hall.press_window(window, "resume")
    hall.press_window(window, "close")

    for rows, change in (
        (WindowPause.objects, {"ended_at": LATER}),
        (WindowPause.objects, {"paused_at": LATER}),
        (Window.objects, {"closed_at": LATER}),
        (Window.objects, {"state": "OPEN", "closed_at": None, "closed_by": None}),
    ):
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            rows.update(**change)


def test_the_database_lets_nobody_be_left_at_a_window_and_nobody_sit_at_two(hall: Hall) -> None:
    hall.take()
    hall.call()
    window = hall.window_of()
    closed = {"state": "CLOSED", "closed_at": hall.town.now + timedelta(minutes=1)}

    with pytest.raises(IntegrityError, match="somebody is at the window"), transaction.atomic():
        Window.objects.filter(pk=window.pk).update(**closed)
    row = {"line": window.line, "state": "OPEN", "opened_at": hall.town.now}
    with pytest.raises(IntegrityError, match="one_window_per_specialist"), transaction.atomic():
        Window.objects.create(number=2, specialist=window.specialist, **row)
    with pytest.raises(IntegrityError, match="one_specialist_per_window"), transaction.atomic():
        Window.objects.create(number=1, specialist=hall.colleague(), **row)
