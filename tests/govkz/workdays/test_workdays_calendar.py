"""The calendar (R8.2-d): its kinds of days, counting in it, and corrections by an administrator."""

from datetime import date

import holidays
import pytest

from govkz.workdays import CalendarFault, Day, DayKind, OutsideCalendar, WorkingCalendar, published

CALENDAR = published()

# The table and the `holidays` package (0.109) agree on every day; a difference would stand here with its act.
DIFFERENCES: dict[date, str] = {}


def test_every_day_agrees_with_the_holidays_package_or_its_act_is_named():
    package = holidays.KZ(years=range(2015, 2028))

    differing = {
        day.on: day.act
        for day in CALENDAR.days(CALENDAR.first, CALENDAR.last)
        if day.is_working is not package.is_working_day(day.on)
    }

    assert differing == DIFFERENCES


def test_every_named_day_names_its_act_and_its_source():
    assert [day.on for day in CALENDAR.named_days if not (day.act and day.source)] == []


def test_the_weekends_that_are_worked_are_the_eighteen_moved_ones():
    worked = [
        day.on for day in CALENDAR.named_days if day.kind is DayKind.MOVED_WORK and day.falls_on_weekend
    ]

    assert worked == [
        date(2016, 3, 5),
        date(2017, 3, 18),
        date(2017, 7, 1),
        date(2018, 3, 3),
        date(2018, 4, 28),
        date(2018, 5, 5),
        date(2018, 8, 25),
        date(2018, 12, 29),
        date(2019, 5, 4),
        date(2020, 1, 5),
        date(2020, 12, 20),
        date(2021, 7, 3),
        date(2022, 3, 5),
        date(2022, 8, 27),
        date(2022, 10, 22),
        date(2023, 7, 1),
        date(2024, 5, 4),
        date(2025, 1, 5),
    ]


@pytest.mark.parametrize(
    ("on", "kind", "holiday", "other_date"),
    [
        (date(2015, 9, 15), DayKind.WORKING, None, None),
        (date(2015, 9, 19), DayKind.WEEKEND, None, None),
        (date(2015, 9, 24), DayKind.RELIGIOUS, "kurban_ait", None),
        (date(2015, 8, 31), DayKind.SUBSTITUTE, "constitution", date(2015, 8, 30)),
        (date(2020, 5, 11), DayKind.MOVED_WORK, None, date(2020, 5, 8)),
        (date(2024, 5, 7), DayKind.HOLIDAY, "defender", None),
        (date(2024, 5, 8), DayKind.MOVED_OFF, None, date(2024, 5, 4)),
        (date(2024, 6, 16), DayKind.RELIGIOUS, "kurban_ait", None),
        (date(2024, 6, 17), DayKind.WORKING, None, None),
        (date(2025, 1, 5), DayKind.MOVED_WORK, None, date(2025, 1, 3)),
        (date(2026, 3, 25), DayKind.SUBSTITUTE, "nauryz", date(2026, 3, 22)),
        (date(2026, 8, 30), DayKind.WEEKEND, None, None),
        (date(2026, 8, 31), DayKind.WORKING, None, None),
        (date(2027, 3, 15), DayKind.HOLIDAY, "constitution", None),
    ],
)
def test_a_day_is_what_the_law_makes_it(on, kind, holiday, other_date):
    day = CALENDAR.day(on)

    assert (day.kind, day.holiday, day.other_date) == (kind, holiday, other_date)


def test_the_days_of_2027_are_provisional_and_those_before_are_not():
    years = {day.on.year for day in CALENDAR.days(CALENDAR.first, CALENDAR.last) if day.provisional}

    assert years == {2027}


@pytest.mark.parametrize(
    ("on", "count", "expected"),
    [
        (date(2015, 10, 5), 5, date(2015, 10, 12)),
        (date(2024, 4, 26), 5, date(2024, 5, 4)),
        (date(2026, 3, 21), 1, date(2026, 3, 26)),
        (date(2026, 3, 26), -1, date(2026, 3, 20)),
        (date(2026, 3, 23), -1, date(2026, 3, 20)),
        (date(2015, 10, 12), -5, date(2015, 10, 5)),
    ],
)
def test_working_days_are_counted_without_the_day_itself(on, count, expected):
    assert CALENDAR.add_working_days(on, count) == expected


