"""The code on a sealed referral is read off the paper: signed by us, and leading to what stands today (A33, R6.2-b)."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from joldama.cases.models import Application, SealedPaper
from joldama.referrals import code
from joldama.referrals.code import Finding
from joldama.referrals.models import Referral
from joldama.standard.kinds import ResultKind
from joldama.vault.code_key import read_published
from tests.pdf import codes_of, needs_poppler
from tests.stories.counter import Counter, said
from tests.stories.test_slips import ACCEPTED, slip

pytestmark = needs_poppler


@pytest.fixture
def issued(counter: Counter) -> Application:
    """A referral of 2015-09-15, sealed and handed over."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    return application


def scanned(application: Application) -> str:
    """The text of the one code that stands on all copies."""
    copies = list(SealedPaper.objects.filter(decision=application.decision_id))
    texts = {seen.text for copy in copies for seen in codes_of(bytes(copy.pdf), dpi=150)}
    assert (len(copies), len(texts)) == (2, 1)
    return texts.pop()


def judged(text: str) -> code.Read:
    """What somebody finds who has nothing but the published keys."""
    keys = read_published(Client().get("/verify/keys/").content)
    return code.read(text, origin=settings.JOLDAMA_ORIGIN, keys=keys)


def opened(text: str) -> str:
    """What a browser shows that opens the code: what stands behind # it keeps to itself."""
    address = text.removeprefix(settings.JOLDAMA_ORIGIN).partition("#")[0]
    return said(Client(headers={"accept-language": "en"}).get(address))


def test_the_code_on_each_copy_is_signed_and_leads_to_the_answer(issued: Application) -> None:
    text, referral = scanned(issued), Referral.objects.get()

    assert judged(text).coded == code.Coded(
        number=referral.number,
        issued_on=date(2015, 9, 15),
        control_code=referral.control_code,
        kind=ResultKind(referral.kind),
        valid_until_on=referral.valid_until_on,
        initials=issued.person.name.initials,
        last_digits=issued.person.iin[-4:],
    )
    assert "The referral is valid" in opened(text)
    for telling in (issued.person.iin, issued.person.name.surname, issued.person.name.given_name):
        assert telling not in text


def test_s27_that_a_referral_is_void_is_known_online_only(counter: Counter, issued: Application) -> None:
    """R6.2-b: what was signed stays signed; who asks online learns what became of it."""
    text = scanned(issued)

    counter.annul(issued, "Мамандық қате жазылған")

    assert judged(text).finding is Finding.GENUINE
    assert "The referral is void" in opened(text)


def test_what_was_accepted_is_over_after_its_last_day_for_whoever_holds_the_paper(
    counter: Counter, issued: Application
) -> None:
    """R6.2-b: the answer of an organisation makes no referral good for ever."""
    text = scanned(issued)
    counter.town.at("2015-09-21 09:00")
    slip(counter, issued, **ACCEPTED)
    assert Referral.objects.get().state == "ACCEPTED_BY_ORGANISATION"
    assert "The referral is valid" in opened(text)

    counter.town.at("2015-09-23 09:00")

    assert "The referral has expired" in opened(text)
