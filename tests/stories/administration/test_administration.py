"""The pages of the administration: who opens them, in which language, at which cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.journal.models import Event
from joldama.people.models import Account, SecondFactorReset, Staff
from joldama.standard.roles import Role
from tests.stories.administration.administrators import at, browser, typed_of
from tests.stories.town import Town


def test_nobody_else_opens_the_administration(town: Town, first: Staff) -> None:
    head = town.browser_of(town.office().head)
    specialist = town.office().specialist

    answers = [
        head.get(at("home")),
        head.get(at("staff")),
        head.post(at("change-post", specialist.pk), typed_of(specialist, role=Role.HEAD)),
        head.post(at("invite", first.pk)),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert Event.objects.count() == 0


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", ["home", "offices", "enter-office", "staff", "appoint", "resets"])
def test_the_pages_answer_in_every_language(town: Town, first: Staff, page: str, language: str) -> None:
    town.office()
    desk = town.browser_of(first)
    desk.cookies["language"] = language

    assert desk.get(at(page)).status_code == 200


def test_an_administrators_work_begins_here(town: Town, first: Staff) -> None:
    assert browser(town, first).get(reverse("desk:work")).url == at("home")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


@pytest.mark.parametrize("page", ["offices", "staff", "resets"])
def test_lists_cost_the_same_for_one_row_and_for_three(town: Town, first: Staff, page: str) -> None:
    desk = browser(town, first)

    def more(slug: str) -> None:
        specialist = town.office(slug).specialist
        account = Account.objects.create_user(slug, None, staff=specialist)
        SecondFactorReset.objects.create(account=account, asked_at=town.now, asked_by=first)

    more("astana")
    desk.get(at(page))  # the process learns its installation
    few = queries_of(desk, at(page))
    more("temirtau")
    more("akkol")

    assert queries_of(desk, at(page)) == few


def test_the_page_of_an_official_costs_the_same_however_much_was_done(town: Town, first: Staff) -> None:
    official = town.office().specialist
    Account.objects.create_user("specialist", None, staff=official)
    desk = browser(town, first)
    desk.post(at("invite", official.pk))
    few = queries_of(desk, at("official", official.pk))
    for _ in range(3):
        desk.post(at("invite", official.pk))

    assert queries_of(desk, at("official", official.pk)) == few


@pytest.mark.parametrize("page", ["official", "change-post", "leaving", "office", "change-place"])
def test_what_is_not_there_answers_like_a_missing_page(town: Town, first: Staff, page: str) -> None:
    assert browser(town, first).get(at(page, "6f6b8f6e-1a1b-4c1c-8d1d-1e1f2a2b2c2d")).status_code == 404
