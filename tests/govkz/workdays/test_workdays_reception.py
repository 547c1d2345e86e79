"""Reception time: opening, lunch, and minutes that pass only while an office is open."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from govkz.workdays import (
    Hours,
    NaiveMoment,
    Reception,
    StaleZones,
    UnknownZone,
    published,
    zone_named,
    zones,
)

ALMATY = ZoneInfo("Asia/Almaty")
HOURS = Hours(opens=time(9), closes=time(17, 30), lunch_from=time(13), lunch_to=time(14, 30))
RECEPTION = Reception(calendar=published(), hours=HOURS, zone=ALMATY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2015-09-15T08:59:59", False),
        ("2015-09-15T09:00:00", True),
        ("2015-09-15T12:59:59", True),
        ("2015-09-15T13:00:00", False),
        ("2015-09-15T14:29:59", False),
        ("2015-09-15T14:30:00", True),
        ("2015-09-15T17:29:59", True),
        ("2015-09-15T17:30:00", False),
        ("2015-09-19T10:00:00", False),
        ("2025-01-05T10:00:00", True),
    ],
)
def test_it_is_open_from_the_opening_moment_to_just_before_the_closing_one(moment, is_open):
    assert RECEPTION.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2015-09-15T10:00:07", "2015-09-15T10:00:07"),
        ("2015-09-15T13:00:00", "2015-09-15T14:30:00"),
        ("2015-09-15T17:30:00", "2015-09-16T09:00:00"),
        ("2024-05-07T10:00:00", "2024-05-10T09:00:00"),
    ],
)
def test_the_next_opening_is_the_moment_itself_while_open_and_else_the_first_open_one(moment, opening):
    assert RECEPTION.next_opening(at(moment)) == at(opening)


def test_what_is_returned_is_in_utc():
    assert RECEPTION.add(at("2015-09-15T10:00:00"), timedelta(minutes=30)).tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2015-09-15T12:30:00", 30, "2015-09-15T13:00:00"),
        ("2015-09-15T12:50:00", 30, "2015-09-15T14:50:00"),
        ("2015-09-15T17:20:30", 30, "2015-09-16T09:20:30"),
        ("2015-09-15T11:00:00", 420, "2015-09-16T11:00:00"),
    ],
)
def test_added_minutes_pass_only_in_reception_time(start, minutes, end):
    assert RECEPTION.add(at(start), timedelta(minutes=minutes)) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2015-09-15T12:40:00", "2015-09-15T14:45:00", 35),
        ("2015-09-15T13:10:00", "2015-09-15T14:20:00", 0),
        ("2015-09-15T17:20:00", "2015-09-16T09:20:00", 20 + 10),
        ("2015-09-18T00:00:00", "2015-09-21T23:59:00", 2 * 420),
    ],
)
def test_the_minutes_between_two_moments_leave_out_lunch_and_closed_hours(start, end, minutes):
    assert RECEPTION.between(at(start), at(end)) == timedelta(minutes=minutes)


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValueError, match="before the start"):
        RECEPTION.between(at("2015-09-15T10:00:00"), at("2015-09-15T09:59:59"))


def test_a_moment_without_zone_is_refused():
    with pytest.raises(NaiveMoment):
        RECEPTION.is_open(datetime(2015, 9, 15, 10))  # noqa: DTZ001 - this is what is refused


def test_the_change_of_the_clock_on_1_march_2024_moves_the_opening_by_an_hour_of_utc():
    before, after = (RECEPTION.next_opening(at(f"{day}T08:00:00")) for day in ("2024-02-29", "2024-03-01"))

    assert (before, after) == (
        datetime(2024, 2, 29, 3, tzinfo=UTC),
        datetime(2024, 3, 1, 4, tzinfo=UTC),
    )


def test_hours_without_lunch_are_one_stretch():
    reception = Reception(calendar=published(), hours=Hours(time(9), time(18)), zone=ALMATY)

    assert reception.add(at("2015-09-15T12:50:00"), timedelta(minutes=30)) == at("2015-09-15T13:20:00")


def test_an_unknown_zone_is_refused_by_name():
    with pytest.raises(UnknownZone, match="«Asia/Nowhere»"):
        zone_named("Asia/Nowhere")


def test_zone_data_older_than_2024a_is_refused(monkeypatch):
    monkeypatch.setattr(zones, "ZoneInfo", lambda name: ZoneInfo("Etc/GMT-6"))

    with pytest.raises(StaleZones):
        zones.refuse_stale_zones.__wrapped__()
