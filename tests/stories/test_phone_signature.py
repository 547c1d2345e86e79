"""Signing on a phone by QR code: what is taken goes the way of every signature, and what cannot be done with a code."""

import json
import re
from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from govkz.eds import Role
from joldama.cases.models import Application, Decision, Draft
from joldama.complaints.models import Complaint
from joldama.journal.models import Event
from joldama.people.models import Person
from joldama.procedures import remote_answer, remote_signing
from joldama.procedures.remote_answer import MOST_REFUSALS, NotTaken
from joldama.procedures.remote_signing import MOST_ASKED, MOST_MISSES, TAKEN_WITHIN, NotOpen
from joldama.schedule.models import TechnicalBreak
from joldama.signatures.models import Purpose, RemoteMiss, RemoteSigning, Signature
from joldama.signatures.remote.tickets import Screen as Asking
from joldama.signatures.remote.tickets import Wish
from tests.factories import pki, world
from tests.factories.steps import MONDAY_TEN, document_of, drafted, filled_draft, sent, signed
from tests.factories.world import World
from tests.stories.chancery import Chancery
from tests.stories.complainant import Complainant
from tests.stories.phone import ELSEWHERE, HOME, Phone, content_on
from tests.stories.test_waiting_line_at_once import at_once
from tests.stories.town import Town, document_on, text_of

SIGN_IN, BY_PHONE = "/sign-in/", "/sign-in/qr/"
CHECK, CHECK_BY_PHONE = "/apply/check/", "/apply/check/qr/"


class Screen:
    """A browser on a computer, before a page that asks for a signature."""

    def __init__(self, browser: Client, page: str, by_phone: str) -> None:
        self.browser, self.page, self.by_phone = browser, page, by_phone

    def ask(self) -> str:
        """Ask for a code; give what it holds."""
        answer = self.browser.post(self.by_phone)
        assert (answer.status_code, answer.url) == (302, f"{self.page}#qr"), answer.content.decode()
        return content_on(self.shown)

    @property
    def shown(self) -> str:
        answer = self.browser.get(self.page)
        assert answer.status_code == 200
        return answer.content.decode()

    @property
    def said(self) -> str:
        return text_of(self.shown)

    @property
    def state(self) -> dict[str, Any]:
        """What the page is told each second."""
        return self.browser.get(self._address("state")).json()

    def cancel(self) -> Any:
        return self.browser.post(self._address("cancel"), {"back": self.page})

    def go_on(self) -> Any:
        return self.browser.post(self.by_phone, {"go_on": "yes"})

    def _address(self, name: str) -> str:
        return reverse(f"mobile:{name}", args=[RemoteSigning.objects.latest("made_at", "pk").pk])


@pytest.fixture
def person(town: Town) -> Person:
    town.at("2015-09-14 10:00")
    return world.applicant("citizen-card")


@pytest.fixture
def screen(town: Town, person: Person) -> Screen:
    """The page on which the person checks and signs his application, in English."""
    town.draft(person)
    browser = town.browser_of(person)
    browser.cookies["language"] = "en"
    return Screen(browser, CHECK, CHECK_BY_PHONE)


@pytest.fixture
def door(person: Person) -> Screen:
    """The page on which nobody is signed in yet."""
    return Screen(Client(HTTP_ACCEPT_LANGUAGE="en"), SIGN_IN, BY_PHONE)


@pytest.fixture
def phone(town: Town, person: Person) -> Phone:
    return Phone(pki.person(person.iin), at=town.now)


def message(answer: Any) -> str:
    """What a call says is wrong; in three languages, and nothing of it is empty."""
    said = answer.json()
    assert all(said[name] for name in ("message", "messageKz", "messageRu", "messageEn"))
    return said["message"]


def nothing_was_taken() -> bool:
    return not Signature.objects.exists() and not Application.objects.exists()


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


