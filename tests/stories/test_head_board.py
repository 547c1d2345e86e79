"""The head's board: every window, every clock, who is at risk first, what was missed today (R4.2-b, R4.3-a)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.people.models import Place, Staff
from joldama.reception.models import Ticket
from joldama.standard.roles import Role
from tests.stories.counter import Counter, said
from tests.stories.hall import Hall
from tests.stories.town import Town

DAY = "2015-09-15"


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 09:00")
    return Hall(town)


def at(hall: Hall, clock: str) -> None:
    hall.town.at(f"{DAY} {clock}")


def board(hall: Hall, by: Staff | None = None) -> str:
    """What the board says to the head."""
    answer = hall.browser(by or hall.world.head).get(reverse("desk:board"))
    assert answer.status_code == 200
    return said(answer)


def section(page: str, begins: str, ends: str) -> str:
    """A stretch of the page."""
    return page.partition(begins)[2].partition(ends)[0].strip()


def test_an_empty_hall_says_so(hall: Hall) -> None:
    page = board(hall)

    for sentence in (
        "At risk: 0 No clock is past 20 minutes.",
        "Waiting: 0 Windows: 3, of them open: 0",
        "Window 1 Closed – – –",
        "No clock is running.",
        "No limit was broken today.",
    ):
        assert sentence in page


def test_every_window_says_who_sits_there_since_when_and_whom_it_serves(hall: Hall) -> None:
    colleague = hall.colleague()
    hall.take()
    hall.open_window(2, by=colleague)
    at(hall, "09:10")
    hall.press_window(hall.window_of(colleague), "pause", by=colleague)
    hall.call(window=1)
    at(hall, "09:15")

    page = board(hall)

    assert "Window 1 Open since 9:10 Омарова Ж.Б. А001 Called 05:00, 25 min left –" in page
    assert "Window 2 Paused since 9:10 Досова Г. – – Close the window 2" in page
    assert "Window 3 Closed – – –" in page
    assert "Windows: 3, of them open: 1" in page


def test_who_has_least_time_left_stands_first_and_each_stone_is_said(counter: Counter) -> None:
    """R4.2-b, R4.3-a: a wait, a serving and a result, each with its own clock."""
    hall = Hall(counter.town)
    at(hall, "10:00")
    hall.take()
    hall.call()
    at(hall, "10:03")
    application = counter.register()
    at(hall, "10:06")
    hall.take()
    at(hall, "10:25")

    risk = section(board(hall), "Passed", "Waiting: 1")

    assert risk.startswith(
        "А001 Serving Standard ¶4.3 10:00 25:00, 5 min left Past 25 minutes "
        f"{application.number} Result Standard ¶4.1 10:03 22:00, 8 min left Past 20 minutes"
    )
    assert "А002" not in risk


@pytest.mark.parametrize(
    ("passed", "warning"),
    [
        (timedelta(minutes=19, seconds=59, microseconds=999_999), None),
        (timedelta(minutes=20), "Past 20 minutes"),
        (timedelta(minutes=25), "Past 25 minutes"),
        (timedelta(minutes=30), "Past 25 minutes"),
        (timedelta(minutes=30, microseconds=1), "Longer than 30 minutes"),
    ],
)
def test_the_stones_are_reached_to_the_microsecond(
    hall: Hall, passed: timedelta, warning: str | None
) -> None:
    """R4.2-a, R4.2-b: a breach is more than 30:00.000."""
    at(hall, "10:00")
    hall.take()
    hall.town.at_instant(hall.town.now + passed)

    page = board(hall)

    assert (f"At risk: {0 if warning is None else 1}" in page, warning is None or warning in page) == (
        True,
        True,
    )


def test_a_clock_stands_still_in_lunch(hall: Hall) -> None:
    """A6, A8"""
    at(hall, "12:40")
    hall.take()

    shown = []
    for clock in ("13:00", "14:29", "14:35"):
        at(hall, clock)
        page = board(hall)
        shown.append(("20:00, 10 min left" in page, "25:00, 5 min left" in page, "Reception opens" in page))

    assert shown == [(True, False, True), (True, False, True), (False, True, False)]


def test_what_was_missed_today_is_listed_with_its_paragraph(counter: Counter) -> None:
    """R4.2-a, R4.3-a, R4.1-c; what was missed yesterday is not."""
    hall = Hall(counter.town)
    at(hall, "10:00")
    hall.take()
    at(hall, "10:31")
    ticket = hall.call()
    counter.register()
    at(hall, "11:02")
    hall.end(ticket, "LEFT")

    page = board(hall)
    counter.town.at("2015-09-16 10:00")
    tomorrow = board(hall)

    assert "А001 Waiting Standard ¶4.2 10:00 31:00 А001 Serving Standard ¶4.3 10:31 31:00" in page
    assert "Longer than 30 minutes today: 3" in page
    assert "No limit was broken today." in tomorrow
    assert "90:00" not in page


def test_all_places_of_the_office_stand_on_the_board_and_no_others(town: Town) -> None:
    town.at(f"{DAY} 09:00")
    hall, elsewhere = Hall(town), Hall(town, "temirtau")
    place = hall.world.place
    second = Place.objects.create(
        office=place.office, kk="Екінші орын", ru="Второе место", en="Second place", is_main=False, windows=1
    )
    clerk = Staff.objects.create(
        role=Role.SPECIALIST, office=place.office, place=second, surname="Әлиева", given_name="Мәдина"
    )
    elsewhere.take()
    hall.take()
    hall.browser(clerk).post(reverse("desk:take-ticket"), {"key": ""})
    at(hall, "09:21")

    page = board(hall)

    assert "At risk: 2" in page
    assert "Second place" in section(page, "At risk: 2", "Waiting: 1")
    assert page.count("Waiting: 1") == 2
    assert Ticket.objects.waiting().count() == 3


def test_the_head_closes_an_empty_window_from_the_board_and_the_specialist_does_not(hall: Hall) -> None:
    window = hall.open_window(1)

    assert "Close the window" not in board(hall, by=hall.world.specialist)
    answer = hall.press_window(window, "close", by=hall.world.head, back="board")

    assert (answer.url, window.state) == (reverse("desk:board"), "CLOSED")


def test_the_board_is_for_the_counter_and_leads_to_tickets_and_cases(counter: Counter) -> None:
    hall = Hall(counter.town)
    at(hall, "10:00")
    application = counter.register()
    hall.take()
    administrator = Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл")
    address = reverse("desk:board")

    html = hall.browser(hall.world.head).get(address).content.decode()

    ticket = Ticket.objects.get()
    for link in (reverse("desk:ticket", args=[ticket.pk]), reverse("desk:case", args=[application.pk])):
        assert f'href="{link}"' in html
    assert html.count("data-live=") == 5
    assert Client().get(address).status_code == 302
    assert counter.town.browser_of(administrator).get(address).status_code == 403


def test_the_board_costs_the_same_queries_for_one_and_for_three(
    counter: Counter, django_assert_num_queries: Any
) -> None:
    hall = Hall(counter.town)
    Place.objects.filter(pk=hall.world.place.pk).update(windows=9)
    for count, day in ((1, "2015-09-15"), (2, "2015-09-16")):
        counter.town.at(f"{day} 09:00")
        for _ in range(count):
            counter.register()
        for number in range(1, count + 1):
            clerk = hall.colleague()
            hall.take()
            hall.open_window(number, by=clerk)
        counter.town.at(f"{day} 09:40")
        for number in range(1, count + 1):
            clerk = hall.colleague()
            ticket = hall.call(by=clerk, window=number + 3)
            hall.press(ticket, "ticket-no-show", by=clerk)
            hall.take()
            hall.call(by=clerk, window=number + 3)
        hall.take()
        browser = hall.browser(hall.world.head)
        with django_assert_num_queries(QUERIES):
            browser.get(reverse("desk:board"))


QUERIES = 9
