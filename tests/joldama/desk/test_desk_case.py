"""One case on one screen, and the steps a specialist makes from it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import world
from tests.factories.steps import FIELDS, MONDAY_TEN, drafted, sealed, sent, signed, walked_in
from tests.factories.world import World
from tests.joldama.desk.conftest import Enter
from tests.joldama.desk.reading import said

from joldama.cases.models import Application, Decision
from joldama.demo.register import DemoRegister
from joldama.journal.models import Look
from joldama.procedures import inquire, prepare
from joldama.referrals.models import Referral
from joldama.registries.models import Ended, Inquiry, Outcome
from joldama.registries.ports import Answer
from joldama.registries.queries import question_of
from joldama.standard.kinds import ResultKind

TYPED = {str(field): text for field, text in FIELDS.items()}


@pytest.fixture
def application(astana: World) -> Application:
    return walked_in(astana)


def page_of(browser: Client, application: Application):
    return browser.get(reverse("desk:case", args=[application.pk]))


def post(browser: Client, step: str, application: Application, **typed: str):
    return browser.post(reverse(f"desk:{step}", args=[application.pk]), typed)


def test_the_screen_names_the_person_and_masks_the_number(
    specialist: Client, application: Application
) -> None:
    page = page_of(specialist, application)

    assert application.person.name.full in said(page)
    assert f"•••• •••• {application.person.iin[-4:]}" in said(page)
    assert application.person.iin not in page.content.decode()


def test_the_screen_brings_its_keys_and_its_clock(specialist: Client, application: Application) -> None:
    page = page_of(specialist, application).content.decode()

    assert [name in page for name in ("/desk/keys.", "/desk/clock.", "/desk/desk.")] == [True] * 3


def test_a_look_at_a_case_is_written_down_once(
    astana: World, specialist: Client, application: Application
) -> None:
    page_of(specialist, application)

    assert list(Look.objects.values_list("person", "subject", "staff", "page", "allowed")) == [
        (application.person_id, application.pk, astana.specialist.pk, "desk:case", True)
    ]


PAGES = ("case", "receipt", "referral-pdf", "refuse", "withdraw")
STEPS = ("take", "draft", "refuse", "offer", "hand-over", "withdraw")


@pytest.mark.parametrize("name", PAGES)
def test_another_offices_case_answers_like_a_missing_one_and_the_attempt_is_kept(
    enter: Enter, application: Application, name: str
) -> None:
    stranger = enter(world.office("temirtau").specialist)

    theirs = stranger.get(reverse(f"desk:{name}", args=[application.pk]))
    missing = stranger.get(reverse(f"desk:{name}", args=[uuid4()]))

    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert said(theirs) == said(missing)
    assert list(Look.objects.values_list("page", "allowed")) == [(f"desk:{name}", False)]


@pytest.mark.parametrize("step", STEPS)
def test_another_offices_case_takes_no_step(enter: Enter, application: Application, step: str) -> None:
    stranger = enter(world.office("temirtau").specialist)

    response = post(stranger, step, application, kind="JOB_PLACEMENT", ground="COURT_BAN", reasons="х")

    application.refresh_from_db()
    assert (response.status_code, application.state) == (404, "REGISTERED")
    assert list(Look.objects.values_list("page", "allowed")) == [(f"desk:{step}", False)]


def test_the_head_makes_no_step_of_the_specialist(head: Client, application: Application) -> None:
    assert [post(head, step, application).status_code for step in STEPS] == [403] * len(STEPS)


def test_a_case_is_taken_and_taken_twice_by_the_same_hand_is_taken_once(
    astana: World, specialist: Client, application: Application
) -> None:
    first = post(specialist, "take", application)
    second = post(specialist, "take", application)

    application.refresh_from_db()
    case = reverse("desk:case", args=[application.pk])
    assert (first.url, second.url) == (case, case)
    assert (application.state, application.taken_by) == ("IN_PROGRESS", astana.specialist)


def test_somebody_who_was_faster_is_named(
    astana: World, enter: Enter, specialist: Client, application: Application
) -> None:
    colleague = astana.specialist.__class__.objects.get(pk=astana.specialist.pk)
    colleague.pk, colleague.surname = uuid4(), "Ахметова"
    colleague.save(force_insert=True)
    prepare.take(application, by=colleague, at=MONDAY_TEN)

    response = post(specialist, "take", application)

    assert response.status_code == 409
    assert "the case was changed by Ахметова" in said(response)
    assert reverse("desk:case", args=[application.pk]) in response.content.decode()


def test_a_referral_is_drafted_and_waits_for_the_head(specialist: Client, application: Application) -> None:
    post(specialist, "take", application)

    response = post(specialist, "draft", application, kind="JOB_PLACEMENT", start_on="21.09.2015", **TYPED)

    decision = Decision.objects.get()
    assert response.url == reverse("desk:case", args=[application.pk])
    assert decision.kind == "JOB_PLACEMENT"
    assert decision.fields == {**TYPED, "start_on": "2015-09-21"}
    assert "The draft waits for the head's signature" in said(page_of(specialist, application))


def test_a_draft_with_faults_keeps_what_was_typed(specialist: Client, application: Application) -> None:
    post(specialist, "take", application)

    response = post(
        specialist, "draft", application, kind="JOB_PLACEMENT", organisation="«Жол» ЖШС", bin="140940311898"
    )

    page = said(response)
    assert response.status_code == 422
    assert "There is a mistake in the BIN." in page
    assert "“Occupation, position” is empty." in page
    assert 'value="«Жол» ЖШС"' in response.content.decode()
    assert 'value="140940311898"' in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("14094031189", "A BIN and an IIN have 12 digits, you typed 11."),
        ("14094031189x", "The number contains other characters."),
        ("х" * 3000, "At most 250 characters, you typed 3000."),
        ("1409\u202e40311897", "Control and invisible characters are not stored."),
    ],
)
def test_a_number_of_an_organisation_says_what_is_wrong(
    specialist: Client, application: Application, typed: str, fault: str
) -> None:
    post(specialist, "take", application)

    response = post(specialist, "draft", application, kind="JOB_PLACEMENT", **{**TYPED, "bin": typed})

    assert fault in said(response)


def test_letters_of_the_kazakh_digit_row_are_digits(specialist: Client, application: Application) -> None:
    post(specialist, "take", application)

    post(
        specialist,
        "draft",
        application,
        kind="JOB_PLACEMENT",
        **{**TYPED, "bin": '"ңқұңқі""үұ.'},
    )

    assert Decision.objects.get().fields["bin"] == "140940311897"


def test_a_draft_is_corrected_until_it_is_signed(specialist: Client, application: Application) -> None:
    post(specialist, "take", application)
    post(specialist, "draft", application, kind="JOB_PLACEMENT", **TYPED)

    page = page_of(specialist, application)
    post(specialist, "draft", application, kind="JOB_PLACEMENT", **{**TYPED, "occupation": "күзетші"})

    assert 'value="қоймашы"' in page.content.decode()
    assert Decision.objects.get().fields["occupation"] == "күзетші"


def test_another_kind_the_person_accepts_may_be_drafted(astana: World, specialist: Client) -> None:
    application = walked_in(astana, kind=ResultKind.CAREER_GUIDANCE, other_kinds=(ResultKind.PUBLIC_WORKS,))
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)

    post(specialist, "draft", application, kind="PUBLIC_WORKS", although="жұмыс іздеп жүр", **TYPED)

    assert Decision.objects.get().kind == "PUBLIC_WORKS"


def test_a_second_referral_of_a_kind_waits_and_says_which_is_open(
    astana: World, specialist: Client, application: Application
) -> None:
    drafted(astana, application)
    signed(astana, application)
    again = walked_in(astana)
    prepare.take(again, by=astana.specialist, at=MONDAY_TEN)

    response = post(specialist, "draft", again, kind="JOB_PLACEMENT", **TYPED)

    assert response.status_code == 409
    assert "You have an open one: No. АСТ-Ж-2015-000001." in said(response)
    assert 'value="қоймашы"' in response.content.decode()


def test_a_refusal_is_drafted_on_a_ground_of_the_closed_list(
    specialist: Client, application: Application
) -> None:
    post(specialist, "take", application)

    page = specialist.get(reverse("desk:refuse", args=[application.pk]))
    other = post(specialist, "refuse", application, ground="NO_ID", reasons="Себебі")
    empty = post(specialist, "refuse", application, ground="FALSE_DATA", reasons=" ")
    response = post(specialist, "refuse", application, ground="FALSE_DATA", reasons="Бос орын жоқ.")

    decision = Decision.objects.get()
    assert page.content.decode().count('name="ground"') == 5
    assert (other.status_code, empty.status_code, response.status_code) == (422, 422, 302)
    assert (decision.outcome, decision.ground, decision.reasons) == (
        "refuse",
        "FALSE_DATA",
        "Бос орын жоқ.",
    )


def test_nothing_is_drafted_before_the_case_is_taken(specialist: Client, application: Application) -> None:
    response = post(specialist, "refuse", application, ground="COURT_BAN", reasons="Себебі")

    assert response.status_code == 302
    assert not Decision.objects.exists()


def test_the_registers_word_stands_on_the_screen(specialist: Client, application: Application) -> None:
    inquiry = Inquiry.objects.get(subject=application.pk)
    asked = said(page_of(specialist, application))
    for minute in range(3):
        inquire.note_silence(inquiry, ended=Ended.SILENT, at=MONDAY_TEN + timedelta(minutes=minute))
    silent = said(page_of(specialist, application))
    inquire.receive_answer(inquiry, DemoRegister().ask(question_of(inquiry), at=MONDAY_TEN), at=MONDAY_TEN)
    answered = said(page_of(specialist, application))

    assert "The register has been asked; its answer is awaited." in asked
    assert "times asked: 3." in silent
    assert "do not ask the person for documents" in silent
    assert "Data confirmed" in answered


def test_data_the_register_denies_leave_a_refusal_only(specialist: Client, application: Application) -> None:
    inquiry = Inquiry.objects.get(subject=application.pk)
    inquire.receive_answer(inquiry, Answer(Outcome.EXPIRED), at=MONDAY_TEN)
    post(specialist, "take", application)

    response = post(specialist, "draft", application, kind="JOB_PLACEMENT", **TYPED)

    assert response.status_code == 409
    assert "Draft a reasoned refusal." in said(response)
    assert str(response.context["next"]) == "refuse"
    assert "The document has expired" in said(response)


def test_an_offer_waits_for_the_sealed_document(
    astana: World, specialist: Client, application: Application
) -> None:
    drafted(astana, application)
    decision = signed(astana, application)

    waiting = page_of(specialist, application)
    too_early = post(specialist, "offer", application)
    being_made = specialist.get(reverse("desk:referral-pdf", args=[application.pk]))
    sealed(decision)
    offered = post(specialist, "offer", application)

    application.refresh_from_db()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in waiting.content.decode()
    assert (being_made["Refresh"], being_made.status_code) == ("2", 202)
    assert (too_early.status_code, offered.status_code) == (409, 302)
    assert "The document is still being made." in said(too_early)
    assert (application.state, application.offered_at) == ("ISSUED", MONDAY_TEN)


def test_a_referral_is_handed_over_once_and_after_closing_says_so(
    astana: World, specialist: Client, application: Application, clock: time_machine.Traveller
) -> None:
    drafted(astana, application)
    sealed(signed(astana, application))
    early = post(specialist, "hand-over", application)
    post(specialist, "offer", application)
    clock.move_to(MONDAY_TEN + timedelta(hours=7, minutes=45))

    first = post(specialist, "hand-over", application)
    second = post(specialist, "hand-over", application)

    referral = Referral.objects.get()
    assert (early.status_code, first.status_code, second.status_code) == (409, 302, 302)
    assert (referral.state, referral.is_handed_over_outside_hours) == ("HANDED_OVER", True)
    assert "outside reception hours" in said(page_of(specialist, application))


def test_an_application_is_withdrawn_on_the_persons_word_after_a_question(
    specialist: Client, application: Application
) -> None:
    page = specialist.get(reverse("desk:withdraw", args=[application.pk]))
    application.refresh_from_db()
    asked = application.state
    post(specialist, "withdraw", application)

    application.refresh_from_db()
    assert "Does the person withdraw the application?" in said(page)
    assert (asked, application.state) == ("REGISTERED", "WITHDRAWN")


def test_other_cases_of_the_person_at_the_own_office_only(astana: World, specialist: Client) -> None:
    here = walked_in(astana)
    elsewhere = walked_in(world.office("temirtau"))
    application = walked_in(astana)

    page = page_of(specialist, application)

    assert [case.pk for case in page.context["others"]] == [here.pk]
    assert elsewhere.number not in page.content.decode()


def test_the_course_of_the_case_names_who_did_what(
    astana: World, specialist: Client, application: Application
) -> None:
    drafted(astana, application)
    signed(astana, application)

    happenings = page_of(specialist, application).context["happenings"]

    assert [(happening.name, happening.by) for happening in happenings] == [
        ("case.registered_at_counter", astana.specialist.name.short),
        ("case.taken", astana.specialist.name.short),
        ("decision.drafted", astana.specialist.name.short),
        ("case.signed", astana.head.name.short),
    ]


def test_a_case_of_the_portal_shows_no_thirty_minutes(astana: World, specialist: Client) -> None:
    page = page_of(specialist, sent(astana))

    assert page.context["clock"] is None
    assert "31 h 30 min left" in said(page)


def test_a_delivered_application_waits_for_its_registration_and_may_be_withdrawn(
    astana: World, enter: Enter, clock: time_machine.Traveller
) -> None:
    clock.move_to(MONDAY_TEN + timedelta(hours=10))
    application = sent(astana, at=MONDAY_TEN + timedelta(hours=10))
    browser = enter(astana.specialist)

    page = page_of(browser, application)
    post(browser, "withdraw", application)

    application.refresh_from_db()
    assert application.reference in said(page)
    assert "Not registered yet: the system registers it" in said(page)
    assert "The register is asked when the application is registered." in said(page)
    assert application.state == "WITHDRAWN"


def test_the_screen_is_told_in_three_languages(specialist: Client, application: Application) -> None:
    titles = []
    for language in ("kk", "ru", "en"):
        specialist.cookies["language"] = language
        page = page_of(specialist, application).content.decode()
        titles.append((f'<html lang="{language}"' in page, "Келесі әрекет" in page))

    assert titles == [(True, True), (True, False), (True, False)]


def test_the_screen_costs_eight_queries(
    astana: World, specialist: Client, application: Application, django_assert_num_queries
) -> None:
    drafted(astana, application)
    sealed(signed(astana, application))
    page_of(specialist, application)

    with django_assert_num_queries(8):
        page_of(specialist, application)
