"""Where the service is given, for anybody: providers and their places by territory and by name (¶12, S47, S66)."""

import re
from datetime import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.demo.people import demo_people
from joldama.people import territories
from joldama.people.models import Place
from joldama.standard.editions import current
from joldama.standard.typography import unbound
from joldama.standard.words import LANGUAGES, say
from tests.factories import world
from tests.stories.chancery import Chancery
from tests.stories.complainant import Complainant
from tests.stories.counter import Counter, said
from tests.stories.town import Town

OFFICES = ("astana", "temirtau", "akkol", "aktau", "almaty")
TUESDAY = "2015-09-15 10:00"
SPELLINGS = {
    "temirtau": (
        "Теміртау",
        "Темиртау",
        "Temirtau",
        "temirtaý",
        "ТЕМІРТАУ қаласы",
        "Карагандинская",
        "Qarağandı",
    ),
    "aktau": ("Ақтау", "Актау", "Aqtau", "Aktau", "Маңғыстау", "Mangystau Region"),
    "akkol": ("Ақкөл", "Акколь", "Aqköl", "аккольский район", "Ақмола"),
}


@pytest.fixture
def country(town: Town) -> Town:
    """Every office of the scenarios, the classifier of territories loaded."""
    town.at(TUESDAY)
    territories.load()
    for slug in OFFICES:
        town.office(slug)
    return town


def found(page: str) -> list[str]:
    """Give the slugs of the offices a page shows, in its order."""
    known = {demo_people().office(slug).kk: slug for slug in OFFICES}
    return [known[name] for name in re.findall("|".join(map(re.escape, known)), page)]


def search(asked: str, language: str = "kk") -> str:
    browser = Client()
    browser.cookies["language"] = language
    return said(browser.get(reverse("portal:offices"), {"q": asked}))