def test_whoever_presses_on_too_early_is_told_to_sign_first(door: Screen, screen: Screen) -> None:
    door.ask()
    screen.ask()

    for one in (door, screen):
        answer = one.go_on()
        assert answer.status_code == 422
        assert "The phone has not signed yet." in text_of(answer.content.decode())


def test_a_code_that_is_over_says_so_on_both_screens(town: Town, screen: Screen, phone: Phone) -> None:
    content = screen.ask()
    phone.scan(content)
    phone.read()
    town.at("2015-09-14 10:10")

    answer = phone.send()

    assert answer.status_code == 410
    assert "has expired. It works for 10 min only." in message(answer)
    assert screen.state["state"] == "expired"
    assert "The QR code has expired." in screen.said
    assert nothing_was_taken()
    assert phone.sign_by(screen.ask()).status_code == 200


def test_a_code_of_a_sign_in_lives_as_long_as_its_document(town: Town, door: Screen, phone: Phone) -> None:
    content = door.ask()
    town.at("2015-09-14 10:05")

    assert "It works for 5 min only." in message(phone.scan(content))


def test_a_second_network_ends_it_and_the_screen_says_why(town: Town, screen: Screen, phone: Phone) -> None:
    content = screen.ask()
    phone.scan(content)
    stranger = Phone(pki.person("850916125478"), at=town.now, network=ELSEWHERE)

    second = stranger.scan(content)

    assert second.status_code == 409
    assert "opened from another network already" in message(second)
    assert screen.state["state"] == "cancelled"
    assert "opened a second time from another network" in screen.said
    assert phone._client.get(content.removeprefix("mobileSign:http://localhost:8000")).status_code == 410
    assert nothing_was_taken()


@pytest.mark.parametrize("step", ["read", "send"])
def test_every_later_call_comes_from_the_first_network(
    town: Town, screen: Screen, phone: Phone, step: str
) -> None:
    phone.scan(screen.ask())
    phone.read()
    stranger = Phone(pki.person("850916125478"), at=town.now, network=ELSEWHERE)
    stranger.invitation, stranger.asked = phone.invitation, phone.asked

    assert getattr(stranger, step)().status_code == 409
    assert phone.send().status_code == 410
    assert nothing_was_taken()


def test_a_phone_may_ask_twice_from_its_own_network(screen: Screen, phone: Phone) -> None:
    content = screen.ask()

    assert [phone.scan(content).status_code for _ in range(3)] == [200, 200, 200]
    assert phone.sign_by(content).status_code == 200


def test_two_addresses_of_one_ipv6_network_are_one_phone(town: Town, screen: Screen, person: Person) -> None:
    key = pki.person(person.iin)
    content = screen.ask()
    Phone(key, at=town.now, network="2001:db8:1:2:aaaa::1").scan(content)

    assert Phone(key, at=town.now, network="2001:db8:1:2:bbbb::9").sign_by(content).status_code == 200


def test_two_ipv6_networks_are_two(town: Town, screen: Screen, person: Person) -> None:
    content = screen.ask()
    Phone(pki.person(person.iin), at=town.now, network="2001:db8:1:2::1").scan(content)

    assert (
        Phone(pki.person(person.iin), at=town.now, network="2001:db8:1:3::1").scan(content).status_code == 409
    )


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


def test_a_cancelled_code_is_closed(screen: Screen, phone: Phone) -> None:
    content = screen.ask()
    phone.scan(content)
    phone.read()

    assert screen.cancel().url == CHECK

    assert "You cancelled it yourself." in screen.said
    assert phone.send().status_code == 410
    assert phone.scan(content).status_code == 410
    assert nothing_was_taken()


def test_what_is_signed_by_now_is_not_cancelled(screen: Screen, phone: Phone) -> None:
    phone.sign_by(screen.ask())

    screen.cancel()

    assert screen.state["state"] == "signed"
    assert Application.objects.exists()


