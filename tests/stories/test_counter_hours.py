"""S05-S18: when a package is registered at the counter, until when its result is due, and when it is refused."""

import re
from datetime import datetime

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.people.models import Person
from tests.stories.counter import Counter, said
from tests.stories.town import wall

WARNED = re.compile(r"\d+ min to (?:the lunch break|closing)")

# scenario, registered, due, target
TERMS = [
    ("S05", "2015-09-15 12:30:00", "2015-09-15 13:00:00", "2015-09-15 13:00:00"),
    ("S06", "2015-09-15 12:50:00", "2015-09-15 14:50:00", "2015-09-15 13:20:00"),
    ("S07", "2015-09-15 12:59:00", "2015-09-15 14:59:00", "2015-09-15 13:29:00"),
    ("S08", "2015-09-15 14:30:00", "2015-09-15 15:00:00", "2015-09-15 15:00:00"),
    ("S09", "2015-09-15 17:00:00", "2015-09-15 17:30:00", "2015-09-15 17:30:00"),
    ("S10", "2015-09-15 17:20:00", "2015-09-16 09:20:00", "2015-09-15 17:50:00"),
    ("S11", "2015-09-18 17:20:00", "2015-09-21 09:20:00", "2015-09-18 17:50:00"),
    ("S12", "2015-09-23 17:20:00", "2015-09-25 09:20:00", "2015-09-23 17:50:00"),
    ("S15", "2024-05-04 10:00:00", "2024-05-04 10:30:00", "2024-05-04 10:30:00"),
    ("S15", "2025-01-05 12:50:00", "2025-01-05 14:50:00", "2025-01-05 13:20:00"),
    ("S16", "2026-03-20 17:20:00", "2026-03-26 09:20:00", "2026-03-20 17:50:00"),
    ("S17", "2026-10-23 17:29:00", "2026-10-27 09:29:00", "2026-10-23 17:59:00"),
    ("S18", "2015-12-31 17:25:00", "2016-01-05 09:25:00", "2015-12-31 17:55:00"),
]


@pytest.mark.parametrize(("scenario", "moment", "due", "target"), TERMS)
def test_a_package_registered_now_has_its_thirty_reception_minutes(
    counter: Counter, scenario: str, moment: str, due: str, target: str
) -> None:
    """R4.1-a, R8.1-a"""
    counter.town.at(moment)

    application = counter.register()

    term = application.deadlines.get()
    assert [wall(at) for at in (application.registered_at, application.due_at, term.target_at)] == [
        moment,
        due,
        target,
    ]
    assert term.basis == ["4.1", "8.1"]
    page = counter.case_page(application)
    assert f"Due by {told(due)}" in page
    assert "Basis: point 4(1) of the standard; point 8(1) of the standard" in page
    assert (f"Internal target, counting straight on: {told(target)}" in page) is (target != due)


# moment, what the page of the intake promises, and its warning
PROMISES = [
    ("2015-09-15 10:00:00", "10:30 on Tuesday 15 September", ""),
    ("2015-09-15 12:29:59", "12:59 on Tuesday 15 September", ""),
    ("2015-09-15 12:30:00", "13:00 on Tuesday 15 September", "30 min to the lunch break"),
    ("2015-09-15 12:50:00", "14:50 on Tuesday 15 September", "10 min to the lunch break"),
    ("2015-09-15 12:59:00", "14:59 on Tuesday 15 September", "1 min to the lunch break"),
    ("2015-09-15 17:00:00", "17:30 on Tuesday 15 September", "30 min to closing"),
    ("2015-09-15 17:20:00", "9:20 on Wednesday 16 September", "10 min to closing"),
    ("2015-12-31 17:25:00", "9:25 on Tuesday 5 January", "5 min to closing"),
]


@pytest.mark.parametrize(("moment", "due", "warning"), PROMISES)
def test_before_anybody_is_registered_the_page_says_until_when_and_warns_before_a_break(
    counter: Counter, moment: str, due: str, warning: str
) -> None:
    """A2, A3"""
    counter.town.at(moment)

    page = counter.intake_page()

    assert due in page
    assert WARNED.findall(page) == ([warning] if warning else [])


