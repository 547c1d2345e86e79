"""S28: the organisation answers without an account, signed with its own EDS (§3.6)."""

import base64
from datetime import timedelta

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.referrals.models import Referral, Reply
from tests.factories import pki
from tests.stories.answers.receiver import (
    signed,
    stranger,
    to_sign,
)
from tests.stories.counter import Counter, said


def test_s28_an_answer_signed_for_the_organisation(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)

    given = browser.post(reverse("organisation:sign"), signed(counter, document))

    assert given.status_code == 302
    assert "the organisation's EDS" in said(browser.get(given.url))
    referral = Referral.objects.get()
    assert (referral.state, referral.slip_way) == ("ACCEPTED_BY_ORGANISATION", "eds")
    reply = Reply.objects.get()
    assert reply.signature is not None
    assert (reply.signature.purpose, reply.signature.status) == ("reply", "passed")
    assert "ұйымның ЭЦҚ-сы" in counter.town.account_page(handed_over, "kk")
    assert "СӘРСЕНОВ ҚАЙРАТ" in counter.case_page(handed_over)


def test_the_key_of_another_organisation_is_refused(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)

    refused = browser.post(reverse("organisation:sign"), signed(counter, document, of="990340000483"))

    assert refused.status_code == 422
    assert "its BIN is not the one in the referral" in said(refused)
    assert (Referral.objects.get().state, Reply.objects.count()) == ("HANDED_OVER", 0)


def test_the_key_of_a_natural_person_is_refused(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)
    cms = pki.person(handed_over.person.iin).sign(document, at=counter.town.now)

    refused = browser.post(reverse("organisation:sign"), {"cms": base64.b64encode(cms).decode()})

    assert refused.status_code == 422
    assert "natural person" in said(refused)
    assert Reply.objects.count() == 0


def test_a_changed_document_and_one_of_another_purpose_are_refused(
    counter: Counter, handed_over: Application
) -> None:
    browser = stranger()
    document = to_sign(browser)
    number = Referral.objects.get().number.encode()
    another = number[:-1] + (b"9" if number[-1:] != b"9" else b"8")
    for content in (document.replace(number, another), document + b" ", b"<sign-in/>"):
        refused = browser.post(reverse("organisation:sign"), signed(counter, content))
        assert refused.status_code == 422
    assert (Referral.objects.get().state, Reply.objects.count()) == ("HANDED_OVER", 0)


@pytest.mark.parametrize(("minutes", "status"), [(30, 302), (31, 422)])
def test_a_document_is_good_for_half_an_hour(
    counter: Counter, handed_over: Application, minutes: int, status: int
) -> None:
    browser = stranger()
    document = to_sign(browser)
    counter.town.at_instant(counter.town.now + timedelta(minutes=minutes))

    assert browser.post(reverse("organisation:sign"), signed(counter, document)).status_code == status


def test_the_same_signature_twice_is_one_answer(counter: Counter, handed_over: Application) -> None:
    browser = stranger()
    document = to_sign(browser)
    handed_in = signed(counter, document)
    session = dict(browser.session)
    first = browser.post(reverse("organisation:sign"), handed_in)
    again = browser.session
    again.update(session)
    again.save()

    second = browser.post(reverse("organisation:sign"), handed_in)

    assert second.url == first.url
    assert Reply.objects.count() == 1


def test_who_lost_the_session_is_told_to_begin_again(counter: Counter, handed_over: Application) -> None:
    document = to_sign(stranger())

    lost = stranger().post(reverse("organisation:sign"), signed(counter, document))

    assert lost.status_code == 410
    assert "Fill in the answer again" in said(lost)


def test_what_is_not_known_of_a_key_waits_and_keeps_the_referral_from_expiring(
    counter: Counter, handed_over: Application
) -> None:
    """A31: the answer came on the last day; whether its key was revoked becomes known the day after."""
    counter.town.passes_to("2015-09-22 16:00")
    counter.town.trusts_only("2015-09-10 10:00")
    browser = stranger()
    document = to_sign(browser)
    given = browser.post(reverse("organisation:sign"), signed(counter, document))
    assert "its signature is being checked" in said(browser.get(given.url))
    assert Referral.objects.get().state == "HANDED_OVER"

    counter.town.passes_to("2015-09-23 09:00")
    counter.town.sweep()
    assert Referral.objects.get().state == "HANDED_OVER"
    counter.town.at("2015-09-23 09:05")
    counter.town.work()

    referral = Referral.objects.get()
    assert (referral.state, Reply.objects.get().outcome) == ("ACCEPTED_BY_ORGANISATION", "taken")
