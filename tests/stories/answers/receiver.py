"""The organisation a person was sent to: its browser, its letters, its keys."""

import base64
import re

from django.test import Client
from django.urls import reverse

from govkz.eds import Role
from joldama.cases.models import Application
from joldama.notices.ports import Letter
from joldama.referrals.models import Referral
from tests.factories import pki
from tests.factories.steps import FIELDS
from tests.stories.counter import Counter, said
from tests.stories.town import document_on

BIN = FIELDS["bin"]
DIRECTOR = "800101300019"
ACCEPTED = {"answer": "accepted", "start_on": "21.09.2015", "order": "14-ж, 18.09.2015"}
REJECTED = {"answer": "rejected", "reason": "Орын бос емес."}
NO_SHOW = {"answer": "no_show"}


def given_to_the_person(counter: Counter, **fields: str) -> Application:
    counter.town.at("2015-09-15 10:00")
    application = counter.register(document_valid_until="31.12.2030")
    counter.take(application)
    counter.draft(application, **fields)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    counter.town.work()
    counter.town.at("2015-09-18 11:00")
    return application


def stranger() -> Client:
    """A browser of the organisation; its pages are English."""
    browser = Client()
    browser.cookies["language"] = "en"
    return browser


def link_in(letter: Letter) -> str:
    found = re.search(r"http://localhost:8000(/answer/[0-9a-f-]{36}/)", letter.body)
    assert found, letter.body
    return found[1]


def code_in(letter: Letter) -> str:
    found = re.search(r"\b\d{4} \d{4}\b", letter.body)
    assert found, letter.body
    return found[0]


def another_than(code: str) -> str:
    return f"{(int(code.replace(' ', '')) + 1) % 10**8:08d}"


def on_the_paper() -> dict[str, str]:
    """What the holder reads off the paper."""
    referral = Referral.objects.get()
    return {"n": referral.number, "d": "15.09.2015", "c": referral.control_code}


def signed(counter: Counter, document: bytes, *, of: str = BIN, role: Role = Role.EMPLOYEE) -> dict[str, str]:
    key = pki.official(DIRECTOR, of, role=role)
    return {"cms": base64.b64encode(key.sign(document, at=counter.town.now)).decode()}


def to_sign(browser: Client, **answer: str) -> bytes:
    """Fill in the answer and give the document that its page asks to sign."""
    typed = {**on_the_paper(), **(answer or ACCEPTED), "way": "eds"}
    given = browser.post(reverse("organisation:answer"), typed)
    assert given.status_code == 302, said(given)
    return document_on(browser.get(given.url).content.decode())
