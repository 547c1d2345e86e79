"""What anybody is told of the service, by pages and papers: the standard, its developer, telephones, no fee."""

import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from joldama.standard.editions import current
from joldama.standard.passport import passport
from joldama.standard.roles import Party, Role
from joldama.standard.typography import unbound
from joldama.standard.words import LANGUAGES, say
from tests.stories.town import Town, text_of

INFORMATION = ("start", "passport", "standard", "offices", "appeal")
PAYING = re.compile(r"fee|tariff|price|invoice|payment|paid|cost|charge", re.IGNORECASE)


def page_of(name: str, language: str, **arguments: str) -> str:
    browser = Client()
    browser.cookies["language"] = language
    return text_of(browser.get(reverse(f"portal:{name}", kwargs=arguments)).content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standard_is_shown_with_its_title_order_day_annex_and_developer(
    town: Town, language: str
) -> None:
    """R0.1-a, R1.1-a, R2.1-a"""
    town.at("2015-09-15 10:00")

    page = page_of("standard", language)

    told = [say(key, language) for key in (current().title_key, current().reference_key, "service.developer")]
    missing = [text for text in told if unbound(text) not in page]
    assert missing == []
    assert (current().order, current().annex, current().dated.isoformat()) == ("279", 28, "2015-04-28")


def test_the_service_has_one_code_whatever_the_language(town: Town) -> None:
    """R1.1-a"""
    town.at("2015-09-15 10:00")
    browser = Client()

    codes = {
        browser.get(reverse("portal:passport-json"), {"language": language}).json()["service"]
        for language in LANGUAGES
    }

    assert codes == {"EMPLOYMENT_REFERRALS"}
    assert len({say(current().title_key, language) for language in LANGUAGES}) == len(LANGUAGES)


def test_the_developer_of_the_standard_has_no_role_in_a_case() -> None:
    """R2.1-a"""
    assert set(Party) - set(Role) == {"recipient", "organisation", "kiosk", "system"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", INFORMATION)
def test_both_telephones_of_the_reference_services_stand_with_the_service_information(
    town: Town, name: str, language: str
) -> None:
    """R15.1-a"""
    town.at("2015-09-15 10:00")
    town.office()

    page = page_of(name, language)

    assert [phone in page for phone in current().phones] == [True, True]


def test_nobody_can_be_asked_to_pay_there_is_no_page_and_no_column_for_it() -> None:
    """R7.1-b"""
    columns = [
        f"{model.__name__}.{field.name}" for model in apps.get_models() for field in model._meta.fields
    ]
    names = [*columns, *addresses(get_resolver())]

    assert len(names) > len(INFORMATION)
    assert [name for name in names if PAYING.search(name)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_of_the_passport_are_the_standards_own_words(language: str) -> None:
    """RP.1-c"""
    rows = passport(current(), language).rows

    quoted = {
        row.paragraph: [line.text for line in row.lines] for row in rows if row.paragraph in {"4", "8", "9"}
    }
    assert quoted == {
        paragraph: [passage.body(language) for passage in current().of(paragraph)] for paragraph in quoted
    }
    assert set(quoted) == {"4", "8", "9"}


def addresses(resolver: URLResolver) -> list[str]:
    """Give the name and the route of every address."""
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += addresses(entry)
        elif isinstance(entry, URLPattern):
            found += [str(entry.name), str(entry.pattern)]
    return found
