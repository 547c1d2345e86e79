"""One referral of a kind at a time: a second waits until the first is closed, unless the setting allows it (§3.6)."""

import base64
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from joldama.cases.models import Application
from joldama.procedures import decide
from joldama.procedures.refusing import NotYet
from joldama.referrals.models import Referral
from tests.factories import pki, world
from tests.factories.steps import MONDAY_TEN, drafted, walked_in
from tests.stories.counter import Counter, said
from tests.stories.town import document_on

PATIENCE = 30


@pytest.fixture
def two(counter: Counter) -> tuple[Application, Application]:
    """Two cases of one person, drafted before either is signed."""
    counter.town.at("2015-09-15 10:00")
    first, second = counter.register(), counter.register()
    for application in (first, second):
        counter.take(application)
        counter.draft(application)
    return first, second


def pressed(counter: Counter, application: Application) -> Any:
    """The head signs what his page shows; give the page that answers."""
    browser, address = counter.head, reverse("desk:decision", args=[application.pk])
    document = document_on(browser.get(address).content.decode())
    cms = pki.official(counter.world.head.iin or "", counter.world.office.bin).sign(
        document, at=counter.town.now
    )
    return browser.post(address, {"cms": base64.b64encode(cms).decode()})


def test_what_was_drafted_side_by_side_is_not_signed_side_by_side(
    counter: Counter, two: tuple[Application, Application]
) -> None:
    first, second = two
    counter.sign(first)

    refused = pressed(counter, second)

    assert refused.status_code == 409
    assert Referral.objects.get().number in said(refused)
    second.refresh_from_db()
    assert (second.state, Referral.objects.count()) == ("IN_PROGRESS", 1)


def test_once_the_first_is_closed_the_second_is_signed(
    counter: Counter, two: tuple[Application, Application]
) -> None:
    first, second = two
    counter.sign(first)
    counter.town.work()
    counter.offer(first)
    counter.hand_over(first)
    slip = {"answer": "rejected", "answered_on": "15.09.2015", "reason": "Орын бос емес."}
    counter.specialist.post(reverse("desk:slip", args=[first.pk]), slip)

    assert pressed(counter, second).status_code == 302
    assert Referral.objects.count() == 2


def test_an_installation_may_allow_a_second(
    counter: Counter, two: tuple[Application, Application], settings: Any
) -> None:
    settings.JOLDAMA_SECOND_REFERRALS = True
    counter.sign(two[0])

    assert pressed(counter, two[1]).status_code == 302
    assert Referral.objects.count() == 2


def test_two_that_are_signed_at_once_give_one(database: str) -> None:
    world.demo_installation()
    world.trust_at(MONDAY_TEN)
    at_world = world.office("astana")
    barrier = Barrier(2)
    signing = []
    for _ in range(2):
        application = walked_in(at_world)
        drafted(at_world, application)
        rendered = decide.render(application, by=at_world.head, at=MONDAY_TEN)
        key = pki.official(at_world.head.iin or "", at_world.office.bin)
        signing.append((application.pk, key.sign(rendered.document or b"", at=MONDAY_TEN)))

    def one(case: Any, cms: bytes) -> str:
        try:
            application = Application.objects.select_related("office", "place", "person").get(pk=case)
            barrier.wait(PATIENCE)
            decide.sign(application, cms, by=at_world.head, at=MONDAY_TEN)
        except NotYet as waits:
            return waits.key
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(future.result(PATIENCE) for future in [pool.submit(one, *each) for each in signing])

    assert told == ["error.second_referral", "signed"]
    assert Referral.objects.count() == 1
