"""S45, S47 and R9.2-b: whose signature is taken, what is refused, and what the person is told."""

import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, Draft, IdentityDocument
from joldama.procedures.sign_in import challenge
from tests.factories import pki, world
from tests.stories.town import Town, text_of


def refused_page(response) -> str:
    assert response.status_code == 422
    assert not Application.objects.exists()
    assert not IdentityDocument.objects.exists()
    return text_of(response.content.decode())


def test_s45_an_expired_certificate_is_refused_and_the_draft_stays(town: Town) -> None:
    moment = town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)
    expired = pki.person(person.iin, until=moment - timedelta(days=1))

    page = refused_page(town.send(person, key=expired))

    assert "мерзімі" in page
    assert Draft.objects.get(person=person).sent_at is None


def test_s45_a_revoked_certificate_is_refused(town: Town) -> None:
    moment = town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)
    key = pki.person(person.iin, at=pki.FROM + timedelta(days=1))
    pki.authority().revoke(key, at=moment - timedelta(hours=1))
    world.trust_at(moment)

    page = refused_page(town.send(person, key=key))

    assert "кері қайтарып" in page or "қайтарып алынған" in page


def test_s45_a_key_of_another_person_is_refused(town: Town) -> None:
    town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)

    page = refused_page(town.send(person, key=pki.person("850916125478")))

    assert "ЖСН" in page


def test_s45_content_changed_after_signing_is_refused(town: Town) -> None:
    town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)

    refused_page(town.send(person, changed=True))


def test_s45_the_four_refusals_differ_and_the_person_may_send_again(town: Town) -> None:
    moment = town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)
    revoked = pki.person(person.iin, at=pki.FROM + timedelta(days=2))
    pki.authority().revoke(revoked, at=moment - timedelta(hours=1))
    world.trust_at(moment)
    expired = pki.person(person.iin, until=moment - timedelta(days=1))

    said = {
        refused_page(town.send(person, key=expired))[:200],
        refused_page(town.send(person, key=revoked))[:200],
        refused_page(town.send(person, key=pki.person("850916125478")))[:200],
        refused_page(town.send(person, changed=True))[:200],
    }

    assert len(said) == 4
    assert town.send(person).status_code == 200
    assert Application.objects.get().state == "REGISTERED"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_s47_without_an_eds_there_is_public_information_and_no_case(town: Town, language: str) -> None:
    town.at("2015-09-14 10:00")
    town.office()
    application = town.apply()
    stranger = Client()
    stranger.cookies["language"] = language

    for name in ("start", "passport", "offices", "standard", "appeal"):
        page = stranger.get(reverse(f"portal:{name}"))
        assert page.status_code == 200
        assert "1414" in page.content.decode()
        assert application.number not in page.content.decode()
    for address in (reverse("portal:account"), reverse("portal:case", args=[application.pk])):
        response = stranger.get(address)
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("portal:sign-in"))


def test_a_sign_in_document_handed_in_as_an_application_is_refused(town: Town) -> None:
    moment = town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)
    browser = town.browser_of(person)
    browser.get(reverse("portal:check"))
    cms = pki.person(person.iin).sign(challenge(origin="http://localhost:8000", at=moment), at=moment)

    response = browser.post(reverse("portal:check"), {"cms": b64encode(cms).decode()})

    refused_page(response)


def test_without_a_signature_nothing_is_taken_and_no_page_asks_for_a_paper(town: Town) -> None:
    """R9.2-a"""
    town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)
    browser = town.browser_of(person)

    steps = ("kind", "training", "others", "office", "document", "oralman", "form", "contact")
    asked = [browser.get(reverse("portal:step", args=[name])).content.decode() for name in steps]
    check = browser.get(reverse("portal:check")).content.decode()
    unsigned = browser.post(reverse("portal:check"), {"cms": ""})

    assert ['type="file"' in page for page in asked] == [False] * len(steps)
    assert re.findall(r'type="file"[^>]*name="(\w+)"', check) == ["cms_file"]
    refused_page(unsigned)


def test_a31_a_signature_whose_revocation_is_unknown_is_delivered_and_checked_later(town: Town) -> None:
    town.at("2015-09-14 10:00")
    person = world.applicant("citizen-card")
    town.draft(person)
    town.at("2015-09-16 10:00")
    world.trust_at(datetime(2015, 9, 14, 4, 0, tzinfo=UTC))  # the list is two days old: not fresh
    town.draft(person)

    response = town.send(person)

    application = Application.objects.get()
    assert application.state == "SUBMITTED"
    assert "ЭЦҚ" in text_of(response.content.decode()) or "қолтаңба" in text_of(response.content.decode())
    due = application.due_at
    town.at("2015-09-16 11:00")
    town.sweep()
    application.refresh_from_db()
    assert (application.state, application.due_at) == ("REGISTERED", due)
