"""S42, R8.2-b, A30: a technical break of the portal, from its announcement to its end."""

import base64

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, Draft
from joldama.people.models import Staff
from joldama.schedule.models import TechnicalBreak
from joldama.standard.roles import Role
from tests.factories import pki, world
from tests.stories.town import Town, document_on, text_of, wall

GIVEN = {
    "starts_on": "03.10.2015",
    "starts_time": "22:00",
    "ends_on": "04.10.2015",
    "ends_time": "02:00",
    "kk": "Дерекқорды жаңарту",
    "ru": "Обновление базы данных",
    "en": "Update of the database",
}


@pytest.fixture
def administrator(town: Town) -> Staff:
    return Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл")


def announced(town: Town, administrator: Staff, **changes: str):
    return town.browser_of(administrator).post(reverse("desk:breaks"), {**GIVEN, **changes})


def test_s42_during_a_break_nothing_is_sent_and_the_draft_stays_until_after_it(
    town: Town, administrator: Staff
) -> None:
    town.at("2015-10-01 10:00")
    assert announced(town, administrator).status_code == 302
    person = world.applicant("citizen-card")

    town.at("2015-10-03 23:00")
    town.draft(person)
    refused = town.send(person)

    page = text_of(refused.content.decode())
    assert refused.status_code == 422
    assert "2015 ж. 4 қазан сағат 2:00-ге дейін" in page
    assert not Application.objects.exists()
    assert Draft.objects.get(person=person).sent_at is None

    town.at("2015-10-04 02:00")
    assert town.send(person).status_code == 200
    application = Application.objects.get()
    assert (wall(application.accepted_at), wall(application.due_at)) == (
        "2015-10-05 09:00:00",
        "2015-10-05 17:30:00",
    )


@pytest.mark.parametrize(("language", "end"), [("ru", "4 октября 2015 г."), ("en", "4 October 2015")])
def test_the_notice_gives_the_end_in_the_other_languages_too(
    town: Town, administrator: Staff, language: str, end: str
) -> None:
    town.at("2015-10-01 10:00")
    announced(town, administrator)
    person = world.applicant("citizen-card")
    town.at("2015-10-03 23:00")
    town.draft(person)
    browser = town.browser_of(person)
    browser.cookies["language"] = language
    document = document_on(browser.get(reverse("portal:check")).content.decode())

    cms = pki.person(person.iin).sign(document, at=town.now)
    refused = browser.post(reverse("portal:check"), {"cms": base64.b64encode(cms).decode()})

    assert refused.status_code == 422
    assert end in text_of(refused.content.decode())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_breaks_are_listed_for_everybody_with_their_reason(
    town: Town, administrator: Staff, language: str
) -> None:
    town.at("2015-10-01 10:00")
    announced(town, administrator)
    anybody = Client()
    anybody.cookies["language"] = language

    for name in ("portal:breaks", "portal:start"):
        assert GIVEN[language] in anybody.get(reverse(name)).content.decode()


def test_a_break_moves_nobodys_term(town: Town, administrator: Staff) -> None:
    town.at("2015-10-02 10:00")
    application = town.apply()
    due_at = application.due_at

    announced(town, administrator, starts_on="02.10.2015", ends_on="05.10.2015")

    application.refresh_from_db()
    assert application.due_at == due_at


def test_a_break_called_off_no_longer_stands_in_the_way(town: Town, administrator: Staff) -> None:
    town.at("2015-10-01 10:00")
    announced(town, administrator)
    planned = TechnicalBreak.objects.get()

    town.browser_of(administrator).post(reverse("desk:call-off-break", args=[planned.pk]))

    town.at("2015-10-03 23:00")
    assert town.apply().state == "SUBMITTED"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "03.10.2015", "ends_time": "21:00"}, "ends_on"),
        ({"starts_on": "01.09.2015", "ends_on": "02.09.2015"}, "ends_on"),
        ({"starts_time": "25:00"}, "starts_time"),
        ({"starts_on": "31.02.2015"}, "starts_on"),
        ({"en": ""}, "en"),
    ],
)
def test_a_break_that_makes_no_sense_is_not_entered_and_what_was_typed_stays(
    town: Town, administrator: Staff, changes: dict[str, str], field: str
) -> None:
    town.at("2015-10-01 10:00")

    response = announced(town, administrator, **changes)

    assert response.status_code == 422
    page = response.content.decode()
    assert f'href="#id_{field}"' in page
    assert GIVEN["kk"] in page
    assert not TechnicalBreak.objects.exists()


def test_only_an_administrator_enters_breaks(town: Town) -> None:
    town.at("2015-10-01 10:00")
    head = town.browser_of(town.office().head)

    assert head.get(reverse("desk:breaks")).status_code == 403
    assert head.post(reverse("desk:breaks"), GIVEN).status_code == 403
    assert not TechnicalBreak.objects.exists()
