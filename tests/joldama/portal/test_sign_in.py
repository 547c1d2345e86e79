"""Signing in by EDS: a document of its own purpose, bound to its session, good once."""

import base64
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import pki
from tests.factories.steps import MONDAY_TEN, document_of, filled_draft
from tests.factories.world import World

from joldama.people.models import Person
from joldama.procedures.sign_in import KEPT_FOR, VALID_FOR
from joldama.signatures.models import Signature
from joldama.standard.typography import unbound

SIGN_IN = "/sign-in/"


def challenge(client: Client, address: str = SIGN_IN) -> bytes:
    page = client.get(address).content.decode()
    found = re.search(r'data-document="([^"]+)"', page)
    assert found
    return base64.b64decode(found[1])


def handed_in(client: Client, cms: bytes):
    return client.post(SIGN_IN, {"cms": base64.b64encode(cms).decode()})


def test_a_person_signs_in_and_comes_back_where_he_was(client: Client, person: Person) -> None:
    document = challenge(client, f"{SIGN_IN}?next=/apply/kind/")

    response = handed_in(client, pki.person(person.iin).sign(document, at=MONDAY_TEN))

    assert (response.status_code, response.url) == (302, "/apply/kind/")
    assert client.get(reverse("portal:account")).status_code == 200


def test_a_foreign_address_is_not_where_he_comes_back(client: Client, person: Person) -> None:
    document = challenge(client, f"{SIGN_IN}?next=https://example.org/")

    response = handed_in(client, pki.person(person.iin).sign(document, at=MONDAY_TEN))

    assert response.url == reverse("portal:account")


def test_the_same_signature_does_not_sign_in_twice(client: Client, person: Person) -> None:
    cms = pki.person(person.iin).sign(challenge(client), at=MONDAY_TEN)
    handed_in(client, cms)
    other = Client()
    other.get(SIGN_IN)

    assert handed_in(other, cms).status_code == 422
    assert other.get(reverse("portal:account")).status_code == 302


def test_a_page_opened_anew_shows_the_document_that_may_be_signed_meanwhile(
    client: Client, person: Person
) -> None:
    document = challenge(client)

    assert challenge(client) == document
    assert handed_in(client, pki.person(person.iin).sign(document, at=MONDAY_TEN)).status_code == 302


def test_a_page_opened_anew_late_shows_another_document(client: Client, person: Person) -> None:
    document = challenge(client)

    with time_machine.travel(MONDAY_TEN + KEPT_FOR + timedelta(seconds=1), tick=False):
        assert challenge(client) != document


def test_a_signature_that_comes_after_five_minutes_does_not_sign_in(client: Client, person: Person) -> None:
    document = challenge(client)
    late = MONDAY_TEN + VALID_FOR + timedelta(seconds=1)

    with time_machine.travel(late, tick=False):
        response = handed_in(client, pki.person(person.iin).sign(document, at=late))

    assert timedelta(minutes=5) == VALID_FOR
    assert response.status_code == 422
    assert "5 минут" in " ".join(unbound(response.content.decode()).split())
    assert not Signature.objects.exists()


def test_a_signature_on_the_document_of_another_browser_does_not_sign_in(
    client: Client, person: Person
) -> None:
    theirs = challenge(Client())
    challenge(client)

    response = handed_in(client, pki.person(person.iin).sign(theirs, at=MONDAY_TEN))

    assert response.status_code == 422
    assert "осы бетке арналмаған" in unbound(response.content.decode())
    assert client.get(reverse("portal:account")).status_code == 302


def test_a_document_that_was_handed_in_once_is_not_taken_again_in_the_same_browser(
    client: Client, person: Person
) -> None:
    document = challenge(client)
    handed_in(client, b"no signature")

    response = handed_in(client, pki.person(person.iin).sign(document, at=MONDAY_TEN))

    assert response.status_code == 422
    assert client.get(reverse("portal:account")).status_code == 302


def test_whoever_is_signed_in_already_goes_on_where_he_was(client: Client, person: Person) -> None:
    document = challenge(client, f"{SIGN_IN}?next=/apply/kind/")
    cms = pki.person(person.iin).sign(document, at=MONDAY_TEN)
    handed_in(client, cms)

    again = handed_in(client, cms)

    assert (again.status_code, again.url) == (302, "/apply/kind/")


def test_a_document_of_another_purpose_does_not_sign_in(
    client: Client, person: Person, astana: World
) -> None:
    challenge(client)
    application = document_of(filled_draft(astana))

    response = handed_in(client, pki.person(person.iin).sign(application, at=MONDAY_TEN))

    assert response.status_code == 422
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"cms": ""}, {"cms": "!!"}, {"cms": base64.b64encode(b"x" * 100).decode()}]
)
def test_nonsense_is_answered_with_a_new_document_to_sign(client: Client, astana: World, sent: dict) -> None:
    first = challenge(client)

    response = client.post(SIGN_IN, sent)

    assert response.status_code == 422
    again = re.search(r'data-document="([^"]+)"', response.content.decode())
    assert again
    assert base64.b64decode(again[1]) != first


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "name", ["start", "passport", "standard", "offices", "appeal", "about-signing", "sign-in", "apply"]
)
def test_every_open_page_opens_in_every_language(
    client: Client, astana: World, name: str, language: str
) -> None:
    client.cookies["language"] = language

    response = client.get(reverse(f"portal:{name}"))

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


def test_the_passport_as_data_has_ten_rows(client: Client, astana: World) -> None:
    assert [row["number"] for row in client.get("/passport.json").json()["rows"]] == list(range(1, 11))


def test_an_unknown_paragraph_is_a_missing_page(client: Client, astana: World) -> None:
    assert client.get("/standard/99/").status_code == 404
    assert client.get("/standard/4.1/").status_code == 200
