"""R4.1-c: a case over its term is marked wherever it is seen, and neither lapses nor closes by itself."""

import html
import re

from django.urls import reverse

from joldama.standard.kinds import ResultKind
from tests.factories import world
from tests.stories.counter import CITIZEN, Counter, said


def test_an_overdue_case_is_marked_everywhere_and_stays_open(counter: Counter) -> None:
    """S65's like for applications: a week later it still waits, for everybody to see."""
    counter.town.at("2015-09-14 10:00")
    application = counter.town.apply(kind=ResultKind.JOB_PLACEMENT)
    counter.take(application)

    counter.town.at("2015-09-15 17:30:00")
    assert "Overdue" not in counter.case_page(application)
    counter.town.at("2015-09-22 10:00")
    counter.town.sweep()
    counter.town.work()

    asked = {"number": application.number, "iin": CITIZEN.iin}
    head = counter.head
    report = head.get(reverse("reports:report"), {"month": "2015-09"}).content.decode()
    pages = {
        "specialist's case": counter.case_page(application),
        "specialist's list": said(counter.specialist.get(reverse("desk:work"))),
        "head's list": said(head.get(reverse("desk:work"))),
        "personal account": counter.town.account_page(application, "en"),
        "1414": said(counter.town.browser_of(world.operator()).post(reverse("helpdesk:status"), asked)),
    }
    missed = re.findall(r'href="([^"]*/reports/rows/[^"]*missed[^"]*)"', report)

    application.refresh_from_db()
    assert application.state == "IN_PROGRESS"
    assert application.is_overdue(at=counter.town.now)
    assert {
        name: "Overdue" in page or "Мерзімі өтті" in page for name, page in pages.items()
    } == dict.fromkeys(pages, True)
    assert [application.number in said(head.get(html.unescape(address))) for address in missed] == [True]
    assert counter.draft(application).status_code == 302
