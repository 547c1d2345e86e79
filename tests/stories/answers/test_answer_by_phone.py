"""S28: the organisation signs its answer on a phone with eGov Business, by the QR code of its page (§3.6, A37)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from govkz.eds import Role
from govkz.eds.pki import Identity, Organisation, Person
from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.referrals.models import Referral, Reply
from joldama.signatures.models import RemoteSigning, Signature
from tests.factories import pki
from tests.stories.answers.receiver import (
    ACCEPTED,
    BIN,
    DIRECTOR,
    NO_SHOW,
    on_the_paper,
    signed,
    stranger,
    to_sign,
)
from tests.stories.counter import Counter, said
from tests.stories.phone import ELSEWHERE, Phone, content_on

SIGN, BY_PHONE = reverse("organisation:sign"), reverse("organisation:sign-qr")


class Screen:
    """A browser of the organisation, before the answer it filled in."""

    def __init__(self, **answer: str) -> None:
        self.browser: Client = stranger()
        self.document = to_sign(self.browser, **answer)

    def ask(self) -> str:
        """Ask for a code; give what it holds."""
        asked = self.browser.post(BY_PHONE)
        assert (asked.status_code, asked.url) == (302, f"{SIGN}#qr"), said(asked)
        return content_on(self.shown)

    @property
    def shown(self) -> str:
        return self.browser.get(SIGN).content.decode()

    @property
    def said(self) -> str:
        return said(self.browser.get(SIGN))

    @property
    def state(self) -> str:
        last = RemoteSigning.objects.latest("made_at", "pk").pk
        return str(self.browser.get(reverse("mobile:state", args=[last])).json()["state"])

    def go_on(self) -> Any:
        return self.browser.post(BY_PHONE, {"go_on": "yes"})


@pytest.fixture
def screen(counter: Counter, handed_over: Application) -> Screen:
    return Screen()


@pytest.fixture
def phone(counter: Counter, handed_over: Application) -> Phone:
    """The phone of the director of the organisation the referral names."""
    return Phone(pki.official(DIRECTOR, BIN), at=counter.town.now)


def nothing_was_taken() -> bool:
    return not Reply.objects.exists() and not Signature.objects.filter(purpose="reply").exists()


def test_s28_an_answer_signed_on_a_phone(
    counter: Counter, screen: Screen, phone: Phone, handed_over: Application
) -> None:
    content = screen.ask()
    assert "https://m.egov.kz/businessSign/?link=" in screen.shown
    phone.scan(content)
    assert phone.invitation["organisation"]["bin"] == counter.world.office.bin
    phone.read()
    assert phone.document == screen.document
    assert phone.asked["documentsToSign"][0]["nameEn"] == "The organisation's answer"
    assert phone.send().json() == []

    assert screen.state == "signed"
    gone_on = screen.go_on()
    reply = Reply.objects.get()
    assert gone_on.url == reverse("organisation:given", args=[reply.pk])
    assert "the organisation's EDS" in said(screen.browser.get(gone_on.url))
    assert (Referral.objects.get().state, Referral.objects.get().slip_way) == (
        "ACCEPTED_BY_ORGANISATION",
        "eds",
    )
    assert reply.signature is not None
    assert (reply.signature.purpose, reply.signature.status) == ("reply", "passed")
    assert "СӘРСЕНОВ ҚАЙРАТ" in counter.case_page(handed_over)
    told = Event.objects.filter(name__startswith="remote_signing").values_list("name", "actor_kind", "actor")
    assert ("remote_signing.signed", "receiver", reply.pk) in list(told)


def test_whoever_opens_the_page_again_finds_the_receipt(screen: Screen, phone: Phone) -> None:
    """The browser lost sight of the code; a reload, and the button, lead to the same answer."""
    phone.sign_by(screen.ask())

    led = screen.browser.get(SIGN)

    assert led.url == reverse("organisation:given", args=[Reply.objects.get().pk])
    assert screen.go_on().status_code == 410


def test_whoever_goes_on_too_early_is_told_to_sign_first(screen: Screen) -> None:
    screen.ask()

    assert screen.go_on().status_code == 422
    assert nothing_was_taken()


def expired() -> Identity:
    return pki.authority().official(
        Person("Сәрсенов", "Қайрат", DIRECTOR),
        Organisation("«Жол» ЖШС", BIN),
        role=Role.HEAD,
        at=datetime(2014, 1, 1, tzinfo=UTC),
        until=datetime(2015, 9, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (lambda: pki.official(DIRECTOR, "990340000483"), "its BIN is not the one in the referral"),
        (lambda: pki.person(DIRECTOR), "the key of a natural person"),
        (expired, "expired"),
    ],
    ids=["another BIN", "a person's own", "expired"],
)
def test_another_key_is_refused_on_both_screens_and_the_right_one_still_signs(
    counter: Counter, screen: Screen, phone: Phone, key: Any, told: str
) -> None:
    content = screen.ask()
    wrong = Phone(key(), at=counter.town.now).sign_by(content)

    assert wrong.status_code == 403
    assert told in wrong.json()["messageEn"]
    assert told in screen.said
    assert nothing_was_taken()
    assert phone.sign_by(content).json() == []
    assert Reply.objects.count() == 1


def test_other_bytes_than_those_asked_for_are_refused(counter: Counter, screen: Screen, phone: Phone) -> None:
    """Another answer to the same referral, as it was shown in another browser."""
    other = Screen(**NO_SHOW)
    phone.scan(screen.ask())
    phone.read()

    for content in (other.document, screen.document + b" ", b"<sign-in/>"):
        assert phone.send(phone.sign(content)).status_code == 403
    assert nothing_was_taken()


def test_what_is_sent_twice_is_one_answer(screen: Screen, phone: Phone) -> None:
    phone.scan(screen.ask())
    phone.read()
    cms = phone.sign()

    assert [phone.send(cms).status_code for _ in range(2)] == [200, 200]
    assert Reply.objects.count() == 1


def test_of_two_browsers_the_first_answers_and_the_other_is_told(screen: Screen, phone: Phone) -> None:
    other = Screen(**NO_SHOW)
    second = other.ask()
    phone.sign_by(screen.ask())

    late = phone.sign_by(second)

    assert late.status_code == 410
    assert RemoteSigning.objects.get(subject=_subject(other)).ended_why == "changed"
    assert "The organisation has answered" in other.said
    assert "data-sign" not in other.shown
    assert Reply.objects.get().answer == "accepted"


def test_what_is_signed_on_the_page_is_not_signed_again_on_a_phone(
    counter: Counter, screen: Screen, phone: Phone
) -> None:
    phone.scan(screen.ask())
    phone.read()
    assert screen.browser.post(SIGN, signed(counter, screen.document)).status_code == 302

    assert phone.send().status_code == 410
    assert Reply.objects.count() == 1


def test_an_answer_that_is_filled_in_anew_takes_its_code_along(screen: Screen, phone: Phone) -> None:
    """Nobody signs on the phone what the screen does not show any more."""
    old = screen.ask()
    to_sign(screen.browser, **NO_SHOW)

    assert phone.scan(old).status_code == 410
    assert 'id="qr"' in screen.shown
    assert "data-code" not in screen.shown
    phone.sign_by(screen.ask())
    assert Reply.objects.get().answer == "no_show"


def test_a_code_lives_no_longer_than_its_document(counter: Counter, screen: Screen, phone: Phone) -> None:
    """The document is good for half an hour, a code for ten minutes of it."""
    made = counter.town.now
    counter.town.at_instant(made + timedelta(minutes=25))
    content = screen.ask()
    assert RemoteSigning.objects.get().expires_at == made + timedelta(minutes=30)

    counter.town.at_instant(made + timedelta(minutes=30))

    assert phone.scan(content).status_code == 410
    late = screen.browser.post(BY_PHONE)
    assert late.status_code == 422
    assert "within 30 minutes" in said(late)
    assert nothing_was_taken()


def test_another_network_and_another_session_get_nowhere(
    counter: Counter, screen: Screen, phone: Phone
) -> None:
    content = screen.ask()
    phone.scan(content)
    elsewhere = Phone(pki.official(DIRECTOR, BIN), at=counter.town.now, network=ELSEWHERE)
    state = reverse("mobile:state", args=[RemoteSigning.objects.get().pk])

    assert stranger().get(state).status_code == 404
    assert stranger().post(BY_PHONE).status_code == 410
    assert elsewhere.scan(content).status_code == 409
    assert phone.scan(content).status_code == 410
    assert nothing_was_taken()


def test_a_referral_that_takes_no_answer_any_more_gives_no_code(
    counter: Counter, screen: Screen, handed_over: Application
) -> None:
    counter.annul(handed_over, "Лауазым қате жазылған.")

    refused = screen.browser.post(BY_PHONE)

    assert refused.status_code == 422
    assert said(refused).count("The referral is void") == 1
    assert not RemoteSigning.objects.filter(purpose="reply").exists()


def test_nothing_but_a_post_asks_for_a_code(screen: Screen) -> None:
    """A scanner that opens the address, or asks for its head, changes nothing."""
    before = Event.objects.count()

    for method in (screen.browser.get, screen.browser.head):
        assert method(BY_PHONE).url == SIGN

    assert (RemoteSigning.objects.count(), Event.objects.count()) == (0, before)


def _subject(screen: Screen) -> str:
    return screen.document.split(b"<id>")[1].split(b"</id>")[0].decode()


def test_the_answer_that_is_signed_is_the_one_that_was_typed(screen: Screen, phone: Phone) -> None:
    phone.sign_by(screen.ask())

    slip = Referral.objects.get().slip
    assert (slip["order"], slip["start_on"]) == (ACCEPTED["order"], "2015-09-21")
    assert on_the_paper()["n"] in phone.document.decode()
