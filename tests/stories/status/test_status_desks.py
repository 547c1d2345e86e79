"""Who asks by telephone or at the provider how his case stands: each query is kept.

Reference services answer about their own provider's cases, 1414 about all (¶14; S62, S63, S64).
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.journal.models import Event, Look
from joldama.procedures.ask_status import MISSES_WITHIN, MOST_MISSES
from joldama.standard.editions import current
from joldama.standard.moments import Told, told
from joldama.standard.words import parts, say
from tests.factories import world
from tests.stories.counter import CITIZEN, said
from tests.stories.status.telephone import ANOTHER_IIN, Telephone, at_provider, not_found, plain
from tests.stories.town import BACKEND, Town


def test_1414_tells_status_dates_due_date_and_next_step_and_the_query_is_kept(
    town: Town, operator: Telephone
) -> None:
    """S62: R14.1-a"""
    application = town.apply()
    town.at("2015-09-14 10:20")

    page = operator.hear(application.number or "", CITIZEN.iin)

    due = application.due_at.astimezone(application.place.zone)
    told_due = plain(told(Told(due, due.date()), "en"))
    sentence = say("status.application.REGISTERED.text", "en", number=application.number, due_at=due)
    expected = [
        application.number,
        application.office.en,
        say("status.application.REGISTERED", "en"),
        say("label.next_step", "en"),
        plain(sentence),
        say("status.application.SUBMITTED", "en"),
        say("label.registered_at", "en"),
        say("label.due_at", "en"),
        told_due,
    ]
    places = [page.find(plain(str(text))) for text in expected]
    assert -1 not in places
    assert list(Event.objects.filter(actor=operator.staff.pk).values_list("name", "subject", "at")) == [
        ("asked.told", application.pk, town.now)
    ]
    assert list(Look.objects.values_list("person", "subject", "staff", "page", "allowed")) == [
        (application.person_id, application.pk, operator.staff.pk, "status", True)
    ]


def test_the_answer_names_neither_the_person_nor_his_documents(town: Town, operator: Telephone) -> None:
    """A21"""
    application = town.apply(email="a@example.kz")

    page = operator.ask(application.number or "", CITIZEN.iin).content.decode()

    private = (CITIZEN.surname, CITIZEN.given_name, CITIZEN.iin, CITIZEN.document_number, "example.kz")
    assert [word for word in private if word in page] == []


def test_a_wrong_iin_an_absent_number_are_one_answer_with_the_same_queries(
    town: Town, operator: Telephone
) -> None:
    """S62: R14.1-a"""
    number = town.apply().number or ""
    asked = {
        "wrong IIN": (number, ANOTHER_IIN),
        "absent number": ("АСТ-2015-000777", CITIZEN.iin),
        "absent both": ("ЯЯЯ-1999-999999", ANOTHER_IIN),
        "another year": (number.replace("2015", "2014"), CITIZEN.iin),
    }

    answers, queries, browser = {}, {}, operator.browser
    for name, (typed, iin) in asked.items():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = browser.post(reverse("helpdesk:status"), {"number": typed, "iin": iin})
        queries[name] = [re.sub(r"'[^']*'|\d+", "?", query["sql"])[:60] for query in captured]
        page = re.sub(r'value="[^"]*"', "", answer.content.decode())
        answers[name] = (answer.status_code, page)

    assert len(set(answers.values())) == 1
    assert len({tuple(made) for made in queries.values()}) == 1
    assert {code for code, _ in answers.values()} == {422}
    assert not_found() in said(operator.ask(number, ANOTHER_IIN))
    assert Look.objects.count() == 0
    assert set(Event.objects.filter(actor=operator.staff.pk).values_list("name", "subject")) == {
        ("asked.not_found", operator.staff.pk)
    }


@pytest.mark.parametrize("slip", ["аст 2015 1", "act-2015-1", "АСТ–2015–000001", " АСТ-2015-000001 "])
def test_a_number_is_understood_as_it_is_spelt_on_the_telephone(
    town: Town, operator: Telephone, slip: str
) -> None:
    town.apply()

    assert operator.ask(slip.replace("аст 2015 1", "аст-2015-1"), CITIZEN.iin).status_code == 200


def test_before_registration_the_reference_of_the_receipt_is_answered(
    town: Town, operator: Telephone
) -> None:
    """S62: A38"""
    town.at("2015-09-14 19:00")
    application = town.apply()

    page = operator.hear(application.reference.lower(), CITIZEN.iin)

    assert (application.number, application.state) == (None, "SUBMITTED")
    assert "Delivered" in page


def test_a_reference_service_answers_about_its_own_cases_only(town: Town) -> None:
    """S63: R14.1-a, R15.1-a"""
    town.at("2015-09-14 10:00")
    application = town.apply()
    own, other = at_provider(town), at_provider(town, "temirtau")

    assert own.ask(application.number or "", CITIZEN.iin).status_code == 200
    refused = other.ask(application.number or "", CITIZEN.iin)

    page = said(refused)
    assert refused.status_code == 403
    assert " ".join(plain(part) for part in parts("error.other_provider", "en")) in page
    assert [phone in page for phone in (*current().phones, current().contact_centre)] == [True] * 3
    assert say("status.application.REGISTERED", "en") not in page
    assert list(Look.objects.order_by("id").values_list("staff", "allowed")) == [
        (own.staff.pk, True),
        (other.staff.pk, False),
    ]
    assert list(Event.objects.filter(actor=other.staff.pk).values_list("name", "subject")) == [
        ("asked.other_provider", application.pk)
    ]


def test_about_anothers_case_a_wrong_iin_says_no_more_than_elsewhere(town: Town) -> None:
    """S63: R14.1-a"""
    town.at("2015-09-14 10:00")
    application = town.apply()

    answer = at_provider(town, "temirtau").ask(application.number or "", ANOTHER_IIN)

    assert answer.status_code == 422
    assert not_found() in said(answer)


def test_a_document_shown_in_person_is_enough_at_the_provider_and_not_on_the_telephone(
    town: Town, operator: Telephone
) -> None:
    """R14.1-a"""
    first = town.apply()
    town.at("2015-09-14 10:05")
    second = town.apply(kind="JOB_PLACEMENT")
    town.at("2015-09-14 10:06")
    town.apply(office="temirtau", kind="YOUTH_PRACTICE")

    provider = at_provider(town)
    page = provider.hear("", CITIZEN.iin, is_shown="on")
    by_telephone = operator.ask("", CITIZEN.iin, is_shown="on")
    unshown = provider.ask("", CITIZEN.iin)
    stranger = provider.ask("", ANOTHER_IIN, is_shown="on")

    numbers = re.findall(r"\b\w{3}-2015-\d{6}\b", page.split(say("helpdesk.ask", "en"))[0])
    assert list(dict.fromkeys(numbers)) == [second.number, first.number]
    assert [by_telephone.status_code, unshown.status_code, stranger.status_code] == [422, 422, 422]
    assert not_found() in said(stranger)
    assert [look.subject for look in Look.objects.order_by("id")] == [second.pk, first.pk]


def test_three_cases_cost_as_many_queries_as_one(town: Town) -> None:
    town.at("2015-09-14 10:00")
    town.apply()
    provider = at_provider(town)
    costs = []
    for kind in ("JOB_PLACEMENT", "YOUTH_PRACTICE", None):
        browser = provider.browser
        with CaptureQueriesContext(connection) as captured:
            answer = browser.post(reverse("helpdesk:status"), {"iin": CITIZEN.iin, "is_shown": "on"})
        assert answer.status_code == 200
        costs.append(len(captured))
        if kind:
            town.at_instant(town.now + timedelta(minutes=1))
            town.apply(kind=kind)

    assert Look.objects.count() == 1 + 2 + 3
    assert len(set(costs)) == 1


def test_the_person_reads_who_asked_about_which_case(town: Town, operator: Telephone) -> None:
    """R14.1-a, R13.1-a"""
    application = town.apply()
    town.at("2015-09-14 11:15")
    provider = at_provider(town)
    provider.hear(application.number or "", CITIZEN.iin)
    town.at("2015-09-14 11:20")
    operator.hear(application.number or "", CITIZEN.iin)
    operator.ask(application.number or "", ANOTHER_IIN)
    browser = town.browser_of(application.person)
    browser.cookies["language"] = "en"

    page = said(browser.get(reverse("portal:account"))).split(say("portal.account.what", "en"))[-1]

    looked = f"{say('portal.account.what.status', 'en')}: {application.number}"
    assert [plain(page).count(text) for text in (looked, "11:20", "11:15")] == [2, 1, 1]
    assert [say(role, "en") in page for role in ("role.operator_1414", "role.reference_service")] == [
        True,
        True,
    ]


def test_who_misses_ten_times_waits_until_the_first_miss_is_ten_minutes_old(
    town: Town, operator: Telephone
) -> None:
    """R14.1-a"""
    application = town.apply()
    number = application.number or ""
    began = town.now
    for _ in range(MOST_MISSES):
        assert operator.ask(number, ANOTHER_IIN).status_code == 422

    town.at_instant(began + MISSES_WITHIN - timedelta(seconds=1))
    closed = operator.ask(number, CITIZEN.iin)
    town.at_instant(began + MISSES_WITHIN)
    opened = operator.ask(number, CITIZEN.iin)

    assert (closed.status_code, opened.status_code) == (429, 200)
    waiting = " ".join(parts("error.too_many", "en", count=MOST_MISSES, minutes=1))
    assert plain(waiting) in said(closed)
    assert application.number not in said(closed).split(say("helpdesk.ask", "en"))[0]
    assert Event.objects.filter(name="asked.too_many").count() == 1


def test_nothing_typed_stands_in_an_address_and_a_fault_loses_nothing(
    town: Town, operator: Telephone
) -> None:
    town.apply()

    faulty = operator.ask("АСТ-2015-1", "12345")

    page = faulty.content.decode()
    assert faulty.status_code == 422
    assert ['value="АСТ-2015-1"' in page, 'value="12345"' in page] == [True, True]
    assert (
        operator.browser.get(f"{reverse('helpdesk:status')}?number=АСТ-2015-1&iin={CITIZEN.iin}")
        .context["form"]
        .is_bound
        is False
    )
    assert "no-store" in faulty["Cache-Control"]
    assert Event.objects.filter(actor=operator.staff.pk).count() == 0


def test_a_session_that_ended_keeps_what_was_typed(town: Town, operator: Telephone) -> None:
    stranger = Client()

    sent = stranger.post(reverse("helpdesk:status"), {"number": "АСТ-2015-1", "iin": CITIZEN.iin})
    stranger.force_login(world.account_for(operator.staff), backend=BACKEND)
    page = stranger.get(reverse("helpdesk:status")).content.decode()

    assert (sent.status_code, sent.url.partition("?")[0]) == (302, reverse("desk:sign-in"))
    assert CITIZEN.iin not in sent.url
    assert 'value="АСТ-2015-1"' in page
