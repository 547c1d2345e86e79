"""How one appeals is told to anybody on the portal, and by the same text to whoever rings 1414 (S64)."""

import pytest
from django.test import Client
from django.urls import reverse

from joldama.people.models import Staff
from joldama.standard.editions import current
from joldama.standard.typography import unbound
from joldama.standard.words import LANGUAGES, say
from tests.factories import world
from tests.stories.counter import said
from tests.stories.town import Town


def page_for(browser: Client, name: str, language: str) -> str:
    browser.cookies["language"] = language
    return said(browser.get(reverse(name)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_appeal_and_1414_stand_on_the_portal_and_before_the_operator(
    town: Town, language: str
) -> None:
    """S64: R10.5-a"""
    town.at("2015-09-15 10:00")
    told = [say("appeal.order", language), say("appeal.phone", language)]
    told += [passage.kk for point in ("10", "11") for passage in current().of(point)]

    on_portal = page_for(Client(), "portal:appeal", language)
    at_1414 = page_for(town.browser_of(world.operator()), "helpdesk:appeal", language)

    for page in (on_portal, at_1414):
        places = [page.find(unbound(text)) for text in told]
        assert -1 not in places
        assert places == sorted(places)
    assert "1414" in say("appeal.phone", language)


@pytest.mark.parametrize("of", ["reference_service", "operator"])
def test_who_answers_by_telephone_begins_there_and_changes_nothing(town: Town, of: str) -> None:
    """R10.5-a"""
    town.at("2015-09-15 10:00")
    staff = world.operator() if of == "operator" else world.reference_service(town.office().place)
    browser = town.browser_of(staff)

    first = browser.get(reverse("desk:work"))

    assert (first.status_code, first.url) == (302, reverse("helpdesk:status"))
    assert f'href="{reverse("helpdesk:appeal")}"' in browser.get(first.url).content.decode()
    assert browser.get(reverse("helpdesk:appeal")).status_code == 200
    assert browser.post(reverse("helpdesk:appeal")).status_code == 405


def test_the_operators_page_is_for_nobody_else(town: Town) -> None:
    town.at("2015-09-15 10:00")
    office = town.office()
    others: list[Staff] = [office.specialist, office.head, office.deputy]

    answers = [town.browser_of(staff).get(reverse("helpdesk:appeal")).status_code for staff in others]
    stranger = Client().get(reverse("helpdesk:appeal"))
    person = town.browser_of(world.applicant()).get(reverse("helpdesk:appeal"))

    assert answers == [403, 403, 403]
    assert (stranger.status_code, stranger.url.partition("?")[0]) == (302, reverse("desk:sign-in"))
    assert person.status_code == 403
