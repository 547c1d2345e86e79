"""The desk of an operator of 1414 or of a reference service: what is asked there and what it answers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.people.models import Staff
from joldama.standard.typography import unbound
from joldama.standard.words import parts
from tests.factories import world
from tests.stories.counter import said
from tests.stories.town import Town

ANOTHER_IIN = "850916102604"
"""Of another invented person."""


class Telephone:
    """An operator's desk: what one asks there, and what the page answers."""

    def __init__(self, town: Town, staff: Staff, language: str = "en") -> None:
        self.staff = staff
        self._town = town
        self._language = language

    @property
    def browser(self) -> Client:
        """The operator's browser; he signs in anew, since a session ends after some hours."""
        browser = self._town.browser_of(self.staff)
        browser.cookies["language"] = self._language
        return browser

    def ask(self, number: str, iin: str, **more: str) -> Any:
        return self.browser.post(reverse("helpdesk:status"), {"number": number, "iin": iin, **more})

    def hear(self, number: str, iin: str, **more: str) -> str:
        answer = self.ask(number, iin, **more)
        assert answer.status_code == 200, said(answer)
        return said(answer)


@pytest.fixture
def operator(town: Town) -> Telephone:
    """An operator of 1414 on the Monday of S30."""
    town.at("2015-09-14 10:00")
    return Telephone(town, world.operator())


def at_provider(town: Town, slug: str = "astana", language: str = "en") -> Telephone:
    return Telephone(town, world.reference_service(town.office(slug).place, slug), language)


def plain(text: str) -> str:
    return " ".join(unbound(text).split())


def not_found(language: str = "en") -> str:
    return " ".join(plain(part) for part in parts("error.status_not_found", language))
