"""What cannot be done with a code: another's key, other bytes, another purpose, calls that do not fit."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from joldama.cases.models import Application, Draft
from joldama.people.models import Person
from joldama.procedures.remote_answer import MOST_REFUSALS
from joldama.schedule.models import TechnicalBreak
from joldama.signatures.models import RemoteSigning
from tests.factories import pki
from tests.stories.by_phone.screen import BY_PHONE, Screen, message, nothing_was_taken
from tests.stories.phone import Phone
from tests.stories.town import Town


def test_another_persons_key_is_refused_and_the_right_one_may_still_sign(
    town: Town, screen: Screen, phone: Phone
) -> None:
    content = screen.ask()
    wrong = Phone(pki.person("850916125478"), at=town.now)

    refused = wrong.sign_by(content)

    assert refused.status_code == 403
    assert "ЭЦҚ" in refused.json()["messageKz"]
    assert screen.state == {"state": "opened", "fault": True, "seconds": 600}
    assert "IIN" in screen.said
    assert nothing_was_taken()
    assert phone.sign_by(content).status_code == 200


def test_five_refusals_end_it(town: Town, screen: Screen, phone: Phone) -> None:
    content = screen.ask()
    wrong = Phone(pki.person("850916125478"), at=town.now)

    answers = [wrong.sign_by(content).status_code for _ in range(MOST_REFUSALS)]

    assert answers == [403] * MOST_REFUSALS
    assert phone.scan(content).status_code == 410
    assert "Five signatures in a row" in screen.said


@pytest.mark.parametrize(
    "changed",
    [lambda document: document.replace(b"041234567", b"041234568"), lambda document: document + b" "],
)
def test_other_bytes_than_those_asked_for_are_refused(screen: Screen, phone: Phone, changed: Any) -> None:
    phone.scan(screen.ask())
    phone.read()

    assert phone.send(phone.sign(changed(phone.document))).status_code == 403
    assert nothing_was_taken()


def test_a_signature_of_one_purpose_is_good_for_no_other(
    town: Town, screen: Screen, door: Screen, phone: Phone, person: Person
) -> None:
    for_sign_in = Phone(pki.person(person.iin), at=town.now)
    for_sign_in.scan(door.ask())
    for_sign_in.read()
    phone.scan(screen.ask())
    phone.read()

    assert phone.send(for_sign_in.sign()).status_code == 403
    assert for_sign_in.send(phone.sign()).status_code == 403
    assert nothing_was_taken()
    assert phone.send().status_code == 200
    # What was signed for an application signs nobody in, though the session holds its code.
    assert screen.browser.post(BY_PHONE, {"go_on": "yes"}).status_code == 422


@pytest.mark.parametrize("way", ["changed", "deleted", "sent"])
def test_a_document_that_is_another_by_now_is_not_signed(
    town: Town, screen: Screen, phone: Phone, person: Person, way: str
) -> None:
    phone.scan(screen.ask())
    phone.read()
    cms = phone.sign()
    match way:
        case "changed":
            town.draft(person, document_number="047654321")
        case "deleted":
            Draft.objects.all().delete()
        case "sent":
            town.send(person)

    answer = phone.send(cms)

    assert answer.status_code == 410
    assert Application.objects.count() == (way == "sent")
    assert RemoteSigning.objects.get().ended_why == "changed"


def test_a_break_of_the_portal_refuses_and_lets_sign_afterwards(
    town: Town, screen: Screen, phone: Phone
) -> None:
    phone.scan(screen.ask())
    phone.read()
    minutes = timedelta(minutes=1)
    TechnicalBreak.objects.create(
        starts_at=town.now - minutes,
        ends_at=town.now + minutes,
        kk="x",
        ru="x",
        en="x",
        entered_at=town.now,
        entered_by=uuid4(),
    )

    assert phone.send().status_code == 403
    assert screen.state["fault"] is False
    TechnicalBreak.objects.all().delete()
    assert phone.send().status_code == 200


@pytest.mark.parametrize("method", ["post", "delete", "patch", "head", "options"])
@pytest.mark.parametrize("last", ["mgovSign", "document"])
def test_calls_of_other_methods_are_not_taken_and_open_nothing(
    screen: Screen, phone: Phone, method: str, last: str
) -> None:
    token = screen.ask().split("/")[-2]

    assert getattr(Client(), method)(f"/mobile/{token}/{last}").status_code == 405
    assert screen.state["state"] == "waiting"


def rewritten(phone: Phone, **changes: Any) -> bytes:
    return json.dumps({**phone.answered(phone.sign()), **changes}).encode()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        (lambda phone: b"", 400),
        (lambda phone: b"null", 400),
        (lambda phone: b"[]", 400),
        (lambda phone: b"\xff\xfe", 400),
        (lambda phone: b"[" * 100_000, 400),
        (lambda phone: b'{"signMethod": NaN}', 400),
        (lambda phone: rewritten(phone, signMethod="XML"), 400),
        (lambda phone: rewritten(phone, signMethod=["CMS_WITH_DATA"]), 400),
        (lambda phone: rewritten(phone, documentsToSign=[]), 400),
        (lambda phone: rewritten(phone, documentsToSign={}), 400),
        (lambda phone: rewritten(phone, documentsToSign=[1, 2]), 400),
        (lambda phone: rewritten(phone, documentsToSign=[{"id": 1}]), 400),
        (
            lambda phone: rewritten(phone, documentsToSign=[{"id": 2, "document": {"file": {"data": ""}}}]),
            400,
        ),
        (
            lambda phone: rewritten(phone, documentsToSign=[{"id": 1, "document": {"file": {"data": ""}}}]),
            400,
        ),
        (
            lambda phone: rewritten(phone, documentsToSign=[{"id": 1, "document": {"file": {"data": "?!"}}}]),
            400,
        ),
        (lambda phone: rewritten(phone, more="x" * 1_000_000), 413),
        (
            lambda phone: rewritten(
                phone, documentsToSign=[{"id": 1, "document": {"file": {"data": "AAAA"}}}]
            ),
            403,
        ),
        (lambda phone: json.dumps(phone.asked).encode(), 403),
    ],
)
def test_whatever_does_not_fit_is_said_and_stores_nothing(
    screen: Screen, phone: Phone, wrong: Any, status: int
) -> None:
    phone.scan(screen.ask())
    phone.read()

    answer = phone.put(wrong(phone))

    assert answer.status_code == status
    assert message(answer)
    assert nothing_was_taken()
    assert phone.send().status_code == 200
