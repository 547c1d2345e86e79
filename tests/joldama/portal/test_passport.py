"""The passport of the service: open to everybody, and made of what the rules are made of."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.world import World

from joldama.standard.editions import current
from joldama.standard.passport import passport
from joldama.standard.typography import unbound


def plain(page: str) -> str:
    return " ".join(unbound(re.sub(r"<[^>]+>", " ", page)).replace("\u202f", " ").split())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_passport_shows_its_ten_rows_in_order_to_anybody(
    client: Client, astana: World, language: str
) -> None:
    """RP.1-a, RP.1-b"""
    client.cookies["language"] = language
    rows = passport(current(), language).rows

    page = plain(client.get(reverse("portal:passport")).content.decode())

    places = [page.find(plain(row.label)) for row in rows]
    assert len(rows) == 10
    assert -1 not in places
    assert places == sorted(places)


def test_the_passport_as_data_says_what_the_rules_are_made_of(client: Client, astana: World) -> None:
    """RP.1-b"""
    data = client.get(reverse("portal:passport-json"), {"language": "kk"}).json()

    assert data == passport(current(), "kk").as_plain()
    assert (data["language"], data["official"]) == ("kk", True)
