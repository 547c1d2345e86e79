"""S24, S25: who may get which kind is open to anyone, told before he applies and in his case (A14)."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, Draft
from joldama.cases.offers import KnownFact
from joldama.journal.models import Event
from joldama.standard.editions import current
from joldama.standard.eligibility import Fact, conditions, rule
from joldama.standard.kinds import ResultKind
from joldama.standard.words import LANGUAGES, say
from tests.factories import world
from tests.stories.counter import Counter, said
from tests.stories.town import Town

UNKNOWN = {fact.value: "unknown" for fact in Fact}


def stranger(language: str = "en") -> Client:
    browser = Client()
    browser.cookies["language"] = language
    return browser


def asked(**told: str) -> Any:
    return stranger().post(reverse("portal:may"), {**UNKNOWN, **told})


def listed(answer: Any) -> list[tuple[str, str]]:
    """Give number and standing of each kind in the order of the answer."""
    return [(str(one.kind), str(one.standing)) for one in answer.context["judged"]]


def applicant(town: Town, *, born_on: str | None = "1985-09-16") -> Any:
    """A person whose birth date the register has told before, in his browser."""
    person = world.applicant()
    person.born_on = born_on
    person.save()
    browser = town.browser_of(person)
    browser.cookies["language"] = "en"
    return person, browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_condition_stands_on_an_open_page_with_its_act_its_source_and_its_days(
    town: Town, language: str
) -> None:
    """S25: R9.1-d, A14"""
    town.at("2015-09-15 10:00")

    answer = stranger(language).get(reverse("portal:conditions"))

    page, text = answer.content.decode(), said(answer)
    on = date(2015, 9, 15)
    for declared in current().declared_kinds:
        assert f"{declared.number}. {say(declared.short_key, language)}" in text
        for one in rule(declared):
            assert say(one.text_key, language, **one.values) in text
            assert say(one.act.text_key, language) in text
            assert f'href="{one.source}"' in page
        assert conditions(declared, on=on) == () or declared.rule
    assert say("conditions.anyone", language) in text
    assert say("eligibility.no_papers", language) in text


def test_the_page_shows_the_conditions_of_any_day(town: Town) -> None:
    """S25: the figure of 2023 counts from its day."""
    town.at("2015-09-15 10:00")
    seen = {}
    for day in ("30.06.2023", "01.07.2023"):
        answer = stranger().get(reverse("portal:conditions"), {"on": day})
        kinds = {str(one["kind"]): one for one in answer.context["kinds"]}
        youth = kinds["YOUTH_PRACTICE"]
        seen[day] = (
            [one.most_age for one in youth["conditions"] if one.most_age],
            [one.most_age for one in youth["other_days"]],
        )

    assert seen == {"30.06.2023": ([29], [35]), "01.07.2023": ([35], [29])}
    assert stranger().get(reverse("portal:conditions"), {"on": "01.01.2001"}).status_code == 422


def test_who_asks_for_himself_is_told_why_and_why_not_what_is_open_first(town: Town) -> None:
    """S25: A14"""
    town.at("2015-09-15 10:00")

    answer = asked(born_on="15.09.1985", unemployed="yes", graduate="yes")

    assert listed(answer) == [
        ("JOB_PLACEMENT", "met"),
        ("PUBLIC_WORKS", "met"),
        ("CAREER_GUIDANCE", "met"),
        ("VOCATIONAL_TRAINING", "not_known"),
        ("SOCIAL_WORKPLACE", "not_known"),
        ("YOUTH_PRACTICE", "not_met"),
    ]
    text = said(answer)
    assert "not met has to be no older than 29 on the day of applying Law" in text
    assert "You may apply all the same" in text
    assert listed(asked(born_on="16.09.1985", unemployed="yes", graduate="yes"))[2] == (
        "YOUTH_PRACTICE",
        "met",
    )


def test_who_tells_nothing_is_refused_nothing(town: Town) -> None:
    """A39"""
    town.at("2015-09-15 10:00")

    for answer in (asked(), stranger().post(reverse("portal:may"), {})):
        assert {standing for _, standing in listed(answer)} == {"met", "not_known"}


def test_what_was_told_is_kept_nowhere(town: Town) -> None:
    """The answers are in no row, no address, no session and no cache."""
    town.at("2015-09-15 10:00")
    before = Event.objects.count()
    browser = stranger()

    answer = browser.post(reverse("portal:may"), {**UNKNOWN, "born_on": "15.09.1985", "unemployed": "yes"})

    assert (answer.status_code, Event.objects.count()) == (200, before)
    assert (KnownFact.objects.count(), Draft.objects.count()) == (0, 0)
    assert "no-store" in answer["Cache-Control"]
    assert "sessionid" not in browser.cookies
    asked_by_address = stranger().get(reverse("portal:may"), {"born_on": "15.09.1985"})
    assert 'name="born_on" value=' not in asked_by_address.content.decode()


@pytest.mark.parametrize(("typed", "key"), [("16.09.2015", "error.may.born"), ("x", "error.date_format")])
def test_a_birth_date_that_cannot_be_is_asked_anew_and_the_rest_stays(
    town: Town, typed: str, key: str
) -> None:
    town.at("2015-09-15 10:00")

    answer = asked(born_on=typed, unemployed="yes")

    assert answer.status_code == 422
    assert say(key, "en").split(" ‖ ")[0][:20] in said(answer)
    assert re.search(r'name="unemployed" value="yes"[^>]* checked', answer.content.decode())
    assert answer.context["judged"] == []


@pytest.mark.parametrize("page", ["portal:conditions", "portal:may"])
def test_no_page_of_conditions_takes_a_paper(town: Town, page: str) -> None:
    """S24: R9.1-d"""
    town.at("2015-09-15 10:00")

    answer = stranger().get(reverse(page))

    assert 'type="file"' not in answer.content.decode()
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', answer.content.decode()))
    assert names <= {"csrfmiddlewaretoken", "on", "born_on", "next", "language", *UNKNOWN}


def test_before_he_applies_each_kind_says_whom_it_is_for_and_what_is_not_so_of_him(town: Town) -> None:
    """S25: born on 15 September 1985 he is 30 today; the register told so before."""
    town.at("2015-09-15 10:00")
    _, browser = applicant(town, born_on="1985-09-15")

    text = said(browser.get(reverse("portal:step", args=["kind"])))

    assert "Conditions: has to be registered as unemployed." in text
    assert "Not met by the data at hand: has to be no older than 29 on the day of applying." in text
    _, other = applicant(town, born_on=None)
    assert "Not met" not in said(other.get(reverse("portal:step", args=["kind"])))


def test_a_kind_that_seems_closed_is_explained_and_what_is_open_stands_first(town: Town) -> None:
    """S25: A14; and he may send it all the same."""
    town.at("2015-09-15 10:00")
    person, browser = applicant(town, born_on="1985-09-15")
    town.draft(person, kind=ResultKind.YOUTH_PRACTICE)

    others = browser.get(reverse("portal:step", args=["others"]))
    check = browser.get(reverse("portal:check"))

    text = said(others)
    assert "By the data at hand you would not get this kind: referral to youth practice." in text
    assert "Tick the kinds that are open to you here: referral for job placement, rendering free" in text
    assert [value for value, _ in others.context["form"].fields["other_kinds"].choices] == [
        "JOB_PLACEMENT",
        "CAREER_GUIDANCE",
        "PUBLIC_WORKS",
        "VOCATIONAL_TRAINING",
        "SOCIAL_WORKPLACE",
    ]
    assert "You can add the kinds that are open to you" in said(check)
    town.send(person)
    assert Application.objects.get(person=person).kind == "YOUTH_PRACTICE"


def test_a_kind_that_is_open_or_not_known_is_asked_for_without_a_word(town: Town) -> None:
    town.at("2015-09-15 10:00")
    person, browser = applicant(town, born_on="1985-09-16")
    town.draft(person, kind=ResultKind.YOUTH_PRACTICE)

    others = browser.get(reverse("portal:step", args=["others"]))

    assert "you would not get" not in said(others)
    assert [value for value, _ in others.context["form"].fields["other_kinds"].choices] == [
        kind.value for kind in ResultKind if kind is not ResultKind.YOUTH_PRACTICE
    ]
    assert "you would not get" not in said(browser.get(reverse("portal:check")))


def test_what_an_office_knows_is_told_before_the_next_application_to_it(counter: Counter) -> None:
    """A39: of another office's knowledge nothing is said."""
    town = counter.town
    town.at("2015-09-15 10:00")
    person = world.applicant()
    application = town.apply(person, kind=ResultKind.PUBLIC_WORKS)
    counter.take(application)
    typed = {"fact": "unemployed", "holds": "no", "source": "Есеп журналы", "on": "14.09.2015"}
    counter.specialist.post(reverse("desk:fact", args=[application.pk]), typed)
    town.browser_of(person).post(reverse("portal:withdraw", args=[application.pk]))
    almaty = Counter(town, "almaty")
    told = []
    for office in ("astana", "almaty"):
        town.draft(person, office=office, kind=ResultKind.PUBLIC_WORKS)
        browser = town.browser_of(person)
        browser.cookies["language"] = "en"
        told.append("you would not get" in said(browser.get(reverse("portal:check"))))

    assert told == [True, False]
    assert almaty.world.office != counter.world.office


