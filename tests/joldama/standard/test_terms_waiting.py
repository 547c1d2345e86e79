"""S01-S04b: the clocks of waiting and serving, in reception minutes (R4.2-a, R4.3-a)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from govkz.workdays import published
from joldama.standard import terms
from joldama.standard.terms import Step

ALMATY = ZoneInfo("Asia/Almaty")
CALENDAR = published()


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2015-09-15T{clock}").replace(tzinfo=ALMATY)


def wait(start, end):
    return terms.wait(at(start), at(end), zone=ALMATY, calendar=CALENDAR)


def serving(start, end):
    return terms.serving(at(start), at(end), zone=ALMATY, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("scenario", "taken", "called", "minutes", "breach"),
    [
        ("S01", "09:50", "09:58", 8, False),
        ("S03", "12:40", "14:45", 35, True),
        ("S03", "12:50", "14:45", 25, False),
        ("A32, closed uncalled", "16:50", "17:30", 40, True),
        ("the limit itself", "10:00", "10:30", 30, False),
        ("a second over it", "10:00", "10:30:01", 31, True),
    ],
)
def test_a_wait_is_counted_in_begun_reception_minutes(scenario, taken, called, minutes, breach):
    measured = wait(taken, called)

    assert (measured.minutes, measured.limit, measured.breach) == (minutes, 30, breach)


@pytest.mark.parametrize(
    ("scenario", "called", "given", "minutes", "breach"),
    [
        ("S01", "09:58", "10:21", 23, False),
        ("S04", "10:00", "10:31", 31, True),
        ("S04b", "12:48", "14:50", 32, True),
    ],
)
def test_a_serving_is_counted_in_begun_reception_minutes(scenario, called, given, minutes, breach):
    measured = serving(called, given)

    assert (measured.minutes, measured.limit, measured.breach) == (minutes, 30, breach)


def test_the_two_clocks_name_their_points():
    assert (wait("10:00", "10:01").basis, serving("10:00", "10:01").basis) == (("4.2",), ("4.3",))


def test_the_exact_length_stands_beside_the_begun_minutes():
    assert wait("12:59:30", "14:30:10").counted == timedelta(seconds=40)


def test_a_wait_over_lunch_says_what_counted():
    keys = [step.key for step in wait("12:40", "14:45").steps]

    assert keys == [
        "term.wait.rule",
        "term.step.minutes",
        "term.step.lunch",
        "term.step.minutes",
        "term.wait.counted",
    ]


def test_a_wait_in_closed_hours_only_counts_nothing():
    assert wait("13:00", "14:00").steps == (
        Step("term.wait.rule"),
        Step("term.wait.counted", {"minutes": 0}),
    )


def test_a_wait_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before the start"):
        wait("10:00", "09:59")
