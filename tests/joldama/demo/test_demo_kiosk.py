"""The demonstration's kiosks: one in each hall, which any browser may become; nowhere else."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import world

from joldama.demo.kiosks import remember_kiosks, secret_of
from joldama.demo.people import DemoPeople, demo_people
from joldama.installation.identity import installation
from joldama.installation.models import Installation
from joldama.reception.models import Kiosk, Ticket

TEN = datetime(2015, 9, 15, 4, 0, tzinfo=UTC)


@pytest.fixture
def halls(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hall of Astana, which has its kiosk."""
    world.demo_installation()
    world.office("astana")
    only = DemoPeople(offices=(demo_people().office("astana"),), staff=(), applicants=())
    monkeypatch.setattr("joldama.demo.kiosks.demo_people", lambda: only)
    remember_kiosks(at=TEN)


def test_a_second_start_adds_no_kiosk(halls: None) -> None:
    remember_kiosks(at=TEN)

    assert Kiosk.objects.count() == 1


def test_a_browser_becomes_the_kiosk_and_takes_a_ticket(halls: None) -> None:
    browser = Client()
    with time_machine.travel(TEN, tick=False):
        assert browser.post(reverse("demo:kiosk"), {"office": "astana"}).url == reverse("hall:kiosk")
        assert browser.get(reverse("hall:kiosk")).status_code == 200
        key = {"key": "6f6d2a8e-6c43-4a52-9a3e-0d3cf1b3a111"}
        assert browser.post(reverse("hall:kiosk-take"), key).status_code == 302

    assert Ticket.objects.get().kiosk == Kiosk.objects.get()


def test_of_an_office_that_is_none_a_browser_becomes_no_kiosk(halls: None) -> None:
    browser = Client()
    browser.post(reverse("demo:kiosk"), {"office": "nowhere"})

    assert browser.get(reverse("hall:kiosk")).status_code == 302


def test_a_real_installation_has_no_such_page(db: None) -> None:
    installation.cache_clear()
    Installation.objects.create(is_demo=False, created_at=TEN)
    try:
        answer = Client().post(reverse("demo:kiosk"), {"office": "astana"})
    finally:
        installation.cache_clear()

    assert answer.status_code == 404
    assert secret_of("astana") not in str(answer.cookies)