def test_a_new_code_takes_the_place_of_the_one_before(screen: Screen, phone: Phone) -> None:
    first = screen.ask()
    second = screen.ask()

    assert phone.scan(first).status_code == 410
    assert phone.sign_by(second).status_code == 200


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


def test_guessed_tokens_find_nothing_and_a_network_that_guesses_has_to_wait(
    town: Town, screen: Screen, phone: Phone
) -> None:
    content = screen.ask()
    guesser = Client(REMOTE_ADDR=ELSEWHERE)
    guesses = [guesser.get(f"/mobile/{n:043d}/mgovSign").status_code for n in range(MOST_MISSES + 2)]

    assert guesses == [404] * MOST_MISSES + [429] * 2
    waiting = Phone(pki.person("850916125478"), at=town.now, network=ELSEWHERE)
    assert waiting.scan(content).status_code == 429  # also with a token that exists
    assert phone.sign_by(content).status_code == 200  # who guesses holds up nobody else
    town.at("2015-09-14 10:10")
    assert guesser.get(f"/mobile/{1:043d}/mgovSign").status_code == 404
    remote_signing.sweep(at=town.now)
    assert RemoteMiss.objects.count() == 1


def test_too_many_codes_from_one_network_are_refused_with_a_sentence(person: Person) -> None:
    answers = [Client(HTTP_ACCEPT_LANGUAGE="en").post(BY_PHONE).status_code for _ in range(MOST_ASKED)]
    refused = Client(HTTP_ACCEPT_LANGUAGE="en").post(BY_PHONE)

    assert answers == [302] * MOST_ASKED
    assert refused.status_code == 422
    assert "No new code can be given now." in text_of(refused.content.decode())
    assert Client(REMOTE_ADDR=ELSEWHERE).post(BY_PHONE).status_code == 302


def test_another_session_sees_neither_code_nor_state(town: Town, screen: Screen, person: Person) -> None:
    screen.ask()
    pk = RemoteSigning.objects.get().pk
    other = town.browser_of(person)

    for browser in (other, Client()):
        assert browser.get(reverse("mobile:state", args=[pk])).status_code == 404
        assert browser.get(reverse("mobile:code", args=[pk])).status_code == 404
        assert browser.post(reverse("mobile:cancel", args=[pk])).status_code == 404
    assert screen.state["state"] == "waiting"
    assert 'data-code="' not in other.get(CHECK).content.decode()


def test_a_ticket_carried_into_another_session_opens_nothing(
    town: Town, screen: Screen, person: Person
) -> None:
    screen.ask()
    thief = Client()
    session = thief.session
    session["remote_signing"] = screen.browser.session["remote_signing"]
    session.save()

    assert thief.get(reverse("mobile:state", args=[RemoteSigning.objects.get().pk])).status_code == 404


def test_the_token_stands_in_no_row_and_the_document_only_while_it_may_be_signed(
    screen: Screen, phone: Phone
) -> None:
    content = screen.ask()
    token = content.split("/")[-2]
    kept = list(RemoteSigning.objects.values_list().get())

    assert not [
        value for value in kept if token in str(value) or token.encode() in bytes(str(value), "utf-8")
    ]
    assert not Event.objects.filter(facts__icontains=token).exists()
    phone.sign_by(content)
    assert RemoteSigning.objects.get().document is None


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


def test_the_sweep_ends_what_is_over_and_forgets_it_a_day_later(town: Town, screen: Screen) -> None:
    screen.ask()
    town.at("2015-09-14 10:11")
    remote_signing.sweep(at=town.now)
    ended = RemoteSigning.objects.get()
    town.at("2015-09-15 10:11")
    remote_signing.sweep(at=town.now)

    assert (ended.state, ended.document) == ("expired", None)
    assert not RemoteSigning.objects.exists()


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


def test_a_code_and_a_page_hold_nothing_of_the_person(screen: Screen, phone: Phone, person: Person) -> None:
    content = screen.ask()
    drawn = screen.browser.get(screen._address("code"))

    assert person.iin not in content
    assert drawn["Content-Type"] == "image/svg+xml"
    assert b"style" not in drawn.content
    phone.scan(content)
    assert person.iin not in json.dumps(phone.invitation)