def test_the_next_working_day_after_a_working_saturday_eve_is_that_saturday():
    assert CALENDAR.next_working_day(date(2024, 5, 3)) == date(2024, 5, 4)


@pytest.mark.parametrize("on", [date(2014, 12, 31), date(2028, 1, 1)])
def test_a_day_outside_the_years_is_refused(on):
    with pytest.raises(OutsideCalendar, match=f"{on} lies outside the calendar"):
        CALENDAR.is_working_day(on)


def test_a_term_that_ends_outside_the_years_is_refused():
    with pytest.raises(OutsideCalendar, match="the term ends outside the calendar"):
        CALENDAR.add_working_days(date(2027, 12, 30), 2)


def test_counting_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.add_working_days(date(2026, 3, 26), 0)


def test_a_correction_changes_the_day_and_the_version_and_leaves_the_published_calendar_alone():
    before = CALENDAR.version
    kurban_ait = Day(
        on=date(2027, 5, 17), kind=DayKind.RELIGIOUS, holiday="kurban_ait", act="announcement of 8 May 2027"
    )
    no_longer = Day(on=date(2027, 5, 16), kind=DayKind.WEEKEND, act="announcement of 8 May 2027")

    corrected = CALENDAR.with_corrections([kurban_ait, no_longer])

    assert (corrected.is_working_day(date(2027, 5, 17)), CALENDAR.is_working_day(date(2027, 5, 17))) == (
        False,
        True,
    )
    assert corrected.day(date(2027, 5, 16)) == no_longer
    assert (CALENDAR.version == before, corrected.version == before) == (True, False)


def test_a_moved_pair_is_corrected_in_one_step():
    act = "order of 2 March 2027"
    off = Day(on=date(2027, 7, 5), kind=DayKind.MOVED_OFF, other_date=date(2027, 7, 3), act=act)
    worked = Day(on=date(2027, 7, 3), kind=DayKind.MOVED_WORK, other_date=date(2027, 7, 5), act=act)

    corrected = CALENDAR.with_corrections([off, worked])

    assert corrected.next_working_day(date(2027, 7, 2)) == date(2027, 7, 3)
    assert corrected.next_working_day(date(2027, 7, 3)) == date(2027, 7, 7)


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (Day(on=date(2027, 7, 5), kind=DayKind.RELIGIOUS, holiday="kurban_ait"), "names its act"),
        (
            Day(on=date(2027, 7, 5), kind=DayKind.MOVED_OFF, other_date=date(2027, 7, 3), act="order"),
            "does not answer as its pair",
        ),
        (
            Day(
                on=date(2027, 7, 5),
                kind=DayKind.SUBSTITUTE,
                holiday="capital",
                other_date=date(2027, 7, 3),
                act="x",
            ),
            "2027-07-03 is no holiday",
        ),
        (Day(on=date(2027, 7, 5), kind=DayKind.WEEKEND, act="order"), "weekend does not fit Monday"),
        (Day(on=date(2027, 7, 3), kind=DayKind.WORKING, act="order"), "working does not fit Saturday"),
        (Day(on=date(2027, 7, 5), kind=DayKind.HOLIDAY, act="order"), "names its holiday"),
        (Day(on=date(2027, 7, 5), kind=DayKind.MOVED_OFF, act="order"), "names its other date"),
    ],
)
def test_a_correction_that_contradicts_the_table_is_refused(day, fault):
    with pytest.raises(CalendarFault, match=fault):
        CALENDAR.with_corrections([day])


def test_a_day_named_twice_is_refused():
    day = Day(on=date(2020, 1, 1), kind=DayKind.HOLIDAY, holiday="new_year", act="law")

    with pytest.raises(CalendarFault, match="stands twice"):
        WorkingCalendar([day, day], first=date(2020, 1, 1), last=date(2020, 12, 31))
