"""An administrator sees how far the journal is sealed and signed, and whether the sealer stands still."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.journal.sealing import seal, sign_checkpoint
from joldama.people.models import Staff
from joldama.standard.roles import Role
from joldama.vault import signing
from tests.factories import world
from tests.factories.journal import happened, sealed_journal, tamper
from tests.stories.town import Town, text_of

PAGE = reverse("administration:journal")


@pytest.fixture
def administrator(town: Town) -> Staff:
    town.at("2015-09-14 10:00")
    return Staff.objects.create(role=Role.ADMINISTRATOR, surname="Ахметов", given_name="Нұрлан")


def said(town: Town, staff: Staff, language: str = "en") -> str:
    browser = town.browser_of(staff)
    browser.cookies["language"] = language
    response = browser.get(PAGE)
    assert response.status_code == 200
    return text_of(response.content.decode())


def test_an_empty_journal_says_so(town: Town, administrator: Staff) -> None:
    page = said(town, administrator)

    assert "The journal holds nothing yet." in page
    assert "Nothing is signed yet." in page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("kk", "Бәрі мөрленіп, қол қойылған."),
        ("ru", "Все запечатано и подписано."),
        ("en", "Everything is sealed and signed."),
    ],
)
def test_the_last_checkpoint_is_shown(town: Town, administrator: Staff, language: str, told: str) -> None:
    sealed_journal()

    page = said(town, administrator, language)

    assert told in page
    assert signing.key_name() in page


def test_what_was_written_just_now_is_being_sealed(town: Town, administrator: Staff) -> None:
    sealed_journal()
    happened()
    assert "The last rows are being sealed." in said(town, administrator)

    seal()

    page = said(town, administrator)
    assert "The last rows are being sealed." in page
    assert "Batches not signed 1" in page


def test_a_sealer_that_stands_still_is_said_with_what_to_do(town: Town, administrator: Staff) -> None:
    sealed_journal()
    happened()
    tamper("UPDATE journal_unsealed SET since = since - interval '11 seconds'")

    page = said(town, administrator)

    assert "The journal is not being sealed." in page
    assert "See whether the worker process and the database run." in page
    assert "Events 1; the oldest:" in page


def test_batches_nobody_signs_are_said(town: Town, administrator: Staff) -> None:
    happened()
    seal()
    tamper("UPDATE journal_batch SET sealed_at = sealed_at - interval '61 seconds'")
    assert "The journal is not being sealed." in said(town, administrator)

    sign_checkpoint(after=timedelta(0))

    assert "Everything is sealed and signed." in said(town, administrator)


def test_the_page_asks_no_more_of_a_long_journal(town: Town, administrator: Staff) -> None:
    browser = town.browser_of(administrator)
    happened()
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as short:
        browser.get(PAGE)
    for _ in range(5):
        sealed_journal()
    happened()

    with CaptureQueriesContext(connection) as long:
        browser.get(PAGE)

    assert len(long) == len(short)


def test_only_administrators_see_it(town: Town, administrator: Staff) -> None:
    specialist = world.office("astana").specialist

    assert town.browser_of(specialist).get(PAGE).status_code == 403
