"""The head signs a decision on a phone with eGov Business, and nobody else does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from govkz.eds import Role
from joldama.cases.models import Decision
from joldama.people.models import Person
from joldama.signatures.models import RemoteSigning
from tests.factories import pki, world
from tests.factories.steps import drafted, sent, signed
from tests.stories.by_phone.screen import Screen
from tests.stories.phone import Phone
from tests.stories.town import Town


def decision_of(town: Town) -> tuple[Screen, Decision]:
    """The page on which the head of Astana signs a drafted decision."""
    application = sent(town.office(), at=town.now)
    drafted(town.office(), application, at=town.now)
    browser = town.browser_of(town.office().head)
    browser.cookies["language"] = "en"
    address = reverse("desk:decision", args=[application.pk])
    return Screen(browser, address, f"{address}qr/"), Decision.objects.get()


def test_the_head_signs_a_decision_on_a_phone_with_egov_business(town: Town, person: Person) -> None:
    office = town.office()
    screen, decision = decision_of(town)
    phone = Phone(pki.official(office.head.iin, office.office.bin), at=town.now)

    content = screen.ask()

    assert "https://m.egov.kz/businessSign/?link=" in screen.shown
    assert phone.sign_by(content).json() == []
    decision.refresh_from_db()
    assert (decision.signed_by, decision.number) == (office.head, "АСТ-Ж-2015-000001")
    assert screen.go_on().url == reverse("desk:case", args=[decision.application_id])


@pytest.mark.parametrize("whose", ["the applicant's", "the deputy's", "the head's of another office"])
def test_nobody_elses_phone_decides(town: Town, person: Person, whose: str) -> None:
    office, other = town.office(), town.office("temirtau")
    screen, decision = decision_of(town)
    key = {
        "the applicant's": pki.person(person.iin),
        "the deputy's": pki.official(office.deputy.iin, office.office.bin, role=Role.SIGNATORY),
        "the head's of another office": pki.official(other.head.iin, other.office.bin),
    }[whose]

    refused = Phone(key, at=town.now).sign_by(screen.ask())

    assert refused.status_code == 403
    assert "The signature was not accepted" in refused.json()["messageEn"]
    assert "The signature was not accepted" in screen.said
    decision.refresh_from_db()
    assert decision.signed_at is None


def test_a_decision_that_is_signed_on_the_page_is_not_signed_again_on_a_phone(
    town: Town, person: Person
) -> None:
    office = town.office()
    screen, decision = decision_of(town)
    phone = Phone(pki.official(office.head.iin, office.office.bin), at=town.now)
    phone.scan(screen.ask())
    phone.read()
    signed(office, decision.application, at=town.now)

    assert phone.send(phone.sign()).status_code == 410
    assert RemoteSigning.objects.get().ended_why == "changed"


def test_a_decision_whose_signature_is_being_checked_waits_and_is_not_signed_again(
    town: Town, person: Person
) -> None:
    """A31: delivered by the phone, not yet decided; a second signature changes nothing."""
    office = town.office()
    screen, decision = decision_of(town)
    phone = Phone(pki.official(office.head.iin, office.office.bin), at=town.now)
    first = screen.ask()
    world.trust_at(town.now - timedelta(days=3))  # the list is not fresh

    assert phone.sign_by(first).status_code == 200
    decision.refresh_from_db()
    assert decision.signed_at is None
    assert screen.go_on().url == screen.page
    assert screen.browser.post(screen.by_phone).url == screen.page
    assert not RemoteSigning.objects.filter(state="waiting").exists()
