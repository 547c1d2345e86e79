"""The same words about a case wherever they are said, and an overdue one is overdue everywhere (R4.1-c, R14.1-b)."""

import html
import re
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.people.models import Person
from joldama.procedures import withdraw
from joldama.standard.words import LANGUAGES, say
from tests.factories import world
from tests.stories.counter import CITIZEN, Counter, said
from tests.stories.status.telephone import Telephone, at_provider, plain
from tests.stories.test_reports import table
from tests.stories.town import Town


def test_an_overdue_case_is_said_to_be_so_by_1414_the_desk_and_the_report_and_stays_open(
    counter: Counter,
) -> None:
    """R4.1-c, R4.1-d"""
    town = counter.town
    town.at("2015-09-15 12:50")
    application = counter.register()
    telephone = Telephone(town, world.operator())

    heard = []
    for moment in ("2015-09-15 14:50:00", "2015-09-15 14:50:01", "2015-09-29 10:00:00"):
        town.at(moment)
        report = town.browser_of(counter.world.head).get(reverse("reports:report"), {"month": "2015-09"})
        [(_, registered, kept, missed, running)] = table(report, "terms")
        heard.append(
            (
                "Overdue" in telephone.hear(application.number or "", CITIZEN.iin),
                "Overdue" in counter.case_page(application),
                "Overdue" in said(counter.head.get(reverse("desk:work"))),
                (registered, kept, missed, running),
            )
        )

    assert heard == [
        (False, False, False, ("1", "0", "0", "1")),
        (True, True, True, ("1", "0", "1", "0")),
        (True, True, True, ("1", "0", "1", "0")),
    ]
    due = application.due_at.astimezone(application.place.zone)
    late = say("flag.application.OVERDUE.text", "en", due_at=due)
    assert plain(late) in telephone.hear(application.number or "", CITIZEN.iin)
    counter.take(application)
    assert application.state == "IN_PROGRESS"


@pytest.mark.parametrize("language", LANGUAGES)
def test_portal_provider_and_1414_say_the_same_of_every_state(counter: Counter, language: str) -> None:
    """R14.1-b"""
    town = counter.town
    person = world.applicant()
    desks = [Telephone(town, world.operator(), language), at_provider(town, language=language)]
    seen = []
    for application in every_state(counter, person):
        portal = status_in_account(town, application, language)
        number = application.number or application.reference
        answers = [desk.hear(number, CITIZEN.iin) for desk in desks]
        seen.append((application.state, portal, [portal in answer for answer in answers]))

    assert [(state, same) for state, _, same in seen] == [
        ("SUBMITTED", [True, True]),
        ("REGISTERED", [True, True]),
        ("IN_PROGRESS", [True, True]),
        ("IN_PROGRESS", [True, True]),
        ("SIGNED", [True, True]),
        ("ISSUED", [True, True]),
        ("REFUSED", [True, True]),
        ("WITHDRAWN", [True, True]),
    ]
    assert len({portal for _, portal, _ in seen}) == len(seen)


def status_in_account(town: Town, application: Application, language: str) -> str:
    """Give the sentences under «what comes next» on the person's own page."""
    browser = town.browser_of(application.person)
    browser.cookies["language"] = language
    page = browser.get(reverse("portal:case", args=[application.pk])).content.decode()
    found = re.search(r'<section[^>]*aria-labelledby="next">.*?</h2>(.*?)</section>', page, re.DOTALL)
    assert found, page
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", found[1])))


def every_state(counter: Counter, person: Person) -> Any:
    """Bring cases through their states, one state after another."""
    town = counter.town
    town.at("2015-09-14 19:00")
    waiting = town.apply(person)
    yield waiting
    town.at("2015-09-15 09:00")
    town.sweep()
    waiting.refresh_from_db()
    yield waiting
    town.work()
    counter.take(waiting)
    yield waiting
    town.at("2015-09-15 17:30:01")
    yield waiting
    town.at("2015-09-15 17:40")
    counter.draft(waiting)
    counter.sign(waiting)
    yield waiting
    town.work()
    waiting.refresh_from_db()
    yield waiting
    town.at("2015-09-16 09:00")
    refused = town.apply(person, kind="SOCIAL_WORKPLACE")
    town.work()
    counter.take(refused)
    counter.refuse(refused, ground="COURT_BAN", reasons="Сот шешімі бар.")
    counter.sign(refused)
    yield refused
    town.at("2015-09-16 09:05")
    withdrawn = town.apply(person, kind="JOB_PLACEMENT")
    withdraw.withdraw(withdrawn, by=person, at=town.now)
    yield withdrawn
