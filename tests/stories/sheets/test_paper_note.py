"""S26: a note of non-acceptance and a package out of hours, kept on paper and entered afterwards (A13, R8.1-a)."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import Application, NonAcceptance
from joldama.journal.models import Event
from tests.stories.counter import CITIZEN, Counter, hidden, read_off, said
from tests.stories.sheets.sheet import NOTE, PACKAGE
from tests.stories.town import wall


def note_entered(counter: Counter, **changes: str) -> Any:
    """The head enters the note of non-acceptance; give the page that answers."""
    blank = PaperBlank.objects.get(number=NOTE)
    browser, address = counter.head, reverse("desk:paper-note", args=[blank.pk])
    shown = browser.get(address)
    if shown.status_code == 302:
        return shown
    typed = {
        "noted_at": "15.09.2015 10:05",
        "noted_by": str(counter.world.specialist.pk),
        "ground": "ID_EXPIRED",
        "name": "Ахметов Нұрлан",
        "remark": "",
        "key": hidden(shown, "key"),
    }
    return browser.post(address, {**typed, **changes})


def test_s26_a_note_of_non_acceptance_is_entered_with_its_time_as_written(
    counter: Counter, sheet: PaperBlank
) -> None:
    """A13: no case and no term; S22 on paper."""
    answer = note_entered(counter)

    assert answer.status_code == 302, said(answer)
    note = NonAcceptance.objects.get()
    assert (wall(note.at), wall(note.entered_at)) == ("2015-09-15 10:05:00", "2015-09-15 16:30:00")
    assert (note.by, note.entered_by, note.blank.number) == (
        counter.world.specialist,
        counter.world.head,
        NOTE,
    )
    event = Event.objects.get(name="documents.not_accepted")
    assert (wall(event.at), wall(event.entered_at), event.facts["paper"]) == (
        "2015-09-15 10:05:00",
        "2015-09-15 16:30:00",
        True,
    )
    assert not Application.objects.exists()
    page = said(counter.specialist.get(answer.url))
    assert "10:05 on 15 September 2015" in page
    assert "Entered into the system: 16:30 on 15 September 2015" in page
    again = note_entered(counter)
    assert again.url == answer.url


@pytest.mark.parametrize(
    ("changes", "at", "words"),
    [
        ({"noted_at": "15.09.2015 16:31"}, "noted_at", "has not come yet"),
        ({"noted_at": "15.09.2015 8:30"}, "noted_at", "prepared later"),
        ({"noted_by": ""}, "noted_by", ""),
        ({"ground": ""}, "ground", ""),
    ],
)
def test_s26_a_note_that_cannot_be_is_refused_with_its_reason(
    counter: Counter, sheet: PaperBlank, changes: dict[str, str], at: str, words: str
) -> None:
    answer = note_entered(counter, **changes)

    assert answer.status_code == 422
    assert f'href="#id_{at}"' in answer.content.decode()
    assert words in said(answer)
    assert not NonAcceptance.objects.exists()


def test_a_note_out_of_hours_is_asked_about_unless_that_is_its_ground(
    counter: Counter, sheet: PaperBlank
) -> None:
    asked = note_entered(counter, noted_at="15.09.2015 13:05")
    assert asked.status_code == 422
    assert "There is no reception at this time" in said(asked)

    assert (
        note_entered(counter, noted_at="15.09.2015 13:05", ground="OUTSIDE_RECEPTION_HOURS").status_code
        == 302
    )


def test_a_package_registered_out_of_hours_is_entered_once_it_is_confirmed(
    counter: Counter, sheet: PaperBlank
) -> None:
    """R8.1-a: it should not have been; the person has its receipt, so its term runs from the next reception."""
    blank = PaperBlank.objects.get(number=PACKAGE)
    browser, address = counter.head, reverse("desk:paper-enter", args=[blank.pk])
    typed = {
        **read_off(CITIZEN),
        "registered_at": "15.09.2015 13:05",
        "registered_by": str(counter.world.specialist.pk),
        "key": hidden(browser.get(address), "key"),
    }

    asked = browser.post(address, typed)
    done = browser.post(address, {**typed, "as_written": "on", "why": "Сағат қалып қойған"})

    assert (asked.status_code, done.status_code) == (422, 302)
    application = Application.objects.get(pk=UUID(done.url.split("/")[-2]))
    assert (wall(application.registered_at), wall(application.due_at)) == (
        "2015-09-15 13:05:00",
        "2015-09-15 15:00:00",
    )
    blank.refresh_from_db()
    assert blank.remark == "Сағат қалып қойған"
    assert "Remark: Сағат қалып қойған" in counter.case_page(application)
    assert Event.objects.get(name="case.registered_at_counter").facts["outside_hours"] is True
