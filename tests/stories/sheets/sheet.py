"""A set of blanks that was prepared before the power went, and what the head types from it."""

from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.blanks import PaperBlank
from joldama.people.models import Place
from tests.stories.counter import Counter
from tests.stories.hall import WINDOWS

SHEET, PACKAGE, NOTE = "АСТ-Қ-2015-000003", "АСТ-Қ-2015-000001", "АСТ-Қ-2015-000002"
DAY = "15.09.2015"
SERVED = {"how": "RESULT"}


@pytest.fixture
def sheet(counter: Counter) -> PaperBlank:
    """A set prepared at 9:00 on Tuesday: a package, a note, a sheet; the head sits down at 16:30."""
    Place.objects.filter(pk=counter.world.place.pk).update(windows=WINDOWS)
    prepared = counter.head.post(reverse("desk:paper"), {"count": "1", "notes": "1", "sheets": "1"})
    assert prepared.status_code == 302
    counter.town.at("2015-09-15 16:30")
    return PaperBlank.objects.get(number=SHEET)


def row(counter: Counter, number: int, taken: str, called: str = "", **more: str) -> dict[str, str]:
    """What stands in a row: who was called was served at window 1 unless said otherwise."""
    told = {"taken": taken, "called": called, **more}
    if called:
        told = {"window": "1", "called_by": str(counter.world.specialist.pk), **told}
    return {f"{column}_{number}": text for column, text in told.items()}


def enter(counter: Counter, sheet: PaperBlank, *rows: dict[str, str], **more: str) -> Any:
    """The head enters rows; give the page that answers."""
    typed = {"on": DAY, **more}
    for one in rows:
        typed |= one
    return counter.head.post(reverse("desk:paper-line", args=[sheet.pk]), typed)


def a_morning(counter: Counter) -> tuple[dict[str, str], ...]:
    """Three came: one was served in time, one did not come, one waited 35 minutes and was served 31."""
    return (
        row(counter, 1, "9:05", "9:10", ended="9:30", how="RESULT", blanks="1"),
        row(counter, 2, "9:06", "9:31", how="NO_SHOW"),
        row(counter, 3, "9:07", "9:42", ended="10:13", how="ANSWER"),
    )