# scenario, attempt, the day and time at which it opens
REFUSED = [
    ("S08", "2015-09-15 13:00:00", "2015-09-15 14:30", "It is the lunch break"),
    ("S08", "2015-09-15 13:45:00", "2015-09-15 14:30", "It is the lunch break"),
    ("S08", "2015-09-15 14:29:59", "2015-09-15 14:30", "It is the lunch break"),
    ("S13", "2015-09-19 10:00:00", "2015-09-21 09:00", "There is no reception on this day"),
    ("S13", "2015-09-24 10:00:00", "2015-09-25 09:00", "There is no reception on this day"),
    ("S13", "2015-08-31 10:00:00", "2015-09-01 09:00", "There is no reception on this day"),
    ("S13", "2015-09-15 08:59:00", "2015-09-15 09:00", "Reception has not opened yet"),
    ("S13", "2015-09-15 08:59:59", "2015-09-15 09:00", "Reception has not opened yet"),
    ("S13", "2015-09-15 17:30:00", "2015-09-16 09:00", "Reception is over for the day"),
    ("S13", "2015-09-18 17:30:00", "2015-09-21 09:00", "Reception is over for the day"),
    ("S14", "2024-05-07 10:00:00", "2024-05-10 09:00", "There is no reception on this day"),
]


@pytest.mark.parametrize(("scenario", "attempt", "opens", "why"), REFUSED)
def test_out_of_hours_nobody_is_registered_and_the_next_opening_is_said(
    counter: Counter, scenario: str, attempt: str, opens: str, why: str
) -> None:
    """R8.1-a"""
    counter.town.at(attempt)

    answer = counter.show_document()

    page = said(answer)
    assert answer.status_code == 422
    assert not Application.objects.exists()
    assert not Person.objects.exists()
    assert why in page
    assert "lunch break from 13:00 to 14:30 (point 8(1) of the standard)" in page
    assert f"Reception opens again at {told(opens)}" in page


def test_s13_who_comes_at_an_open_minute_after_a_refusal_is_registered(counter: Counter) -> None:
    counter.town.at("2015-09-15 14:29:59")
    refused = counter.show_document()
    counter.town.at("2015-09-15 14:30:00")

    application = counter.register()

    assert refused.status_code == 422
    assert application.number == "АСТ-2015-000001"
    assert wall(application.due_at) == "2015-09-15 15:00:00"


def test_s10_what_was_registered_before_closing_may_be_handed_over_after_it_and_is_marked(
    counter: Counter,
) -> None:
    counter.town.at("2015-09-15 17:20")
    application = counter.register()
    counter.take(application)
    counter.draft(application)
    counter.town.at("2015-09-15 17:40")
    counter.sign(application)
    counter.town.work()

    counter.town.at("2015-09-15 17:45")
    counter.offer(application)
    counter.hand_over(application)

    referral = application.decision.referral
    assert (referral.state, wall(referral.handed_over_at)) == ("HANDED_OVER", "2015-09-15 17:45:00")
    assert referral.is_handed_over_outside_hours is True
    assert "outside reception hours" in counter.case_page(application)
    assert Event.objects.get(name="referral.handed_over").facts == {"outside_hours": True}
    assert application.is_overdue(at=counter.town.now) is False


def test_a_package_over_its_term_is_marked_and_stays_open(counter: Counter) -> None:
    """R4.1-c"""
    counter.town.at("2015-09-15 12:50")
    application = counter.register()

    pages = []
    for moment in ("2015-09-15 13:30:00", "2015-09-15 14:50:00", "2015-09-15 14:50:01"):
        counter.town.at(moment)
        pages.append((counter.case_page(application), said(counter.head.get(reverse("desk:work")))))

    assert [["Overdue" in page for page in both] for both in pages] == [
        [False, False],
        [False, False],
        [True, True],
    ]
    application.refresh_from_db()
    assert application.state == "REGISTERED"


def told(moment: str) -> str:
    """Write a wall time as an English page does."""
    at = datetime.fromisoformat(moment)
    return f"{at.hour}:{at:%M} on {at.day} {at:%B %Y}"
