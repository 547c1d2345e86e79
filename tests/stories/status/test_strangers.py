"""S47, S62: no address tells a stranger anything of a case (R13.1-a, R14.1-a)."""

import re

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from joldama.cases.models import Application
from tests.stories.counter import CITIZEN
from tests.stories.town import Town


def test_no_address_tells_a_stranger_anything_of_a_case(town: Town) -> None:
    """S47, S62: R13.1-a, R14.1-a"""
    town.at("2015-09-14 10:00")
    application = town.apply()
    secrets = (application.number or "", application.reference, str(application.person_id))
    typed = {"number": "1", "iin": CITIZEN.iin, "n": application.number, "d": "2015-09-14", "c": "AAAAAAAA"}
    browser = Client()

    addresses = [path for path in every_address(get_resolver(), application) if not path.startswith("/demo/")]
    telling = []
    for address in addresses:
        for answer in (browser.get(address), browser.post(address, typed), browser.get(address, typed)):
            body = b"" if answer.streaming else answer.content
            shown = re.sub(r'value="[^"]*"', "", body.decode(errors="replace"))
            telling += [(address, word) for word in secrets if word in shown]

    assert len(addresses) > 40
    assert telling == []


def test_the_walk_of_addresses_would_see_a_page_that_tells(town: Town) -> None:
    town.at("2015-09-14 10:00")
    application = town.apply()
    browser = town.browser_of(application.person)

    told_there = [
        address
        for address in every_address(get_resolver(), application)
        if address.startswith("/applications/")
        and application.number in browser.get(address).content.decode()
    ]

    assert f"/applications/{application.pk}/" in told_there


def every_address(resolver: URLResolver, application: Application, before: str = "/") -> list[str]:
    """Give every address there is, ids filled in with those of a case."""
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += every_address(entry, application, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            route = re.sub(r"<uuid:\w+>", str(application.pk), str(entry.pattern))
            found.append(before + re.sub(r"<\w+:\w+>", "8", route))
    return found
