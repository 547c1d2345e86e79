"""R4.4-a: result, wait and serving are three separate figures: share in time, longest, median, each violation."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application
from joldama.people.models import Place, Staff
from joldama.reception.models import Ticket
from joldama.standard.roles import Role
from tests.stories.counter import Counter, said
from tests.stories.hall import Hall

DAY = "2015-09-15"
HEAD = "Clock Counted In time Median Longest Longer than 30 minutes"


def figures(hall: Hall, *, status: int = 200, **asked: str) -> str:
    """What the page of the three clocks says to the head."""
    answer = hall.browser(hall.world.head).get(reverse("desk:clocks"), asked)
    assert answer.status_code == status
    return said(answer)


def visited(counter: Counter, hall: Hall, *clocks: str) -> tuple[Ticket, Application]:
    """A visit at the moments of a day: taken, called, registered, offered, ended."""
    taken, called, registered, offered, ended = (f"{DAY} {clock}" for clock in clocks)
    counter.town.at(taken)
    hall.take()
    counter.town.at(called)
    ticket = hall.call()
    counter.town.at(registered)
    application = counter.register()
    counter.town.work()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.town.at(offered)
    counter.offer(application)
    counter.town.at(ended)
    hall.end(ticket)
    return ticket, application


def waited_only(hall: Hall, taken: str, called: str, how: str) -> Ticket:
    hall.town.at(f"{DAY} {taken}")
    hall.take()
    hall.town.at(f"{DAY} {called}")
    ticket = hall.call()
    if how == "NO_SHOW":
        hall.press(ticket, "ticket-no-show")
    else:
        hall.serve(ticket)
        hall.end(ticket, how)
    return ticket


def test_the_three_clocks_are_three_figures_and_each_violation_is_named(counter: Counter) -> None:
    """R4.4-a, A32: S03's wait, S04's serving, a wait cut off by closing, somebody who did not come."""
    hall = Hall(counter.town)
    _, in_time = visited(counter, hall, "10:00", "10:00", "10:08", "10:31", "10:31")
    waited_only(hall, "11:00", "11:10", "ANSWER")
    waited_only(hall, "11:20", "11:59", "NO_SHOW")
    late = waited_only(hall, "12:40", "14:45", "LEFT")
    hall.town.at(f"{DAY} 16:50")
    closed = hall.take()
    hall.town.at(f"{DAY} 17:30")
    hall.town.sweep()

    page = figures(hall)

    assert in_time.is_overdue(at=hall.town.now) is False
    assert [late.name, closed.name] == ["А004", "А005"]
    assert (
        f"{HEAD} "
        "Result Standard ¶4.1 1 1 (100 %) 23:00 23:00 0 "
        "Waiting Standard ¶4.2 4 2 (50 %) 22:30 40:00 2 "
        "Serving Standard ¶4.3 3 2 (66 %) 00:00 31:00 1 "
        "Did not come when called (counted apart): 1"
    ) in page
    assert "А004 12:40 on 15 September 2015 35:00" in page
    assert "А005 16:50 on 15 September 2015 40:00" in page
    assert "А001 10:00 on 15 September 2015 31:00" in page


def test_a_result_that_is_missing_at_its_due_moment_is_a_violation_at_once(counter: Counter) -> None:
    hall = Hall(counter.town)
    counter.town.at(f"{DAY} 10:00")
    application = counter.register()

    counter.town.at(f"{DAY} 10:30")
    before = figures(hall)
    counter.town.at(f"{DAY} 10:31")
    after = figures(hall)

    assert f"{application.number} 10:00 on 15 September 2015 31:00" in after
    assert application.number not in before


def test_figures_of_other_days_and_other_places_are_not_mixed(counter: Counter) -> None:
    hall, elsewhere = Hall(counter.town), Hall(counter.town, "temirtau")
    waited_only(hall, "11:00", "11:10", "ANSWER")
    waited_only(elsewhere, "11:00", "11:50", "ANSWER")

    today = figures(hall)
    yesterday = figures(hall, first="14.09.2015", last="14.09.2015")
    both = figures(hall, first="14.09.2015", last="15.09.2015")

    assert ["1 1 (100 %) 10:00 10:00 0" in page for page in (today, yesterday, both)] == [True, False, True]
    assert "0 0 – – 0" in yesterday


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("15.09.2015", "14.09.2015"),
        ("01.01.2015", "15.09.2015"),
        ("x", "15.09.2015"),
        ("", ""),
        ("01.01.0001", "01.01.0001"),
        ("26.04.2015", "27.04.2015"),
        ("16.09.2015", "16.09.2015"),
        ("31.12.9999", "31.12.9999"),
    ],
)
def test_a_period_that_makes_no_sense_is_said(counter: Counter, first: str, last: str) -> None:
    counter.town.at(f"{DAY} 10:00")

    page = figures(Hall(counter.town), status=422, first=first, last=last)

    assert HEAD in page
    rows = {"first": first, "last": last, "clock": "wait", "shown": "all"}
    assert Hall(counter.town).browser().get(reverse("desk:clock-rows"), rows).status_code == 404


def test_the_figures_cost_the_same_queries_for_one_and_for_three(
    counter: Counter, django_assert_num_queries: Any
) -> None:
    hall = Hall(counter.town)
    browser = hall.browser(hall.world.head)
    for count in (1, 2):
        for _ in range(count):
            waited_only(hall, "12:40", "14:45", "ANSWER")
            counter.town.at(f"{DAY} 10:00")
            counter.register()
        counter.town.at(f"{DAY} 16:00")
        with django_assert_num_queries(7):
            browser.get(reverse("desk:clocks"))


def test_the_median_of_two_lies_between_them(counter: Counter) -> None:
    hall = Hall(counter.town)
    first = waited_only(hall, "11:00", "11:10", "ANSWER")
    second = waited_only(hall, "11:20", "11:41", "ANSWER")

    assert [first.waited, second.waited] == [timedelta(minutes=10), timedelta(minutes=21)]
    assert "2 2 (100 %) 15:30 21:00 0" in figures(hall)


def rows(hall: Hall, **asked: str) -> str:
    """What the page of rows says to the head."""
    day = "15.09.2015"
    typed = {"first": day, "last": day, "place": "", "clock": "wait", "shown": "all", **asked}
    answer = hall.browser(hall.world.head).get(reverse("desk:clock-rows"), typed)
    assert answer.status_code == 200
    return said(answer)


def links_of(hall: Hall, **asked: str) -> dict[str, str]:
    """The figures of the page that lead somewhere: what the page they lead to counts, by its address."""
    browser = hall.browser(hall.world.head)
    page = browser.get(reverse("desk:clocks"), asked).content.decode()
    found = re.findall(r'href="(/desk/line/clocks/rows/\?[^"]+)">([^<]+)<', page)
    return {html.unescape(address): text for address, text in found}


def test_every_figure_opens_its_rows_and_each_row_says_how_it_was_counted(counter: Counter) -> None:
    """R4.4-a: whatever stands on the page is the number of rows behind it."""
    hall = Hall(counter.town)
    visited(counter, hall, "10:00", "10:00", "10:08", "10:31", "10:31")
    waited_only(hall, "11:00", "11:10", "ANSWER")
    waited_only(hall, "11:20", "11:59", "NO_SHOW")
    waited_only(hall, "12:40", "14:45", "LEFT")
    browser = hall.browser(hall.world.head)

    links = links_of(hall)

    counted = {address: text for address, text in links.items() if text.isdigit()}
    assert len(counted) == 8
    for address, text in counted.items():
        assert f": {text} Standard" in said(browser.get(address)), address
    for address in links:
        assert browser.get(address).status_code == 200
    assert "А004 12:40 on 15 September 2015 35:00 Longer than 30 minutes" in rows(hall, shown="over")
    assert "35:00, longer than 30 minutes by 05:00" in rows(hall, shown="over")
    assert "The lunch break from 13:00 to 14:30 is not counted" in rows(hall, shown="over")
    assert "А003" in rows(hall, shown="absent")
    assert "А003" not in rows(hall)
    assert "23:00, not longer than 30 minutes" in rows(hall, clock="result")


def test_the_longest_stands_first_where_length_is_asked_for(counter: Counter) -> None:
    hall = Hall(counter.town)
    for taken, called in (("11:00", "11:10"), ("11:20", "11:41"), ("12:00", "12:05")):
        waited_only(hall, taken, called, "ANSWER")

    page = rows(hall, order="took")

    assert [name for name in re.findall(r"А00\d", page)] == ["А002", "А001", "А003"]


@pytest.mark.parametrize(
    "asked",
    [
        {"clock": "patience"},
        {"shown": "some"},
        {"order": "rank"},
        {"first": "x"},
        {"place": "6f6d2a8e-6c43-4a52-9a3e-0d3cf1b3a111"},
        {"first": "01.01.2015"},
    ],
)
def test_rows_that_no_figure_leads_to_are_a_missing_page(counter: Counter, asked: dict[str, str]) -> None:
    counter.town.at(f"{DAY} 10:00")
    hall = Hall(counter.town)
    day = "15.09.2015"
    typed = {"first": day, "last": day, "place": "", "clock": "wait", "shown": "all", **asked}

    assert hall.browser(hall.world.head).get(reverse("desk:clock-rows"), typed).status_code == 404


@pytest.mark.parametrize("page", ["0", "x", "999999", "²"])
def test_a_page_of_rows_that_is_none_is_the_first_or_an_empty_one(counter: Counter, page: str) -> None:
    counter.town.at(f"{DAY} 10:00")

    assert "Nothing was measured" in rows(Hall(counter.town), page=page)


def test_the_figures_of_an_office_are_those_of_its_places_together_and_apart(counter: Counter) -> None:
    """R4.4-a"""
    hall, elsewhere = Hall(counter.town), Hall(counter.town, "temirtau")
    place = hall.world.place
    second = Place.objects.create(
        office=place.office, kk="Екінші орын", ru="Второе место", en="Second place", is_main=False
    )
    waited_only(hall, "11:00", "11:10", "ANSWER")
    waited_only(elsewhere, "11:00", "11:50", "ANSWER")
    clerk = Staff.objects.create(
        role=Role.SPECIALIST, office=place.office, place=second, surname="Әлиева", given_name="Мәдина"
    )
    counter.town.at(f"{DAY} 12:00")
    hall.browser(clerk).post(reverse("desk:take-ticket"), {"key": ""})
    counter.town.at(f"{DAY} 12:31")
    hall.call(by=clerk)

    whole, one = figures(hall), figures(hall, first="15.09.2015", last="15.09.2015", place=str(second.pk))

    assert "Waiting Standard ¶4.2 2 1 (50 %) 20:30 31:00 1" in whole
    assert "Second place Clock" in whole
    assert whole.count("Waiting Standard ¶4.2 1 1 (100 %) 10:00 10:00 0") == 1
    assert "Waiting Standard ¶4.2 1 0 (0 %) 31:00 31:00 1" in one
    assert "10:00 10:00" not in one
    assert "Second place" in rows(hall)


def test_each_day_of_a_period_has_its_figures(counter: Counter) -> None:
    hall = Hall(counter.town)
    waited_only(hall, "11:00", "11:10", "ANSWER")
    counter.town.at("2015-09-16 10:00")
    hall.take()
    counter.town.at("2015-09-16 10:05")
    hall.press(hall.call(), "ticket-no-show")

    page = figures(hall, first="14.09.2015", last="16.09.2015")
    days = page.partition("By day")[2]

    assert days.index("16 September 2015") < days.index("15 September 2015")
    assert "14 September 2015" not in days
    assert "Waiting Standard ¶4.2 1 1 (100 %) 10:00 10:00 0" in days
    assert "Did not come when called (counted apart): 1" in days.partition("15 September 2015")[0]


def test_the_rows_cost_the_same_queries_for_one_and_for_three(
    counter: Counter, django_assert_num_queries: Any
) -> None:
    hall = Hall(counter.town)
    browser = hall.browser(hall.world.head)
    day = "15.09.2015"
    for count in (1, 2):
        for _ in range(count):
            waited_only(hall, "12:40", "14:45", "ANSWER")
            counter.town.at(f"{DAY} 10:00")
            counter.register()
        counter.town.at(f"{DAY} 16:00")
        for clock in ("wait", "serving", "result"):
            typed = {"first": day, "last": day, "place": "", "clock": clock, "shown": "all"}
            with django_assert_num_queries(7):
                browser.get(reverse("desk:clock-rows"), typed)


def test_the_rows_belong_to_the_office(counter: Counter) -> None:
    hall, elsewhere = Hall(counter.town), Hall(counter.town, "temirtau")
    waited_only(elsewhere, "11:00", "11:50", "ANSWER")

    assert "Nothing was measured" in rows(hall)
    assert Client().get(reverse("desk:clock-rows")).status_code == 302
