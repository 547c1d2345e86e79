"""S24: nothing but the identity document is asked for; what a condition needs is told by the register (¶9)."""

import re

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.demo.gateway.moods import Mood
from joldama.demo.people import demo_people
from joldama.standard.kinds import ResultKind
from tests.stories.counter import Counter, said
from tests.stories.gateway import Gateway

YERLAN = demo_people().applicant("citizen-passport")  # born on 16 September 1985

# All that the counter's form has: the document, what it says, what the person wants, and a contact if he likes.
ASKED = {
    "document_kind", "holder", "iin", "surname", "given_name", "patronymic", "document_number", "document_issuer",
    "document_issued_on", "document_valid_until", "is_oralman", "oralman_certificate", "kind", "training_kind",
    "other_kinds", "language", "contact",
}  # fmt: skip
HIDDEN = {"csrfmiddlewaretoken", "key", "ticket", "back"}


def test_s24_there_is_no_field_for_a_diploma_or_a_certificate_of_unemployment(counter: Counter) -> None:
    """R9.1-d"""
    counter.town.at("2015-09-15 10:00")
    counter.receive()

    page = counter.specialist.get(reverse("desk:intake")).content.decode()

    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page.split("<main", 1)[1]))
    assert names == ASKED | HIDDEN
    assert 'type="file"' not in page


def test_s24_at_29_years_by_the_register_youth_practice_is_drafted(
    counter: Counter, gateway: Gateway
) -> None:
    """R9.1-d"""
    application = registered(counter, "2015-09-15 10:00")

    answer = counter.draft(application)

    application.refresh_from_db()
    assert answer.status_code == 302
    assert application.decision.kind == "YOUTH_PRACTICE"


def test_s24_at_30_years_by_the_register_another_kind_is_offered_and_no_paper_asked_for(
    counter: Counter, gateway: Gateway
) -> None:
    """R9.1-d"""
    application = registered(counter, "2015-09-16 10:00")

    answer = counter.draft(application)
    instead = counter.draft(application, kind="CAREER_GUIDANCE", guidance_given="Әңгіме өтті.")

    page = said(answer)
    application.refresh_from_db()
    assert answer.status_code == 409
    assert "The condition is not met: has to be no older than 29 on the day of applying." in page
    assert "Offer other kinds: referral for job placement, " in page
    assert "қоймашы" in answer.content.decode()
    assert (instead.status_code, application.decision.kind) == (302, "CAREER_GUIDANCE")


@pytest.mark.parametrize("mood", [Mood.SILENT, Mood.FAULT])
def test_s24_while_the_register_is_silent_nobody_is_held_to_be_too_old(
    counter: Counter, gateway: Gateway, mood: Mood
) -> None:
    """R9.3-b"""
    gateway.keeps(mood)
    application = registered(counter, "2015-09-16 10:00")

    answer = counter.draft(application)

    assert answer.status_code == 302
    assert "do not ask the person for documents" in counter.case_page(application)


def registered(counter: Counter, wall: str) -> Application:
    """Yerlan at the counter for youth practice, the register asked, his case taken."""
    counter.town.at(wall)
    application = counter.register(
        YERLAN, kind=ResultKind.YOUTH_PRACTICE, other_kinds=[ResultKind.CAREER_GUIDANCE]
    )
    counter.town.work()
    counter.take(application)
    return application
