"""The range of the wait on the real line: what it knows of windows, lunch, closing, and what it costs (A6, ¶4 2))."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.template import Context, Template
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from joldama.people.models import Place
from joldama.procedures import windows
from joldama.procedures.forecast import Range, forecast_of, forecast_of_ticket
from joldama.reception.models import Line, Ticket
from joldama.schedule.calendar import one_page
from joldama.standard.typography import unbound
from tests.stories.hall import Hall
from tests.stories.town import Town, wall


@pytest.fixture
def hall(town: Town) -> Hall:
    town.at("2015-09-15 09:00")
    return Hall(town)


def asked(hall: Hall) -> Range | None:
    """What somebody is told who would take a ticket now."""
    return forecast_of(Place.objects.get(pk=hall.world.place.pk), at=hall.town.now)


def told(hall: Hall) -> Range:
    found = asked(hall)
    assert found is not None
    return found


def remembered(hall: Hall, on: date, *, calls: int, minutes: int) -> None:
    """An earlier day on which every call took as long, at one window without a pause."""
    line = Line.objects.create(place=hall.world.place, on=on)
    start = datetime.combine(on, datetime.min.time(), tzinfo=hall.world.place.zone) + timedelta(hours=9)
    length = timedelta(minutes=minutes)
    for before in range(calls):
        Line.objects.filter(pk=line.pk).update(given=before + 1)
        ticket = Ticket.objects.create(
            key=uuid4(),
            line=line,
            number=before + 1,
            state="WAITING",
            taken_at=start,
            given_by=hall.world.specialist,
        )
        Ticket.objects.filter(pk=ticket.pk).update(
            state="SERVED",
            called_at=start + before * length,
            called_by=hall.world.specialist,
            window=1,
            serving_at=start + before * length,
            ended_at=start + (before + 1) * length,
            end="ANSWER",
            waited=before * length,
            is_wait_breached=False,
            served=length,
            is_serving_breached=False,
        )


def test_nothing_is_told_while_no_window_is_open(hall: Hall) -> None:
    hall.take()
    assert asked(hall) is None

    window = windows.open_window(hall.world.place, number=1, by=hall.world.specialist, at=hall.town.now)
    assert asked(hall) is not None

    windows.pause_window(window, by=hall.world.specialist, at=hall.town.now)
    assert asked(hall) is None


def test_the_wait_is_told_by_what_the_place_has_seen(hall: Hall) -> None:
    """Each call took ten minutes: two people before, one at the window for four minutes, so 26 minutes."""
    remembered(hall, date(2015, 9, 14), calls=24, minutes=10)
    hall.town.at("2015-09-15 10:00")
    for _ in range(3):
        hall.take()
    hall.call()
    hall.town.at("2015-09-15 10:04")
    *_, behind = Ticket.objects.waiting().select_related("line__place")

    shown = told(hall)

    assert shown.calls == 24
    assert shown.shortest < 26 <= shown.longest
    assert not shown.crosses_lunch
    assert not shown.may_not_be_reached_today
    assert (shown.shortest_elapsed, shown.longest_elapsed) == (shown.shortest, shown.longest)
    own = forecast_of_ticket(behind, at=hall.town.now)
    assert own is not None
    assert own.longest < shown.longest


def test_lunch_passes_on_the_wall_clock_alone(hall: Hall) -> None:
    remembered(hall, date(2015, 9, 14), calls=24, minutes=10)
    hall.town.at("2015-09-15 12:50")
    for _ in range(3):
        hall.take()
    hall.call()

    shown = told(hall)

    assert shown.crosses_lunch
    assert shown.longest_elapsed == shown.longest + 90
    assert wall(shown.latest_at) > "2015-09-15 14:30:00"
    assert not shown.may_not_be_reached_today


def test_a_ticket_keeps_its_range_over_lunch(hall: Hall) -> None:
    """A6: in the break nobody can take a ticket and nothing is told of one; who holds one is told on."""
    remembered(hall, date(2015, 9, 14), calls=24, minutes=10)
    hall.town.at("2015-09-15 12:50")
    first, second = hall.take(), hall.take()
    hall.call()
    hall.town.at("2015-09-15 13:10")

    assert asked(hall) is None
    assert forecast_of_ticket(Ticket.objects.get(pk=first.pk), at=hall.town.now) is None
    kept = forecast_of_ticket(Ticket.objects.get(pk=second.pk), at=hall.town.now)
    assert kept is not None
    assert kept.crosses_lunch
    assert kept.shortest_elapsed == kept.shortest + 80


def test_no_call_is_told_after_closing(hall: Hall) -> None:
    remembered(hall, date(2015, 9, 14), calls=24, minutes=10)
    hall.town.at("2015-09-15 17:10")
    for _ in range(4):
        hall.take()
    hall.call()

    shown = told(hall)

    assert shown.may_not_be_reached_today
    assert shown.longest == 20
    assert wall(shown.latest_at) == "2015-09-15 17:30:00"
    hall.town.at("2015-09-15 17:30")
    assert asked(hall) is None


def test_a_wait_beyond_the_limit_is_not_hidden(hall: Hall) -> None:
    """R4.2-a: 30 minutes stay the limit; a range that goes beyond says so instead of stopping there."""
    remembered(hall, date(2015, 9, 14), calls=24, minutes=10)
    hall.town.at("2015-09-15 10:00")
    for _ in range(6):
        hall.take()
    hall.call()

    shown = told(hall)

    assert (shown.limit.amount, shown.limit.paragraph) == (30, "4.2")
    assert shown.may_exceed_limit
    assert shown.longest > 50


def test_a_range_costs_three_queries(hall: Hall, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The calendar, the tickets of the day, the windows; the days before are asked for once."""
    remembered(hall, date(2015, 9, 14), calls=24, minutes=10)
    hall.town.at("2015-09-15 10:00")
    for _ in range(9):
        hall.take()
    hall.call()
    place = Place.objects.get(pk=hall.world.place.pk)
    forecast_of(place, at=hall.town.now)

    with one_page(), django_assert_num_queries(3):
        forecast_of(place, at=hall.town.now)


@pytest.mark.parametrize(
    ("spoken", "share"),
    [
        ("kk", "10 адамның 9-ы осы аралықта шақырылады"),
        ("ru", "9 из 10 человек вызовут за это время"),
        ("en", "9 of 10 people are called within this time"),
    ],
)
def test_the_range_is_said_in_three_languages(hall: Hall, spoken: str, share: str) -> None:
    hall.town.at("2015-09-15 10:00")
    hall.take()
    hall.call()
    template = Template('{% include "ui/range.html" %}')

    with translation.override(spoken):
        shown = template.render(Context({"told": told(hall), "spoken": [spoken]}))
        nothing = template.render(Context({"told": None, "spoken": [spoken]}))

    assert share in " ".join(unbound(shown).split())
    assert "wait__fig" not in nothing
