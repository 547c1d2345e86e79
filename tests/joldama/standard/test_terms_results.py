"""S01-S18, S30-S44: when a result is due at the counter (R4.1-a, R8.1-a), on the portal (R4.1-b, R8.2-c)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from govkz.workdays import NaiveMoment, OutsideCalendar, published
from joldama.standard import terms
from joldama.standard.terms import Closed, ClosedReason, Step, Term

ALMATY = ZoneInfo("Asia/Almaty")
AQTAU = ZoneInfo("Asia/Aqtau")
CALENDAR = published()


def at(text: str, zone: ZoneInfo = ALMATY) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def counter(text: str) -> Term:
    return terms.counter(at(text), zone=ALMATY, calendar=CALENDAR)


def portal(moment: datetime, zone: ZoneInfo = ALMATY) -> Term:
    return terms.portal(moment, zone=zone, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("scenario", "registered", "due", "target"),
    [
        ("S01", "2015-09-15T10:00", "2015-09-15T10:30", "2015-09-15T10:30"),
        ("S04", "2015-09-15T10:08", "2015-09-15T10:38", "2015-09-15T10:38"),
        ("S04b", "2015-09-15T12:50", "2015-09-15T14:50", "2015-09-15T13:20"),
        ("S05", "2015-09-15T12:30", "2015-09-15T13:00", "2015-09-15T13:00"),
        ("S06", "2015-09-15T12:50", "2015-09-15T14:50", "2015-09-15T13:20"),
        ("S07", "2015-09-15T12:59", "2015-09-15T14:59", "2015-09-15T13:29"),
        ("S08", "2015-09-15T14:30", "2015-09-15T15:00", "2015-09-15T15:00"),
        ("S09", "2015-09-15T17:00", "2015-09-15T17:30", "2015-09-15T17:30"),
        ("S10", "2015-09-15T17:20", "2015-09-16T09:20", "2015-09-15T17:50"),
        ("S11", "2015-09-18T17:20", "2015-09-21T09:20", "2015-09-18T17:50"),
        ("S12", "2015-09-23T17:20", "2015-09-25T09:20", "2015-09-23T17:50"),
        ("S15 Saturday", "2024-05-04T10:00", "2024-05-04T10:30", "2024-05-04T10:30"),
        ("S15 Sunday", "2025-01-05T12:50", "2025-01-05T14:50", "2025-01-05T13:20"),
        ("S16", "2026-03-20T17:20", "2026-03-26T09:20", "2026-03-20T17:50"),
        ("S17", "2026-10-23T17:29", "2026-10-27T09:29", "2026-10-23T17:59"),
        ("S18", "2015-12-31T17:25", "2016-01-05T09:25", "2015-12-31T17:55"),
        ("seconds kept", "2015-09-15T17:29:59", "2015-09-16T09:29:59", "2015-09-15T17:59:59"),
        ("a second over the break", "2015-09-15T12:30:01", "2015-09-15T14:30:01", "2015-09-15T13:00:01"),
    ],
)
def test_a_package_at_the_counter_is_due_after_30_reception_minutes(scenario, registered, due, target):
    term = counter(registered)

    assert (term.accepted_at, term.due_at, term.target_at) == (at(registered), at(due), at(target))
    assert {moment.tzinfo for moment in (term.accepted_at, term.due_at, term.target_at)} == {UTC}
    assert term.basis == ("4.1", "8.1")


@pytest.mark.parametrize(
    ("scenario", "attempt", "opens", "reason"),
    [
        ("S08", "2015-09-15T13:00", "2015-09-15T14:30", ClosedReason.LUNCH),
        ("S08", "2015-09-15T13:45", "2015-09-15T14:30", ClosedReason.LUNCH),
        ("S08", "2015-09-15T14:29:59", "2015-09-15T14:30", ClosedReason.LUNCH),
        ("S13", "2015-09-19T10:00", "2015-09-21T09:00", ClosedReason.DAY_OFF),
        ("S13", "2015-09-24T10:00", "2015-09-25T09:00", ClosedReason.DAY_OFF),
        ("S13", "2015-08-31T10:00", "2015-09-01T09:00", ClosedReason.DAY_OFF),
        ("S13", "2015-09-15T08:59", "2015-09-15T09:00", ClosedReason.BEFORE_OPENING),
        ("S13", "2015-09-15T17:30", "2015-09-16T09:00", ClosedReason.AFTER_CLOSING),
        ("S14", "2024-05-07T10:00", "2024-05-10T09:00", ClosedReason.DAY_OFF),
    ],
)
def test_a_package_out_of_hours_is_refused_with_the_next_opening(scenario, attempt, opens, reason):
    with pytest.raises(Closed) as refused:
        counter(attempt)

    assert (refused.value.opens_at, refused.value.reason) == (at(opens), reason)


@pytest.mark.parametrize(
    ("registered", "warning"),
    [
        ("2015-09-15T12:29:59", None),
        ("2015-09-15T12:30", Step("term.warn_lunch", {"minutes": 30})),
        ("2015-09-15T12:50", Step("term.warn_lunch", {"minutes": 10})),
        ("2015-09-15T16:59:59", None),
        ("2015-09-15T17:20:30", Step("term.warn_closing", {"minutes": 10})),
    ],
)
def test_from_half_an_hour_before_a_break_the_counter_is_warned(registered, warning):
    assert counter(registered).warning == warning


@pytest.mark.parametrize(
    ("scenario", "arrived", "accepted", "due"),
    [
        ("S30", "2015-09-14T10:00", "2015-09-14T10:00", "2015-09-15T17:30"),
        ("S31", "2015-09-14T13:30", "2015-09-14T13:30", "2015-09-15T17:30"),
        ("S32", "2015-09-14T17:29:59", "2015-09-14T17:29:59", "2015-09-15T17:30"),
        ("S32", "2015-09-14T17:30:00", "2015-09-15T09:00", "2015-09-15T17:30"),
        ("S32", "2015-09-14T20:00", "2015-09-15T09:00", "2015-09-15T17:30"),
        ("S33", "2015-09-15T03:00", "2015-09-15T09:00", "2015-09-15T17:30"),
        ("S33", "2015-09-15T08:59", "2015-09-15T09:00", "2015-09-15T17:30"),
        ("S33", "2015-09-15T09:00", "2015-09-15T09:00", "2015-09-16T17:30"),
        ("S34", "2015-09-18T18:00", "2015-09-21T09:00", "2015-09-21T17:30"),
        ("S34", "2015-09-19T12:00", "2015-09-21T09:00", "2015-09-21T17:30"),
        ("S34", "2015-09-20T23:59", "2015-09-21T09:00", "2015-09-21T17:30"),
        ("S35", "2015-09-23T10:00", "2015-09-23T10:00", "2015-09-25T17:30"),
        ("S35", "2015-09-23T18:00", "2015-09-25T09:00", "2015-09-25T17:30"),
        ("S35", "2015-09-24T11:00", "2015-09-25T09:00", "2015-09-25T17:30"),
        ("S36", "2026-03-20T11:00", "2026-03-20T11:00", "2026-03-26T17:30"),
        ("S36", "2026-03-20T18:00", "2026-03-26T09:00", "2026-03-26T17:30"),
        ("S36", "2026-03-21T12:00", "2026-03-26T09:00", "2026-03-26T17:30"),
        ("S36", "2026-03-23T12:00", "2026-03-26T09:00", "2026-03-26T17:30"),
        ("S36", "2026-03-24T12:00", "2026-03-26T09:00", "2026-03-26T17:30"),
        ("S36", "2026-03-25T23:59", "2026-03-26T09:00", "2026-03-26T17:30"),
        ("S37", "2024-05-03T10:00", "2024-05-03T10:00", "2024-05-04T17:30"),
        ("S37", "2024-05-03T19:00", "2024-05-04T09:00", "2024-05-04T17:30"),
        ("S38", "2025-01-02T12:00", "2025-01-05T09:00", "2025-01-05T17:30"),
        ("S38", "2025-01-03T12:00", "2025-01-05T09:00", "2025-01-05T17:30"),
        ("S38", "2025-01-04T12:00", "2025-01-05T09:00", "2025-01-05T17:30"),
        ("S38", "2025-01-05T10:00", "2025-01-05T10:00", "2025-01-06T17:30"),
        ("S38", "2025-01-06T10:00", "2025-01-06T10:00", "2025-01-08T17:30"),
        ("S39", "2024-06-16T10:00", "2024-06-17T09:00", "2024-06-17T17:30"),
        ("S40", "2026-08-28T18:00", "2026-08-31T09:00", "2026-08-31T17:30"),
        ("S41", "2018-12-28T18:00", "2018-12-29T09:00", "2018-12-29T17:30"),
        ("S41", "2018-12-29T10:00", "2018-12-29T10:00", "2019-01-03T17:30"),
        ("S42", "2015-10-04T02:00", "2015-10-05T09:00", "2015-10-05T17:30"),
    ],
)
def test_an_application_on_the_portal_is_due_at_closing_time_after_one_business_day(
    scenario, arrived, accepted, due
):
    term = portal(at(arrived))

    assert (term.accepted_at, term.due_at, term.target_at) == (at(accepted), at(due), None)
    assert {moment.tzinfo for moment in (term.accepted_at, term.due_at)} == {UTC}
    assert term.basis == ("4.1", "8.2")


def test_the_same_instant_is_in_working_time_at_aqtau_and_after_it_at_almaty_as_s43_says():
    instant = datetime(2015, 9, 14, 12, tzinfo=UTC)

    at_aqtau, at_almaty = portal(instant, AQTAU), portal(instant, ALMATY)

    assert (at_aqtau.accepted_at, at_aqtau.due_at) == (instant, at("2015-09-15T17:30", AQTAU))
    assert (at_almaty.accepted_at, at_almaty.due_at) == (at("2015-09-15T09:00"), at("2015-09-15T17:30"))


@pytest.mark.parametrize(
    ("instant", "accepted", "due"),
    [
        ("2024-02-29T12:00+00:00", "2024-03-01T09:00+05:00", "2024-03-01T17:30+05:00"),
        ("2024-03-01T12:00+00:00", "2024-03-01T17:00+05:00", "2024-03-04T17:30+05:00"),
    ],
)
def test_the_same_hour_of_utc_is_an_hour_earlier_at_almaty_since_1_march_2024_as_s44_says(
    instant, accepted, due
):
    term = portal(datetime.fromisoformat(instant))

    assert (term.accepted_at, term.due_at) == (datetime.fromisoformat(accepted), datetime.fromisoformat(due))


def test_a_term_over_the_night_of_the_changed_clock_is_30_minutes_of_reception():
    term = counter("2024-02-29T17:20")

    assert (term.accepted_at, term.due_at) == (
        datetime(2024, 2, 29, 11, 20, tzinfo=UTC),
        datetime(2024, 3, 1, 4, 20, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("arrived", "provisional"),
    [("2026-12-31T10:00", True), ("2026-12-30T10:00", False), ("2027-06-01T10:00", True)],
)
def test_a_term_that_touches_2027_is_provisional(arrived, provisional):
    assert portal(at(arrived)).provisional is provisional


def test_a_term_names_its_edition_and_the_calendar_it_was_reckoned_by():
    term = counter("2015-09-15T10:00")

    assert (term.edition, term.calendar_version) == ("2015-04-28", CALENDAR.version)


def test_a_term_without_explanation_is_the_same_but_for_its_steps():
    explained = counter("2026-03-20T17:20")
    bare = terms.counter(at("2026-03-20T17:20"), zone=ALMATY, calendar=CALENDAR, explain=False)

    assert bare.steps == ()
    assert (bare.due_at, bare.target_at, bare.basis) == (
        explained.due_at,
        explained.target_at,
        explained.basis,
    )


def test_a_moment_outside_the_calendar_is_refused():
    with pytest.raises(OutsideCalendar):
        portal(at("2028-01-03T10:00"))


def test_a_moment_without_zone_is_refused():
    with pytest.raises(NaiveMoment):
        portal(datetime(2015, 9, 15, 10))  # noqa: DTZ001 - this is what is refused


def test_an_opening_while_open_names_the_moment_itself_and_the_next_break():
    doors = terms.opening(at("2015-09-15T10:00"), zone=ALMATY, calendar=CALENDAR)

    assert (doors.is_open, doors.opens_at, doors.closes_at) == (
        True,
        at("2015-09-15T10:00"),
        at("2015-09-15T13:00"),
    )


def test_an_opening_while_closed_names_the_next_one_and_the_days_off_before_it():
    doors = terms.opening(at("2015-09-23T18:00"), zone=ALMATY, calendar=CALENDAR)

    assert (doors.is_open, doors.opens_at, doors.reason) == (
        False,
        at("2015-09-25T09:00"),
        ClosedReason.AFTER_CLOSING,
    )
    assert [step.key for step in doors.steps] == ["term.step.religious", "term.opens"]
