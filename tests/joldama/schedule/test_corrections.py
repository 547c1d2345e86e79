"""What a correction makes of the published calendar (R8.2-d): the day, and what hangs on it."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from govkz.workdays import DayKind, published
from joldama.schedule.calendar import corrected, know, one_page, working_calendar
from joldama.schedule.models import Change, DayCorrection

ENTERED = datetime(2015, 9, 14, 4, tzinfo=UTC)


def correction(on: date, change: Change, worked_on: date | None = None) -> DayCorrection:
    return DayCorrection(
        on=on, change=change, worked_on=worked_on, act="қаулы", entered_at=ENTERED, entered_by=uuid4()
    )


def kinds(*corrections: DayCorrection, of: tuple[date, ...]) -> list[DayKind]:
    calendar = corrected(corrections)
    return [calendar.day(on).kind for on in of]


def test_without_corrections_it_is_the_published_calendar():
    assert corrected([]) is published()


def test_a_weekday_becomes_off_and_names_its_act():
    day = corrected([correction(date(2015, 9, 15), Change.OFF)]).day(date(2015, 9, 15))

    assert (day.kind, day.is_working, day.act) == (DayKind.DECLARED_OFF, False, "қаулы")


def test_with_a_holiday_falls_its_substitute():
    """30 August 2015 was a Sunday, and the Monday off in its place."""
    sunday, monday = date(2015, 8, 30), date(2015, 8, 31)

    assert kinds(of=(sunday, monday)) == [DayKind.HOLIDAY, DayKind.SUBSTITUTE]
    assert kinds(correction(sunday, Change.OFF), of=(sunday, monday)) == [DayKind.WEEKEND, DayKind.WORKING]


@pytest.mark.parametrize(("on", "change"), [(date(2024, 5, 8), Change.WORKS), (date(2024, 5, 4), Change.OFF)])
def test_with_one_day_of_an_exchange_goes_the_other(on: date, change: Change):
    off, worked = date(2024, 5, 8), date(2024, 5, 4)

    assert kinds(of=(off, worked)) == [DayKind.MOVED_OFF, DayKind.MOVED_WORK]
    assert kinds(correction(on, change), of=(off, worked)) == [DayKind.WORKING, DayKind.WEEKEND]


def test_days_are_exchanged_and_the_later_correction_prevails():
    monday, saturday, tuesday = date(2015, 9, 21), date(2015, 9, 19), date(2015, 9, 22)
    first = correction(monday, Change.MOVED, saturday)

    assert kinds(first, of=(monday, saturday)) == [DayKind.MOVED_OFF, DayKind.MOVED_WORK]
    second = correction(tuesday, Change.MOVED, saturday)
    assert kinds(first, second, of=(monday, saturday, tuesday)) == [
        DayKind.WORKING,
        DayKind.MOVED_WORK,
        DayKind.MOVED_OFF,
    ]


def test_each_correction_makes_another_version():
    versions = {
        corrected([correction(date(2015, 9, day), Change.OFF) for day in range(15, last)]).version
        for last in (15, 16, 17)
    }

    assert len(versions) == 3


def test_a_page_asks_once_and_a_worker_each_time(db: None, django_assert_num_queries):
    correction(date(2015, 9, 15), Change.OFF).save()
    working_calendar()

    with django_assert_num_queries(1), one_page():
        assert working_calendar() is working_calendar()
    with django_assert_num_queries(2):
        assert working_calendar() is working_calendar()
    latest = DayCorrection.objects.get().key
    with django_assert_num_queries(0), one_page():
        know(latest)
        assert not working_calendar().is_working_day(date(2015, 9, 15))


def test_a_correction_of_another_process_counts_on_the_next_page(db: None):
    with one_page():
        assert working_calendar().is_working_day(date(2015, 9, 15))
        correction(date(2015, 9, 15), Change.OFF).save()
        assert working_calendar().is_working_day(date(2015, 9, 15))
    with one_page():
        assert not working_calendar().is_working_day(date(2015, 9, 15))