def plain(text: str) -> str:
    return unbound(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_looks_for_temirtau_finds_address_hours_with_lunch_and_telephones(
    country: Town, language: str
) -> None:
    """S66: R12.1-a, R15.1-a"""
    shipped = demo_people().office("temirtau")
    name, address = getattr(shipped, language), getattr(shipped, f"address_{language}")

    page = search("Теміртау", language)

    reception, lunch, until = (
        say(f"portal.hours.{part}", language, **values)
        for part, values in (("reception", {}), ("lunch", {}), ("until", {"close": time(17, 30)}))
    )
    hours = f"{say('passport.8', language)} 9:00 {reception} 13:00 {lunch} 14:30 {until}"
    assert plain(f"{name} ") in page
    assert plain(f"{address} {hours} {shipped.phone}") in page
    assert [phone in page for phone in (*current().phones, current().contact_centre)] == [True] * 3


@pytest.mark.parametrize(
    ("slug", "asked"), [(slug, asked) for slug, spelt in SPELLINGS.items() for asked in spelt]
)
def test_a_place_is_found_in_kazakh_russian_and_latin_letters_and_by_its_oblast(
    country: Town, slug: str, asked: str
) -> None:
    """S66: R12.1-a"""
    assert found(search(asked)) == [slug]


def test_without_a_word_all_places_stand_by_region_and_an_unknown_one_leads_back(country: Town) -> None:
    """R12.1-a"""
    assert found(search("")) == ["akkol", "temirtau", "aktau", "astana", "almaty"]
    assert [name in search("") for name in ("Ақмола облысы", "Қарағанды облысы", "Маңғыстау облысы")] == [
        True,
        True,
        True,
    ]

    nowhere = search("Атлантида")

    assert found(nowhere) == []
    assert say("empty.search", "kk") in nowhere
    assert say("portal.offices.all", "kk") in nowhere


def test_a_second_place_of_an_office_stands_with_an_address_of_its_own(country: Town) -> None:
    """R12.1-a"""
    office = country.office("temirtau").office
    Place.objects.create(
        office=office,
        kk="Теміртау қаласы, Бейбітшілік даңғылы, 3",
        ru="город Темиртау, проспект Мира, 3",
        en="3 Mira Avenue, Temirtau",
        phones=["8 (7213) 00-00-99"],
        is_main=False,
    )

    page = search("Мира")

    assert found(page) == ["temirtau"]
    assert ["Бейбітшілік даңғылы, 3" in page, "8 (7213) 00-00-99" in page] == [True, True]
    assert found(search("Теміртау")) == ["temirtau", "temirtau"]


def test_the_list_costs_the_same_for_one_place_and_for_five(town: Town) -> None:
    town.at(TUESDAY)
    territories.load()
    town.office()
    browser = Client()
    browser.get(reverse("portal:offices"))

    with CaptureQueriesContext(connection) as for_one:
        browser.get(reverse("portal:offices"))
    for slug in OFFICES[1:]:
        town.office(slug)
    with CaptureQueriesContext(connection) as for_five:
        page = said(browser.get(reverse("portal:offices")))

    assert len(found(page)) == 5
    assert len(for_five) == len(for_one) <= 3


def test_complaints_go_to_the_addresses_of_the_directory(country: Town) -> None:
    """S66: R12.1-a (¶10, ¶12)"""
    for slug in ("astana", "astana-akimat", "quality"):
        Chancery(country, slug)
    addressed = {
        slug: demo_people().office(slug).address_en for slug in ("astana", "astana-akimat", "quality")
    }
    person = Complainant(country)

    directory = search("Astana", "en")
    person.write()
    form = said(person.browser.get(reverse("portal:complain-step", args=["addressee"])))
    complaint = person.send()
    receipt = said(person.browser.get(reverse("portal:complaint-receipt", args=[complaint.pk])))

    assert [address in directory for address in addressed.values()] == [True] * 3
    assert [address in form for address in addressed.values()] == [True] * 3
    assert addressed["astana"] in receipt
    assert directory.index(addressed["astana"]) < directory.index(say("portal.offices.chanceries", "en"))
    assert say("portal.offices.chanceries", "en") not in search("Темиртау", "en")


def test_who_signed_in_by_eds_sees_his_cases_results_complaints_and_the_service(counter: Counter) -> None:
    """S47: R13.1-a"""
    town = counter.town
    person = world.applicant()
    town.at("2015-09-15 10:00")
    application = town.apply(person, kind="JOB_PLACEMENT")
    town.work()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    town.work()
    Chancery(town)
    complainant = Complainant(town, person)
    complaint = complainant.send()

    browser = complainant.browser
    account = browser.get(reverse("portal:account"))
    case = browser.get(reverse("portal:case", args=[application.pk]))
    result = browser.get(reverse("portal:case-document", args=[application.pk]))

    text = account.content.decode()
    ways = [reverse("portal:case", args=[application.pk]), reverse("portal:complaint", args=[complaint.pk])]
    ways += [reverse(f"portal:{name}") for name in ("passport", "standard", "offices", "appeal")]
    assert [f'href="{way}"' in text for way in ways] == [True] * 6
    assert application.number is not None
    assert application.number in said(account)
    assert say("status.application.ISSUED", "en") in said(case)
    assert (result.status_code, result["Content-Type"]) == (200, "application/pdf")
    assert browser.get(ways[1]).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_eds_one_has_passport_addresses_and_1414_and_no_case(country: Town, language: str) -> None:
    """S47: R13.1-a"""
    application = country.apply(world.applicant())
    browser = Client()
    browser.cookies["language"] = language

    pages = {name: browser.get(reverse(f"portal:{name}")) for name in ("start", "passport", "offices")}
    closed = [
        browser.get(reverse("portal:account")),
        browser.get(reverse("portal:case", args=[application.pk])),
        browser.get(reverse("portal:receipt", args=[application.pk])),
    ]

    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    assert [current().contact_centre in page.content.decode() for page in pages.values()] == [True] * 3
    assert [application.number in page.content.decode() for page in pages.values()] == [False] * 3
    assert [(page.status_code, page.url.partition("?")[0]) for page in closed] == [
        (302, reverse("portal:sign-in"))
    ] * 3


def test_the_passport_as_data_may_be_kept_by_anybody_and_names_nobody(country: Town) -> None:
    """RP.1-b"""
    person = world.applicant()
    stranger, signed_in = Client(), country.browser_of(person)
    address = reverse("portal:passport-json")

    answers = [browser.get(address, {"language": "ru"}) for browser in (stranger, signed_in)]

    assert answers[0].content == answers[1].content
    assert {answer["Cache-Control"] for answer in answers} == {"public, max-age=300"}
    assert [answer.cookies.output() for answer in answers] == ["", ""]
    assert "Cookie" in stranger.get(address)["Vary"]
