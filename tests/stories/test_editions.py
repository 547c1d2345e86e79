"""The standard changes on 1 January 2016: old cases keep the edition of their day, new ones follow the new (S67).

The second edition is invented (tests.factories.editions): two business days on the portal, 20 minutes and 18:00
at the counter, five kinds that last, ask and are named otherwise, another telephone. It is files and nothing else.
"""

import base64
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.demo.people import demo_people
from joldama.procedures.reckoning import edition_of
from joldama.standard.editions import EDITIONS, BrokenOrder, Edition, current, edition, read_editions
from joldama.standard.eligibility import conditions
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.passport import passport
from joldama.standard.typography import unbound
from joldama.standard.words import LANGUAGES, say
from tests.factories import pki, world
from tests.factories.editions import CHANGED_ON, GONE, LAST_DAY, PHONE, change_the_standard
from tests.factories.steps import ALTHOUGH, FIELDS
from tests.pdf import needs_poppler
from tests.pdf import text_of as printed
from tests.stories.counter import CITIZEN, Counter, said
from tests.stories.town import Town, document_on, wall

OLD = EDITIONS[0].id


@pytest.fixture
def changed(town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Edition:
    """The standard as it reads from 1 January 2016."""
    return change_the_standard(monkeypatch, tmp_path)


def deadline(application: Application) -> tuple[str, str, str]:
    """Give edition, acceptance and due moment as they were written down."""
    latest = application.deadlines.latest("id")
    return latest.edition, wall(latest.accepted_at), wall(latest.due_at)


def plain(text: str) -> str:
    return " ".join(unbound(text).split())


def page(name: str, language: str = "en", *arguments: str, **asked: str) -> str:
    browser = Client()
    browser.cookies["language"] = language
    return said(browser.get(reverse(f"portal:{name}", args=arguments), asked))


def test_portal_terms_follow_the_edition_of_the_day_on_which_the_application_came(
    town: Town, changed: Edition
) -> None:
    """S67: R0.1-a, R4.1-b"""
    town.at("2015-12-30 10:00")
    old = town.apply()
    town.at("2015-12-31 20:00")
    between = town.apply(kind="JOB_PLACEMENT")
    town.at("2016-01-05 10:00")
    new = town.apply(kind="YOUTH_PRACTICE")

    assert [deadline(case) for case in (old, between, new)] == [
        (OLD, "2015-12-30 10:00:00", "2015-12-31 17:30:00"),
        (OLD, "2016-01-05 09:00:00", "2016-01-05 17:30:00"),
        (changed.id, "2016-01-05 10:00:00", "2016-01-08 18:00:00"),
    ]
    assert [edition_of(case).id for case in (old, between, new)] == [OLD, OLD, changed.id]


def test_an_old_case_decided_later_keeps_its_edition_in_decision_referral_and_paper(
    counter: Counter, changed: Edition
) -> None:
    """S67: R0.1-a"""
    town = counter.town
    town.at("2015-12-31 17:20")
    old = counter.register(kind=GONE.value)
    town.work()
    town.at("2016-01-05 09:05")
    new = counter.register(demo_people().applicant("citizen-passport"), kind="JOB_PLACEMENT")
    town.work()
    for case in (old, new):
        counter.take(case)
        counter.draft(case)
        counter.sign(case)

    decisions = Decision.objects.order_by("application__registered_at")
    papers = [decision.document.decode() for decision in decisions]
    assert [decision.edition for decision in decisions] == [OLD, changed.id]
    assert [f"{name}</" in paper for name, paper in zip((OLD, changed.id), papers, strict=True)] == [
        True,
        True,
    ]
    assert [decision.referral.valid_until_on.isoformat() for decision in decisions] == [
        "2016-01-13",
        "2016-01-20",
    ]
    assert [deadline(case) for case in (old, new)] == [
        (OLD, "2015-12-31 17:20:00", "2016-01-05 09:20:00"),
        (changed.id, "2016-01-05 09:05:00", "2016-01-05 09:25:00"),
    ]


def test_the_counter_keeps_the_hours_of_the_day(counter: Counter, changed: Edition) -> None:
    """S67: R8.1-a, R8.1-b"""
    counter.town.at("2015-12-30 17:45")
    closed = counter.show_document()
    counter.town.at("2016-01-05 17:45")
    opened = counter.show_document()

    assert (closed.status_code, opened.status_code) == (422, 302)
    assert "from 9:00 to 17:30, lunch break from 13:00 to 14:30" in said(closed)


def test_a_kind_that_is_gone_is_not_offered_and_a_draft_of_before_is_asked_anew(
    town: Town, changed: Edition
) -> None:
    """S67: R6.1-a"""
    person = world.applicant()
    town.at("2015-12-31 17:00")
    town.draft(person, kind=GONE)
    browser = town.browser_of(person)
    ready = browser.get(reverse("portal:check"))
    town.at("2016-01-01 10:00")

    browser = town.browser_of(person)
    asked_again = browser.get(reverse("portal:check"))
    cms = pki.person(person.iin).sign(document_on(ready.content.decode()), at=town.now)
    sent = browser.post(reverse("portal:check"), {"cms": base64.b64encode(cms).decode()})
    answered = town.browser_of(person).post(reverse("portal:step", args=["kind"]), {"kind": GONE.value})
    offered = town.browser_of(person).get(reverse("portal:step", args=["kind"])).content.decode()

    assert ready.status_code == 200
    assert [(each.status_code, each.url) for each in (asked_again, sent)] == [
        (302, reverse("portal:step", args=["kind"]))
    ] * 2
    assert Application.objects.count() == 0
    assert answered.status_code == 422
    assert [f'value="{kind}"' in offered for kind in EDITIONS[0].kinds] == [
        kind is not GONE for kind in EDITIONS[0].kinds
    ]


def test_at_the_counter_a_kind_that_is_gone_cannot_be_registered(counter: Counter, changed: Edition) -> None:
    """S67: R6.1-a"""
    counter.town.at("2015-12-30 10:00")
    before = counter.show_document(kind=GONE.value)
    counter.town.at("2016-01-05 10:00")
    after = counter.show_document(kind=GONE.value)

    assert (before.status_code, after.status_code) == (302, 422)
    assert Application.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_passport_standard_and_paragraph_are_shown_as_of_a_day(
    town: Town, changed: Edition, language: str
) -> None:
    """S67: RP.1-a, R0.1-a"""
    town.at("2016-01-05 10:00")
    old_text, new_text = (plain(each.of("4.1")[0].text(language)) for each in (edition(OLD), changed))
    of_the_day = {"on": "31.12.2015"}

    today = [page("passport", language), page("standard", language), page("paragraph", language, "4.1")]
    before = [
        page("passport", language, **of_the_day),
        page("standard", language, **of_the_day),
        page("paragraph", language, "4.1", **of_the_day),
    ]

    assert [(new_text in shown, old_text in shown) for shown in today] == [(True, False)] * 3
    assert [(new_text in shown, old_text in shown) for shown in before] == [(False, True)] * 3
    not_now = plain(say("portal.edition.not_now", language))
    assert [not_now in shown for shown in (*today, *before)] == [False] * 3 + [True] * 3
    assert [PHONE in shown for shown in today] == [True] * 3


def test_the_passport_as_data_says_from_when_it_is_in_force(town: Town, changed: Edition) -> None:
    """S67: RP.1-b"""
    town.at("2016-01-05 10:00")
    address = reverse("portal:passport-json")
    browser = Client()

    now = browser.get(address, {"language": "kk"}).json()
    then = browser.get(address, {"language": "kk", "on": LAST_DAY.isoformat()}).json()

    assert now == passport(changed, "kk").as_plain()
    assert [(one["edition"], one["in_force_from"], one["in_force_until"]) for one in (then, now)] == [
        (OLD, "2015-04-28", "2015-12-31"),
        (changed.id, "2016-01-01", None),
    ]
    assert browser.get(address, {"on": "27.04.2015"}).status_code == 404


@pytest.mark.parametrize(("asked", "key"), [("27.04.2015", "error.no_edition"), ("x", "error.date_format")])
def test_a_day_without_an_edition_is_told_and_todays_stays(town: Town, asked: str, key: str) -> None:
    town.at("2015-09-15 10:00")
    browser = Client()
    browser.cookies["language"] = "en"

    answer = browser.get(reverse("portal:standard"), {"on": asked})

    told = say(key, "en", from_on=current().in_force_from) if key == "error.no_edition" else say(key, "en")
    assert answer.status_code == 422
    assert plain(told.split("‖")[0]) in said(answer)
    assert plain(current().of("15")[0].text("en")) in said(answer)
    assert f'value="{asked}"' in answer.content.decode()


def test_the_person_finds_the_standard_of_his_case_from_its_page(town: Town, changed: Edition) -> None:
    """S67: R13.1-a"""
    town.at("2015-12-30 10:00")
    application = town.apply()
    town.at("2016-01-05 10:00")
    browser = town.browser_of(application.person)

    case = browser.get(reverse("portal:case", args=[application.pk])).content.decode()

    address = f"{reverse('portal:standard')}?on=2015-12-30"
    assert f'href="{address}"' in case
    assert plain(edition(OLD).of("4.1")[0].kk) in said(browser.get(address))
    assert CITIZEN.iin not in address


def drafted(counter: Counter, application: Application, **typed: str) -> Any:
    """Draft public works with what the counter types, and what is typed besides."""
    fields = {str(name): text for name, text in FIELDS.items()}
    return counter.specialist.post(
        reverse("desk:draft", args=[application.pk]),
        {"kind": "PUBLIC_WORKS", "although": ALTHOUGH, **fields, **typed},
    )


def one_of_each_edition(counter: Counter) -> tuple[Application, Application]:
    """Two people want public works, one on the last day of the old edition, one under the new."""
    counter.town.at("2015-12-31 17:20")
    old = counter.register(kind="PUBLIC_WORKS")
    counter.town.at("2016-01-05 09:05")
    new = counter.register(demo_people().applicant("citizen-passport"), kind="PUBLIC_WORKS")
    counter.town.work()
    for case in (old, new):
        counter.take(case)
    return old, new


def test_a_kind_asks_for_what_the_edition_of_the_case_asks(counter: Counter, changed: Edition) -> None:
    """S67: R6.1-e; the wage may be left out under the old edition and not under the new."""
    old, new = one_of_each_edition(counter)

    without = [drafted(counter, case) for case in (old, new)]
    whole = drafted(counter, new, wage="120 000 теңге")

    assert [answer.status_code for answer in (*without, whole)] == [302, 422, 302]
    assert list(without[1].context["form"].errors) == ["wage"]


@needs_poppler
def test_a_kind_is_named_on_screen_and_paper_as_the_edition_of_the_case_names_it(
    counter: Counter, changed: Edition
) -> None:
    """S67: R6.1-a, R6.2-a"""
    cases = one_of_each_edition(counter)
    screens = [counter.case_page(case) for case in cases]
    for case in cases:
        drafted(counter, case, wage="120 000 теңге")
        counter.sign(case)
    counter.town.work()
    papers = [printed(counter.paper(case)) for case in cases]
    accounts = [counter.town.account_page(case, "kk") for case in cases]

    names = ("Public works", "Paid works")
    assert [[name in text for name in names] for text in screens] == [[True, False], [False, True]]
    titles = ("Қоғамдық жұмыстарға жолдама", "Ақылы қоғамдық жұмыстарға жолдама")
    for found in (papers, accounts):
        assert [[title in text for title in titles] for text in found] == [[True, False], [False, True]]


def test_training_is_for_what_the_edition_of_the_day_has(town: Town, changed: Edition) -> None:
    """S67: R6.1-c"""
    person = world.applicant()
    sorts = ("training", "retraining", "advanced")
    seen = []
    for day in ("2015-12-31 17:00", "2016-01-05 10:00"):
        town.at(day)
        town.draft(person, kind=ResultKind.VOCATIONAL_TRAINING)
        page = town.browser_of(person).get(reverse("portal:step", args=["training"])).content.decode()
        seen.append([f'value="{sort}"' in page for sort in sorts])

    assert seen == [[True, True, True], [True, True, False]]


def test_what_training_was_asked_for_is_asked_anew_where_it_is_gone(town: Town, changed: Edition) -> None:
    """S67: R6.1-c; a page that was open over the change sends nothing."""
    person = world.applicant()
    town.at("2015-12-31 17:00")
    town.draft(person, kind=ResultKind.VOCATIONAL_TRAINING, training_kind=TrainingKind.ADVANCED)
    assert town.browser_of(person).get(reverse("portal:check")).status_code == 200
    town.at("2016-01-05 10:00")

    answer = town.browser_of(person).get(reverse("portal:check"))

    assert (answer.status_code, answer.url) == (302, reverse("portal:step", args=["training"]))


def test_kinds_are_offered_under_the_names_of_the_edition_of_the_case(
    counter: Counter, changed: Edition
) -> None:
    """S67: A14; and a kind that is gone is not offered."""
    counter.town.at("2016-01-05 09:05")
    case = counter.register(kind="YOUTH_PRACTICE")
    counter.take(case)
    know = {"fact": "unemployed", "holds": "yes", "source": "Журнал", "on": "04.01.2016"}
    counter.specialist.post(reverse("desk:fact", args=[case.pk]), know)
    counter.specialist.post(reverse("desk:make-offer", args=[case.pk]), {"ground": "NO_PLACE_AVAILABLE"})

    desk = said(counter.specialist.get(reverse("desk:eligibility", args=[case.pk])))
    account = counter.town.account_page(case, "en")

    assert "Offered: referral for job placement, referral to paid works, rendering free services" in desk
    assert "2. Paid works" in account
    assert "ocial workplace" not in desk + account


@pytest.mark.parametrize(("on", "most"), [(LAST_DAY, 29), (CHANGED_ON, 35)])
def test_a_condition_changes_on_its_own_day(changed: Edition, on: date, most: int) -> None:
    """S25: by its own file, whatever the edition."""
    found = conditions(changed.declared(ResultKind.YOUTH_PRACTICE), on=on)

    assert [one.most_age for one in found if one.most_age] == [most]


def test_a_new_edition_is_files_and_nothing_else(changed: Edition) -> None:
    """S67: R0.1-a; every figure, list and kind of it was read from its folder."""
    assert changed.folder != EDITIONS[0].folder
    assert sorted(file.name for file in changed.folder.glob(f"{changed.id}*")) == [
        f"{changed.id}-edition.toml",
        f"{changed.id}-kinds.toml",
        f"{changed.id}.toml",
    ]
    assert [one.validity and one.validity.amount for one in changed.declared_kinds] == [10, 10, 10, 10, None]
    assert [one.number for one in changed.declared_kinds] == [1, 2, 3, 4, 5]
    assert [passage.kk.rstrip(";.") for passage in changed.of("6.2")] == [
        f"2) {say(changed.declared(ResultKind.PUBLIC_WORKS).text_key, 'kk')}"
    ]


@pytest.mark.parametrize(
    ("ends", "begins"), [("2015-12-30", "2016-01-01"), ("2016-01-01", "2016-01-01"), ("", "2016-01-01")]
)
def test_editions_that_overlap_or_leave_a_day_out_are_not_read(
    changed: Edition, ends: str, begins: str
) -> None:
    """S67: each day has one edition."""
    head = changed.folder / f"{OLD}-edition.toml"
    last = f"in_force_until = {LAST_DAY}"
    assert last in head.read_text(encoding="utf-8")
    line = f"in_force_until = {ends}" if ends else ""
    head.write_text(head.read_text(encoding="utf-8").replace(last, line), encoding="utf-8")

    with pytest.raises(BrokenOrder, match=begins):
        read_editions(changed.folder)