def test_asking_each_second_costs_two_queries(screen: Screen, django_assert_num_queries: Any) -> None:
    screen.ask()
    address = screen._address("state")
    screen.browser.get(address)

    with django_assert_num_queries(2):
        screen.browser.get(address)


def test_the_page_with_a_code_costs_one_query_more(
    town: Town, screen: Screen, django_assert_max_num_queries: Any
) -> None:
    screen.browser.get(CHECK)
    with django_assert_max_num_queries(13) as before:
        screen.browser.get(CHECK)
    screen.ask()
    with django_assert_max_num_queries(14) as after:
        screen.browser.get(CHECK)

    assert len(after) - len(before) == 1


@pytest.mark.parametrize("signed", [b"", b"x" * 40])
def test_a_signature_from_the_page_still_works_while_a_code_is_shown(
    town: Town, screen: Screen, person: Person, signed: bytes
) -> None:
    screen.ask()
    document = document_on(screen.shown)
    cms = pki.person(person.iin).sign(document, at=town.now)

    assert screen.browser.post(CHECK, {"cms": b64encode(signed).decode()}).status_code == 422
    assert screen.browser.post(CHECK, {"cms": b64encode(cms).decode()}).status_code == 302


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


def test_a_signature_sent_twice_at_once_is_taken_once(astana: World) -> None:
    """On connections of their own, in a database to which everybody commits."""
    draft = filled_draft(astana)
    wish = Wish(
        purpose=Purpose.APPLICATION,
        document=document_of(draft),
        language="kk",
        subject=draft.pk,
        person=draft.person,
        office=astana.office,
    )
    ticket = remote_signing.start(wish, screen=Asking("s", HOME), at=MONDAY_TEN)
    cms = pki.person(draft.person.iin).sign(document_of(draft), at=MONDAY_TEN)

    def put(sent: bytes) -> str:
        try:
            remote_answer.take(ticket.token, sent, address=HOME, at=MONDAY_TEN)
        except NotOpen as closed:
            return str(closed.closed)
        except NotTaken as refused:
            return refused.key
        return "taken"

    answers = at_once(*[lambda: put(cms)] * 4, lambda: put(b"something else"))

    assert answers[:4] == ["taken"] * 4
    assert answers[4] != "taken"
    assert Application.objects.count() == Signature.objects.count() == 1
    assert Event.objects.filter(name="remote_signing.signed").count() == 1


def test_two_networks_at_once_are_never_both_served(astana: World) -> None:
    draft = filled_draft(astana)
    wish = Wish(
        purpose=Purpose.APPLICATION,
        document=document_of(draft),
        language="kk",
        subject=draft.pk,
        person=draft.person,
    )
    ticket = remote_signing.start(wish, screen=Asking("s", HOME), at=MONDAY_TEN)

    def show(address: str) -> bool:
        try:
            return bool(remote_signing.show(ticket.token, address=address, at=MONDAY_TEN))
        except NotOpen:
            return False

    served = at_once(*[lambda n=n: show(f"203.0.113.{n}") for n in range(4)])

    assert sorted(served) == [False, False, False, True]
    assert RemoteSigning.objects.get().ended_why == "other_address"


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "opened"},
        {"state": "signed"},
        {"state": "cancelled"},
        {"state": "expired"},
        {"ended_why": "person"},
        {"document": None},
        {"number": 47},
        {"person": None},
        {"taken_at": MONDAY_TEN},
        {"opened_at": MONDAY_TEN},
        {"result": UUID(int=1)},
    ],
)
def test_a_row_that_contradicts_itself_is_not_kept(screen: Screen, columns: dict[str, Any]) -> None:
    screen.ask()

    with pytest.raises(IntegrityError), transaction.atomic():
        RemoteSigning.objects.update(**columns)


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
