"""Every wait and every serving says how it was counted, running or over (R4.2-a, R4.3-a, A6, A8)."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from govkz.workdays import published, reception_of
from joldama.journal.models import Event
from joldama.reception.models import Ticket
from joldama.schedule.models import Change, DayCorrection
from joldama.standard import terms
from joldama.standard.figures import FIGURES_2015_04_28
from tests.stories.counter import said
from tests.stories.hall import Hall
from tests.stories.town import ALMATY, Town

DAY = "2015-09-15"
CALENDAR = published()
ACT = "Үкіметтің 2015 жылғы 14 қыркүйектегі № 5 қаулысы"


@pytest.fixture
def hall(town: Town) -> Hall:
    """The hall of Astana on Tuesday, 15 September 2015."""
    town.at(f"{DAY} 09:00")
    return Hall(town)


def at(hall: Hall, clock: str) -> None:
    hall.town.at(f"{DAY} {clock}")


def page(hall: Hall, ticket: Ticket, language: str = "en") -> str:
    """What the page of a ticket says to the head."""
    browser = hall.browser(hall.world.head)
    browser.cookies["language"] = language
    return said(browser.get(reverse("desk:ticket", args=[ticket.pk])))


def test_s03_a_wait_over_lunch_explains_itself_step_by_step(hall: Hall) -> None:
    at(hall, "12:40")
    ticket = hall.take()
    at(hall, "14:45")
    hall.call()

    assert (
        "Waiting Standard ¶4.2 35:00 Longer than 30 minutes Waiting: How the term was counted "
        "35:00, longer than 30 minutes by 05:00 "
        "Longest permitted wait to hand in the package of documents: 30 minutes "
        "12:40 to 13:00: 20 min The lunch break from 13:00 to 14:30 is not counted 14:30 to 14:45: 15 min "
        "Only reception time counts, not lunch or closed hours "
        "Basis: point 4(2) of the standard; point 8(1) of the standard"
    ) in page(hall, ticket)


def test_s04b_a_serving_explains_itself_in_kazakh_and_russian(hall: Hall) -> None:
    """Called at 12:48, given at 14:50: 32 minutes."""
    at(hall, "12:48")
    hall.take()
    ticket = hall.call()
    hall.serve(ticket)
    at(hall, "14:50")
    hall.end(ticket)

    kazakh, russian = page(hall, ticket, "kk"), page(hall, ticket, "ru")

    assert "32:00 – 30 минуттан 02:00 артық" in kazakh
    assert (
        "12:48-ден 13:00-ге дейін – 12 минут 13:00-ден 14:30-ға дейінгі түскі үзіліс есептелмейді" in kazakh
    )
    assert "32:00 – дольше 30 минут на 02:00" in russian
    assert "С 12:48 до 13:00 – 12 мин Обеденный перерыв с 13:00 до 14:30 не учитывается" in russian
    assert Event.objects.get(name="ticket.serving_breached").paragraph == "4.3"


def test_what_still_runs_explains_itself_up_to_now(hall: Hall) -> None:
    """S02: lunch stands between the ticket and now."""
    at(hall, "12:50")
    waiting = hall.take()
    at(hall, "14:40")

    told = page(hall, waiting)

    assert "Waiting Standard ¶4.2 20:00 Running" in told
    assert "20:00 so far; 10:00 left of 30 minutes" in told
    assert (
        "12:50 to 13:00: 10 min The lunch break from 13:00 to 14:30 is not counted 14:30 to 14:40: 10 min"
        in told
    )
    assert "Serving" not in told.partition("Clocks of the ticket")[2]


def test_seconds_are_told_and_the_stretches_add_up(hall: Hall) -> None:
    at(hall, "12:59:30.600")
    ticket = hall.take()
    at(hall, "14:30:10.700")
    hall.call()

    told = page(hall, ticket)

    assert "00:40, not longer than 30 minutes" in told
    assert "12:59:30 to 13:00:00: 00:29" in told
    assert "14:30:00 to 14:30:10: 00:11" in told


def test_who_was_closed_at_the_end_of_the_day_waited_until_then(hall: Hall) -> None:
    """A32: also where the sweep came the next morning."""
    at(hall, "16:50")
    ticket = hall.take()
    hall.town.at("2015-09-16 09:30")
    hall.town.sweep()

    told = page(hall, ticket)

    assert "40:00, longer than 30 minutes by 10:00" in told
    assert "16:50 to 17:30: 40 min" in told


def test_what_was_written_stands_when_the_calendar_is_corrected_afterwards(hall: Hall) -> None:
    """The calendar of today counts another way; the ticket keeps what was measured."""
    at(hall, "10:00")
    ticket = hall.take()
    at(hall, "10:35")
    hall.call()
    DayCorrection.objects.create(
        on=date(2015, 9, 15),
        change=Change.OFF,
        act=ACT,
        entered_at=hall.town.now,
        entered_by=hall.world.head.pk,
    )

    told = page(hall, ticket)

    assert "Waiting Standard ¶4.2 35:00 Longer than 30 minutes" in told
    assert "When it ended, 35:00 was written; a later correction of the calendar does not change that" in told


MICRO = timedelta(microseconds=1)
HALF_AN_HOUR = timedelta(minutes=30)
RECEPTION = reception_of(CALENDAR, FIGURES_2015_04_28.hours, ALMATY)
MORNINGS = st.integers(0, 3 * 3_600_000_000).map(lambda passed: at_ten() + passed * MICRO)


def at_ten() -> datetime:
    return datetime(2015, 9, 15, 10, 0, tzinfo=ALMATY)


@given(MORNINGS.filter(lambda start: RECEPTION.is_open(start)))
def test_property_a_breach_begins_one_microsecond_after_thirty_minutes(start: datetime) -> None:
    """R4.1-a, R4.2-a, R4.3-a: from any moment of a morning, also across lunch."""
    limit = RECEPTION.add(start, HALF_AN_HOUR)
    beyond = RECEPTION.add(start, HALF_AN_HOUR + MICRO)

    for measure in (terms.wait, terms.serving, terms.result):
        exact = measure(start, limit, zone=ALMATY, calendar=CALENDAR)
        over = measure(start, beyond, zone=ALMATY, calendar=CALENDAR)
        assert (exact.counted, exact.breach, exact.took, exact.left) == (
            HALF_AN_HOUR,
            False,
            "30:00",
            "00:00",
        )
        assert (over.counted, over.breach) == (HALF_AN_HOUR + MICRO, True)
        assert (over.took, over.over) == ("30:00.000001", "00:00.000001")


@given(MORNINGS, st.integers(0, 4 * 3_600_000_000))
def test_property_the_stretches_shown_add_up_to_what_was_counted(start: datetime, length: int) -> None:
    """However it falls across lunch."""
    measured = terms.wait(start, start + length * MICRO, zone=ALMATY, calendar=CALENDAR)

    shown = timedelta(0)
    for step in measured.steps:
        if step.key == "term.step.seconds":
            minutes, seconds = str(step.values["length"]).split(":")
            shown += timedelta(minutes=int(minutes), seconds=int(seconds))
        if step.key == "term.step.minutes":
            shown += timedelta(minutes=int(str(step.values["minutes"])))
    assert shown == measured.counted // timedelta(seconds=1) * timedelta(seconds=1)
