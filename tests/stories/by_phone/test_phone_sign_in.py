"""Signing in with a phone: the same number on both screens, taken once, and only soon."""

import re
from datetime import timedelta

from django.test import Client

from joldama.people.models import Person
from joldama.procedures import remote_signing
from joldama.procedures.remote_signing import TAKEN_WITHIN
from joldama.signatures.models import RemoteSigning, Signature
from tests.stories.by_phone.screen import BY_PHONE, Screen, message
from tests.stories.phone import Phone
from tests.stories.town import Town, text_of


def test_somebody_signs_in_with_a_phone_that_shows_the_same_number(
    door: Screen, phone: Phone, person: Person
) -> None:
    content = door.ask()
    number = re.search(r"<strong>(\d\d)</strong>", door.shown)
    assert number
    phone.scan(content)
    phone.read()
    document = phone.asked["documentsToSign"][0]
    elsewhere = Client()

    assert document["nameKz"].endswith(f"экрандағы сан: {number[1]}")
    assert {"name": "Number on the screen", "value": number[1]} in document["meta"]
    assert phone.send().json() == []
    assert door.browser.get("/account/").status_code == 302  # only when its own page asks
    assert elsewhere.post(BY_PHONE, {"go_on": "yes"}).status_code == 302
    assert elsewhere.get("/account/").status_code == 302
    assert door.go_on().url == "/account/"
    assert door.browser.get("/account/").status_code == 200
    assert Signature.objects.get().purpose == "sign-in"


def test_a_sign_in_is_taken_once(town: Town, door: Screen, phone: Phone) -> None:
    phone.sign_by(door.ask())
    kept = dict(door.browser.session.items())
    door.go_on()
    door.browser.logout()
    session = door.browser.session
    session.update(kept)
    session.save()

    answer = door.go_on()

    assert door.browser.get("/account/").status_code == 302
    assert answer.status_code in (302, 422)
    row = RemoteSigning.objects.get()
    assert (row.cms, row.document, row.taken_at) == (None, None, town.now)


def test_a_signed_sign_in_does_not_wait_for_long(town: Town, door: Screen, phone: Phone) -> None:
    phone.sign_by(door.ask())
    town.at_instant(town.now + TAKEN_WITHIN + timedelta(seconds=1))

    late = door.go_on()

    assert late.status_code == 422
    assert "The sign-in was not finished." in text_of(late.content.decode())
    assert "Sign in by QR code in eGov Mobile" in text_of(late.content.decode())
    assert door.browser.get("/account/").status_code == 302
    remote_signing.sweep(at=town.now)
    assert RemoteSigning.objects.get().cms is None


def test_a_code_of_a_sign_in_lives_as_long_as_its_document(town: Town, door: Screen, phone: Phone) -> None:
    content = door.ask()
    town.at("2015-09-14 10:05")

    assert "It works for 5 min only." in message(phone.scan(content))
