"""Somebody with a phone before a page that asks for his signature."""

import pytest
from django.test import Client

from joldama.people.models import Person
from tests.factories import pki, world
from tests.stories.by_phone.screen import BY_PHONE, CHECK, CHECK_BY_PHONE, SIGN_IN, Screen
from tests.stories.phone import Phone
from tests.stories.town import Town


@pytest.fixture
def person(town: Town) -> Person:
    town.at("2015-09-14 10:00")
    return world.applicant("citizen-card")


@pytest.fixture
def screen(town: Town, person: Person) -> Screen:
    """The page on which the person checks and signs his application, in English."""
    town.draft(person)
    browser = town.browser_of(person)
    browser.cookies["language"] = "en"
    return Screen(browser, CHECK, CHECK_BY_PHONE)


@pytest.fixture
def door(person: Person) -> Screen:
    """The page on which nobody is signed in yet."""
    return Screen(Client(HTTP_ACCEPT_LANGUAGE="en"), SIGN_IN, BY_PHONE)


@pytest.fixture
def phone(town: Town, person: Person) -> Phone:
    return Phone(pki.person(person.iin), at=town.now)
