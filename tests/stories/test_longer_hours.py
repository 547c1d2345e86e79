"""R8.1-b: a place may be open longer than the hours of the standard, never shorter, and the public sees it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.people.models import Place, Staff
from joldama.standard.roles import Role
from tests.stories.counter import Counter, said
from tests.stories.town import wall


@pytest.fixture
def administrator(counter: Counter) -> Staff:
    return Staff.objects.create(role=Role.ADMINISTRATOR, surname="Қуанышев", given_name="Ерасыл")


def changed(counter: Counter, administrator: Staff, **typed: str) -> Any:
    """The administrator changes Astana's place; give the page that answers."""
    place = Place.objects.get(pk=counter.world.place.pk)
    browser = counter.town.browser_of(administrator)
    browser.cookies["language"] = "en"
    stands = {"kk": place.kk, "ru": place.ru, "en": place.en, "phones": "", "windows": "3", "is_main": "on"}
    address = reverse("administration:change-place", args=[place.pk])
    return browser.post(address, {**stands, "version": str(place.version), **typed})


def directory(language: str = "en") -> str:
    browser = Client()
    browser.cookies["language"] = language
    return said(browser.get(reverse("portal:offices")))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("kk", "Есігі 8:30-дан 18:30-ға дейін ашық"),
        ("ru", "Двери открыты с 8:30 до 18:30"),
        ("en", "The doors are open from 8:30 to 18:30"),
    ],
)
def test_a_place_that_is_open_longer_is_shown_so_and_reception_stays_that_of_the_standard(
    counter: Counter, administrator: Staff, language: str, told: str
) -> None:
    typed = {"opens_earlier": "08:30", "closes_later": "18:30", "works_through_lunch": "on"}
    assert changed(counter, administrator, **typed).status_code == 302

    assert told in directory(language)
    counter.town.at("2015-09-15 13:30")
    assert counter.show_document().status_code == 422
    counter.town.at("2015-09-15 12:50")
    assert wall(counter.register().due_at) == "2015-09-15 14:50:00"


@pytest.mark.parametrize(
    "typed", [{"opens_earlier": "09:01"}, {"closes_later": "17:29"}, {"opens_earlier": "9 o'clock"}]
)
def test_no_place_is_open_for_less_than_the_standard_has_it(
    counter: Counter, administrator: Staff, typed: dict[str, str]
) -> None:
    answer = changed(counter, administrator, **typed)

    assert answer.status_code == 422
    assert (
        next(iter(typed.values())) in answer.content.decode() or "9 o&#x27;clock" in answer.content.decode()
    )
    assert not Place.objects.get(pk=counter.world.place.pk).is_open_longer
    assert "The doors are open" not in directory()


def test_a_place_that_keeps_to_the_standard_says_nothing_more(counter: Counter) -> None:
    page = directory()

    assert "The doors are open" not in page
    assert "9:00" in page
    assert "17:30" in page
