"""Signing on a phone by QR code: what is taken goes the way of every signature."""

from base64 import b64encode

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.journal.models import Event
from joldama.people.models import Person
from joldama.signatures.models import RemoteSigning, Signature
from tests.factories import pki
from tests.stories.by_phone.screen import CHECK, Screen, message
from tests.stories.chancery import Chancery
from tests.stories.complainant import Complainant
from tests.stories.phone import ELSEWHERE, Phone
from tests.stories.town import Town, document_on, text_of


def test_an_application_is_signed_on_a_phone_and_the_page_goes_on_to_its_receipt(
    town: Town, screen: Screen, phone: Phone
) -> None:
    content = screen.ask()
    waiting = screen.state

    assert phone.scan(content).json() == {
        "description": "Application for a referral",
        "expiry_date": "2015-09-14T10:10:00.000+06:00",
        "organisation": {
            "nameRu": town.office().office.ru,
            "nameKz": town.office().office.kk,
            "nameEn": town.office().office.en,
            "bin": town.office().office.bin,
        },
        "document": {
            "uri": phone.invitation["document"]["uri"],
            "auth_type": "None",
            "auth_token": "",
        },
    }
    asked = phone.read().json()
    assert asked["signMethod"] == "CMS_WITH_DATA"
    assert asked["documentsToSign"][0]["nameKz"] == "Жолдама алуға өтініш"
    assert phone.document == document_on(screen.shown)
    opened = screen.state
    answer = phone.send()

    assert (answer.status_code, answer.json()) == (200, [])
    application = Application.objects.get()
    assert (application.state, application.number) == ("REGISTERED", "АСТ-2015-000001")
    assert [waiting["state"], opened["state"], screen.state["state"]] == ["waiting", "opened", "signed"]
    assert screen.go_on().url == reverse("portal:receipt", args=[application.pk])
    assert screen.browser.get(CHECK).url == reverse("portal:receipt", args=[application.pk])


def test_a_closed_browser_keeps_no_application_from_being_delivered(
    town: Town, screen: Screen, phone: Phone, person: Person
) -> None:
    content = screen.ask()
    screen.browser.logout()

    assert phone.sign_by(content).status_code == 200
    application = Application.objects.get()
    assert application.number in text_of(town.browser_of(person).get("/account/").content.decode())


def test_a_complaint_is_signed_on_a_phone(town: Town, person: Person, phone: Phone) -> None:
    chancery = Chancery(town)
    complainant = Complainant(town, person)
    complainant.write()
    browser = complainant.browser
    screen = Screen(browser, "/complain/check/", "/complain/check/qr/")

    content = screen.ask()
    phone.scan(content)

    assert phone.invitation["organisation"]["bin"] == chancery.body.office.bin
    assert phone.sign_by(content).json() == []
    complaint = Complaint.objects.get()
    assert complaint.signature.purpose == "complaint"
    assert screen.go_on().url == reverse("portal:complaint-receipt", args=[complaint.pk])


def test_whoever_presses_on_too_early_is_told_to_sign_first(door: Screen, screen: Screen) -> None:
    door.ask()
    screen.ask()

    for one in (door, screen):
        answer = one.go_on()
        assert answer.status_code == 422
        assert "The phone has not signed yet." in text_of(answer.content.decode())


def test_an_answer_that_is_sent_again_is_the_same_and_another_comes_too_late(
    screen: Screen, phone: Phone
) -> None:
    phone.scan(screen.ask())
    phone.read()
    cms = phone.sign()

    assert [phone.send(cms).status_code for _ in range(3)] == [200, 200, 200]
    late = phone.send(b"something else")
    assert late.status_code == 410
    assert "has been used" in message(late)
    assert (Application.objects.count(), Signature.objects.count()) == (1, 1)


def test_an_answer_sent_again_from_elsewhere_is_not(town: Town, screen: Screen, phone: Phone) -> None:
    phone.scan(screen.ask())
    phone.read()
    cms = phone.sign()
    phone.send(cms)
    stranger = Phone(pki.person("850916125478"), at=town.now, network=ELSEWHERE)
    stranger.invitation, stranger.asked = phone.invitation, phone.asked

    assert stranger.send(cms).status_code == 410


@pytest.mark.parametrize("signed", [b"", b"x" * 40])
def test_a_signature_from_the_page_still_works_while_a_code_is_shown(
    town: Town, screen: Screen, person: Person, signed: bytes
) -> None:
    screen.ask()
    document = document_on(screen.shown)
    cms = pki.person(person.iin).sign(document, at=town.now)

    assert screen.browser.post(CHECK, {"cms": b64encode(signed).decode()}).status_code == 422
    assert screen.browser.post(CHECK, {"cms": b64encode(cms).decode()}).status_code == 302


def test_the_journal_tells_each_step_once(screen: Screen, phone: Phone, person: Person) -> None:
    content = screen.ask()
    phone.scan(content)
    phone.sign_by(content)

    told = Event.objects.filter(subject=RemoteSigning.objects.get().pk).order_by("id")
    assert [(event.name, event.actor_kind) for event in told] == [
        ("remote_signing.asked", "person"),
        ("remote_signing.opened", "system"),
        ("remote_signing.signed", "person"),
    ]
    assert {event.facts["purpose"] for event in told} == {"application"}
