"""The result clock: reception minutes since registration, stones at 20, 25 and 30."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from tests.factories.steps import MONDAY_TEN, drafted, sealed, signed, walked_in
from tests.factories.world import World

from joldama.desk.clocks import Clock, result_clock
from joldama.procedures import issue, withdraw

IN_TIME = timedelta(minutes=30)


def told(clock: Clock | None) -> tuple[str, str, str]:
    assert clock is not None
    return clock.said.state, clock.shown, clock.said.text


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        ("00:00", ("calm", "00:00", "30:00 left, until 10:30")),
        ("16:10", ("calm", "16:10", "13:50 left, until 10:30")),
        ("20:00", ("warn", "20:00", "past 20 minutes, 10:00 left")),
        ("24:59", ("warn", "24:59", "past 20 minutes, 05:01 left")),
        ("25:00", ("late", "25:00", "past 25 minutes, 05:00 left")),
        ("30:00", ("late", "30:00", "past 25 minutes, 00:00 left")),
        ("30:01", ("breach", "30:01", "Term missed by 00:01")),
        ("41:12", ("breach", "41:12", "Term missed by 11:12")),
    ],
)
def test_the_clock_warns_at_its_stones(astana: World, passed: str, expected: tuple[str, str, str]) -> None:
    application = walked_in(astana)
    minutes, seconds = map(int, passed.split(":"))

    clock = result_clock(application, at=MONDAY_TEN + timedelta(minutes=minutes, seconds=seconds))

    assert told(clock) == expected


def test_what_the_clock_will_say_is_written_beforehand(astana: World) -> None:
    clock = result_clock(walked_in(astana), at=MONDAY_TEN + timedelta(minutes=21))

    assert clock
    assert [(sentence.second, sentence.state, sentence.text) for sentence in clock.ahead] == [
        (1500, "late", "past 25 minutes, 05:00 left"),
        (1801, "breach", "Term missed by 00:01"),
    ]
    assert clock.stops_in == (3 * 60 - 21) * 60


def test_the_clock_stands_still_at_lunch_and_goes_on_after_it(astana: World) -> None:
    ten_to_one = datetime(2015, 9, 14, 6, 50, tzinfo=UTC)
    application = walked_in(astana, at=ten_to_one)

    lunch = result_clock(application, at=ten_to_one + timedelta(minutes=55))
    after = result_clock(application, at=ten_to_one + timedelta(minutes=105))

    assert told(lunch) == ("paused", "10:00", "Lunch break: goes on at 14:30")
    assert told(after) == ("calm", "15:00", "15:00 left, until 14:50")


def test_the_clock_stands_still_from_closing_to_the_next_opening(astana: World) -> None:
    application = walked_in(astana, at=datetime(2015, 9, 14, 11, 20, tzinfo=UTC))

    evening = result_clock(application, at=datetime(2015, 9, 14, 12, 0, tzinfo=UTC))
    before = result_clock(application, at=datetime(2015, 9, 14, 11, 25, tzinfo=UTC))

    assert told(evening) == (
        "paused",
        "10:00",
        "Reception is closed: goes on at 9:00 on Tuesday 15 September",
    )
    assert told(before) == ("calm", "05:00", "25:00 left, until 9:20 on Tuesday 15 September")


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (30, ("done", "30:00", "Finished, term kept")),
        (31, ("breach", "31:00", "Finished, term missed by 01:00")),
    ],
)
def test_the_clock_stops_when_the_result_is_offered(
    astana: World, minutes: int, expected: tuple[str, str, str]
) -> None:
    application = walked_in(astana)
    drafted(astana, application)
    sealed(signed(astana, application))
    application.refresh_from_db()
    issue.offer(application, by=astana.specialist, at=MONDAY_TEN + timedelta(minutes=minutes))

    assert told(result_clock(application, at=MONDAY_TEN + timedelta(hours=5))) == expected


def test_the_clock_of_a_withdrawn_application_is_no_success(astana: World) -> None:
    application = walked_in(astana)
    withdraw.withdraw_on_word(application, by=astana.specialist, at=MONDAY_TEN + timedelta(minutes=5))

    assert told(result_clock(application, at=MONDAY_TEN + timedelta(hours=1))) == (
        "done",
        "05:00",
        "Stopped: the application was withdrawn",
    )
