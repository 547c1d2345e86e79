"""S28: a sole trader answers with his own key, which names his IIN and no BIN (§3.6)."""

import base64
from typing import Any

import pytest
from django.urls import reverse

from govkz.eds.pki import Identity
from joldama.cases.models import Application, Decision
from joldama.procedures import reply_signed
from joldama.referrals.models import Referral, Reply
from joldama.signatures.models import RemoteSigning
from tests.factories import openings, pki
from tests.stories.answers.receiver import BIN, DIRECTOR, given_to_the_person, stranger, to_sign
from tests.stories.answers.test_answer_by_phone import Screen
from tests.stories.counter import CITIZEN, Counter, said
from tests.stories.phone import Phone

IIN, ANOTHER = "850412100013", "790920100021"
ORGANISATION = "«Сейітов Б.» ЖК"
SIGN = reverse("organisation:sign")


@pytest.fixture
def sent(counter: Counter, messenger: Any) -> Application:
    """A referral to a trader in the person's hand; his number was typed as it stands in his document."""
    return given_to_the_person(counter, bin="8504 1210 0013", organisation=ORGANISATION)


def own() -> Identity:
    return pki.person(IIN, surname="Сейітов", name="Болат")


def test_s28_a_sole_trader_answers_with_his_own_key(counter: Counter, sent: Application) -> None:
    browser = stranger()
    document = to_sign(browser)
    page = browser.get(SIGN)
    assert "Sign with the own key of the sole trader" in said(page)
    assert "1.2.398.3.3.4.1.1" in page.content.decode()  # NCALayer offers the keys of natural persons
    assert (IIN.encode() in document, IIN in page.content.decode()) == (False, False)

    cms = base64.b64encode(own().sign(document, at=counter.town.now)).decode()
    given = browser.post(SIGN, {"cms": cms})

    assert given.status_code == 302
    reply, referral = Reply.objects.get(), Referral.objects.get()
    assert (referral.state, referral.slip_way) == ("ACCEPTED_BY_ORGANISATION", "eds")
    assert reply.signature is not None and reply.signature.status == "passed"
    receipt = browser.get(given.url)
    assert ("the organisation's EDS" in said(receipt), IIN in receipt.content.decode()) == (True, False)
    assert "СЕЙІТОВ БОЛАТ" in counter.case_page(sent)
    referral.decision.fields["bin"] = sent.person.iin
    assert reply_signed.number_of(referral) == ""


@pytest.mark.parametrize(
    ("key", "told"),
    [
        (lambda: pki.person(ANOTHER), "its IIN is not that of the sole trader"),
        (lambda: pki.person(CITIZEN.iin), "its IIN is not that of the sole trader"),
        (lambda: pki.official(DIRECTOR, BIN), "the referral names a sole trader"),
        (lambda: pki.official(IIN, BIN), "the referral names a sole trader"),
    ],
    ids=["another's own", "the person's own", "an organisation's", "his own as head of an organisation"],
)
def test_another_key_is_refused_in_the_browser_and_on_a_phone(
    counter: Counter, sent: Application, key: Any, told: str
) -> None:
    screen = Screen()
    cms = base64.b64encode(key().sign(screen.document, at=counter.town.now)).decode()
    in_browser = screen.browser.post(SIGN, {"cms": cms})
    content = screen.ask()
    on_phone = Phone(key(), at=counter.town.now).sign_by(content)

    assert (in_browser.status_code, told in said(in_browser)) == (422, True)
    assert (on_phone.status_code, told in on_phone.json()["messageEn"]) == (403, True)
    assert not Reply.objects.exists()
    assert Phone(own(), at=counter.town.now).sign_by(content).json() == []
    assert (Referral.objects.get().slip_way, RemoteSigning.objects.get().state) == ("eds", "signed")


def test_the_referral_of_an_organisation_is_not_answered_by_a_document_without_its_number(
    counter: Counter, handed_over: Application
) -> None:
    browser = stranger()
    document = to_sign(browser)
    bare = b"".join(line for line in document.splitlines(keepends=True) if b"<bin>" not in line)
    assert bare != document

    key = pki.official(DIRECTOR, BIN)
    cms = base64.b64encode(key.sign(bare, at=counter.town.now)).decode()

    assert browser.post(SIGN, {"cms": cms}).status_code == 422
    assert not Reply.objects.exists()


def test_what_is_not_known_of_his_key_waits_and_is_judged_as_his(counter: Counter, sent: Application) -> None:
    """A31: whether it was revoked becomes known later; until then the referral waits."""
    counter.town.passes_to("2015-09-22 16:00")
    counter.town.trusts_only("2015-09-10 10:00")
    browser = stranger()
    cms = own().sign(to_sign(browser), at=counter.town.now)
    browser.post(SIGN, {"cms": base64.b64encode(cms).decode()})
    assert Reply.objects.get().outcome == "waiting"

    counter.town.at("2015-09-23 09:05")
    counter.town.work()

    assert (Referral.objects.get().state, Reply.objects.get().outcome) == (
        "ACCEPTED_BY_ORGANISATION",
        "taken",
    )


def test_the_contact_of_a_trader_gets_the_letter_with_the_code(counter: Counter, messenger: Any) -> None:
    counter.town.at("2015-09-15 09:30")
    trader = openings.organisation(counter.world, number=IIN, name_kk=ORGANISATION)
    browser, page = counter.specialist, reverse("desk:confirm-contact", args=[trader.pk])
    browser.post(page, {"name": "Сейітов", "email": "s@zhk.example", "language": "kk", "is_asked": "on"})

    given_to_the_person(counter, bin=IIN, organisation=ORGANISATION)

    [letter] = messenger.carried
    assert (letter.address, IIN in letter.body) == ("s@zhk.example", False)


def test_nobody_is_sent_to_himself(counter: Counter) -> None:
    """Who answers with his own key would answer for himself."""
    counter.town.at("2015-09-15 10:00")
    case = counter.register(document_valid_until="31.12.2030")
    counter.take(case)

    refused = counter.draft(case, bin=CITIZEN.iin)

    assert (refused.status_code, "nobody is sent to himself" in said(refused)) == (409, True)
    assert not Decision.objects.exists()
