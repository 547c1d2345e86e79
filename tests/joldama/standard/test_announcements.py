"""What a hall is told by the clock of the day, to the second; the words say the same minutes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from govkz.workdays import Hours, published, reception_of
from joldama.standard.announcements import CLOSING_SOON, LUNCH_SOON, announced_at
from joldama.standard.figures import FIGURES_2015_04_28
from joldama.standard.numerals import cardinal
from joldama.standard.words import say

ALMATY = ZoneInfo("Asia/Almaty")
CALENDAR = published()


def told(wall: str, hours: Hours = FIGURES_2015_04_28.hours) -> tuple[str, int, str | None, str] | None:
    """Give what is told at a wall time of Almaty: what, minutes left, what is said aloud, since when."""
    at = datetime.fromisoformat(wall).replace(tzinfo=ALMATY).astimezone(UTC)
    known = announced_at(at, reception_of(CALENDAR, hours, ALMATY))
    if known is None:
        return None
    return known.what, known.minutes, known.spoken_key, f"{known.since.astimezone(ALMATY):%H:%M:%S}"


@pytest.mark.parametrize(
    ("wall", "expected"),
    [
        ("2015-09-15 08:59:59", ("before_opening", 0, None, "08:59:59")),
        ("2015-09-15 09:00:00", None),
        ("2015-09-15 12:49:59", None),
        ("2015-09-15 12:50:00", ("lunch_soon", 10, "voice.lunch_soon", "12:50:00")),
        ("2015-09-15 12:50:59", ("lunch_soon", 10, "voice.lunch_soon", "12:50:00")),
        ("2015-09-15 12:51:00", ("lunch_soon", 9, None, "12:50:00")),
        ("2015-09-15 12:59:59", ("lunch_soon", 1, None, "12:50:00")),
        ("2015-09-15 13:00:00", ("lunch", 0, None, "13:00:00")),
        ("2015-09-15 14:29:59", ("lunch", 0, None, "13:00:00")),
        ("2015-09-15 14:30:00", ("lunch_over", 0, "voice.lunch_over", "14:30:00")),
        ("2015-09-15 14:34:59", ("lunch_over", 0, "voice.lunch_over", "14:30:00")),
        ("2015-09-15 14:35:00", None),
        ("2015-09-15 17:14:59", None),
        ("2015-09-15 17:15:00", ("closing_soon", 15, "voice.closing_soon", "17:15:00")),
        ("2015-09-15 17:16:00", ("closing_soon", 14, None, "17:15:00")),
        ("2015-09-15 17:30:00", ("after_closing", 0, None, "17:30:00")),
        ("2015-09-19 11:00:00", ("day_off", 0, None, "11:00:00")),
    ],
)
def test_lunch_and_closing_are_told_before_and_while_they_last(wall, expected):
    """¶8 1), S03"""
    assert told(wall) == expected


def test_another_edition_is_told_by_its_own_hours():
    hours = Hours(
        opens=time(8),
        closes=time(16),
    )

    assert [told(f"2015-09-15 {clock}", hours) for clock in ("12:55", "13:30", "15:44", "15:45")] == [
        None,
        None,
        None,
        ("closing_soon", 15, "voice.closing_soon", "15:45:00"),
    ]


@pytest.mark.parametrize(
    ("key", "minutes", "genitive"),
    [("voice.lunch_soon", LUNCH_SOON, "десять"), ("voice.closing_soon", CLOSING_SOON, "пятнадцать")],
)
def test_the_words_say_the_minutes_at_which_they_are_said(key, minutes, genitive):
    number = minutes // timedelta(minutes=1)

    assert cardinal(number, "kk") in say(key, "kk").casefold()
    assert cardinal(number, "ru") == genitive
    assert genitive in say(key, "ru")