def test_in_his_case_he_reads_why_not_what_was_entered_of_him_and_what_is_open(counter: Counter) -> None:
    """S25: R9.1-d"""
    town = counter.town
    town.at("2015-09-15 10:00")
    application = town.apply(world.applicant(), kind=ResultKind.PUBLIC_WORKS)
    before = town.account_page(application, "en")
    counter.take(application)
    typed = {"fact": "unemployed", "holds": "no", "source": "Есеп журналы № 7", "on": "14.09.2015"}
    counter.specialist.post(reverse("desk:fact", args=[application.pk]), typed)

    text = town.account_page(application, "en")

    assert "Of one condition nothing is known." in before
    assert "This kind is not open to you: a condition is not met." in text
    assert "registered as unemployed: No Есеп журналы № 7, 14 September 2015" in text
    assert "Open to you: referral for job placement, rendering free services" in text
    assert "If the data are wrong, tell the specialist; no document is needed." in text


def test_at_the_desk_each_condition_names_its_source_and_since_when(counter: Counter) -> None:
    """S25"""
    counter.town.at("2015-09-15 10:00")
    application = counter.register(kind="YOUTH_PRACTICE")
    counter.take(application)

    page = counter.specialist.get(reverse("desk:eligibility", args=[application.pk]))

    for one in conditions(current().declared(ResultKind.YOUTH_PRACTICE), on=date(2015, 9, 15)):
        assert f'href="{one.source}"' in page.content.decode()
    assert "since 23 January 2001" in said(page)
