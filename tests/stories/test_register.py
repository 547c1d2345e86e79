"""S46: the state register behind the gateway is silent, or does not confirm the document (¶9, R9.3).

The gateway is a process of its own that speaks its real messages over HTTP.
"""

from datetime import UTC, datetime, timedelta
from math import log2

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from joldama.adapters.signer import check_seal
from joldama.cases.models import Application, SealedPaper
from joldama.demo.gateway.moods import Mood
from joldama.installation.models import Installation
from joldama.journal.models import Event
from joldama.people.models import Person
from joldama.registries.models import Inquiry, Outcome
from tests.factories import world
from tests.factories.steps import drafted, sent, signed
from tests.factories.world import World
from tests.pdf import needs_poppler, text_of
from tests.stories.counter import Counter, said
from tests.stories.gateway import Gateway
from tests.stories.machine import Machine, until
from tests.stories.town import wall

# who applies, and the number of the ID card he names
DENIED = {
    Outcome.UNKNOWN: ("citizen-card", "049999999"),
    Outcome.EXPIRED: ("expired-card", "041234568"),
    Outcome.OTHER_PERSON: ("citizen-card", "041234568"),
}
REASONS = "Мемлекеттік тіркелім құжаттың деректерін растамады."
ENDED = {
    Mood.SILENT: ("silent", "No answer came to the latest request."),
    Mood.FAULT: ("fault", "The gateway answered the latest request with a fault."),
    Mood.FAILURE: ("fault", "The gateway answered the latest request with a fault."),
    Mood.GARBLED: ("not_understood", "The answer to the latest request could not be read."),
    Mood.REJECTS: ("rejected", "The gateway did not accept our message: tell the administrator."),
}


@pytest.mark.parametrize("mood", ENDED)
def test_s46_a_register_without_answer_three_times_costs_the_person_nothing(
    counter: Counter, gateway: Gateway, mood: Mood
) -> None:
    """R9.3-a, R9.3-b"""
    ended, told = ENDED[mood]
    counter.town.at("2015-09-15 10:00")
    application = counter.town.apply()
    due = application.due_at

    gateway.keeps(mood)
    pages = []
    for minute in (1, 3, 7):
        counter.town.at(f"2015-09-15 10:{minute:02}")
        counter.town.work()
        pages.append(counter.case_page(application))
    gateway.answers()
    counter.town.at("2015-09-15 10:15")
    counter.town.work()
    answered = counter.case_page(application)

    inquiry = Inquiry.objects.get(subject=application.pk)
    application.refresh_from_db()
    assert [(wall(attempt.at)[11:], attempt.ended) for attempt in inquiry.attempts.order_by("id")] == [
        ("10:01:00", ended),
        ("10:03:00", ended),
        ("10:07:00", ended),
        ("10:15:00", "answered"),
    ]
    assert (application.state, application.due_at) == ("REGISTERED", due)
    assert [f"times asked: {n + 1}. {told}" in page for n, page in enumerate(pages)] == [True, True, True]
    assert ["do not ask the person for documents" in page for page in (*pages, answered)] == [
        True,
        True,
        True,
        False,
    ]
    assert "Data confirmed" in answered
    assert Event.objects.filter(subject=application.pk, name="inquiry.silent").count() == 3


def test_s46_the_confirmed_data_are_the_registers(counter: Counter, gateway: Gateway) -> None:
    """R9.3-a"""
    counter.town.at("2015-09-15 10:00")
    application = counter.town.apply()

    counter.town.work()

    inquiry = Inquiry.objects.get(subject=application.pk)
    person = Person.objects.get(pk=application.person_id)
    assert (inquiry.system, inquiry.outcome) == ("GBD_FL", "confirmed")
    assert (person.name.full, person.born_on) == ("Нұрланова Айша Серікқызы", "1990-01-15")
    assert inquiry.answer["document_issuer"] == "Қазақстан Республикасы Ішкі істер министрлігі"


def test_s46_an_oralman_on_the_portal_shows_no_certificate_the_register_tells(
    counter: Counter, gateway: Gateway
) -> None:
    """R9.2-a (A28)"""
    counter.town.at("2015-09-15 10:00")
    oralman, other = world.applicant("oralman"), world.applicant("citizen-card")
    claimed = counter.town.apply(
        oralman, document_kind="RESIDENCE_PERMIT", document_number="051234568", is_oralman=True
    )
    counter.town.at("2015-09-15 10:01")
    doubtful = counter.town.apply(other, is_oralman=True)

    counter.town.work()

    assert "Oralman status Yes" in counter.case_page(claimed)
    assert "Oralman status the register does not tell" in counter.case_page(doubtful)


@pytest.mark.parametrize("outcome", DENIED)
def test_s46_no_referral_is_drafted_on_data_the_register_denies(
    counter: Counter, gateway: Gateway, outcome: Outcome
) -> None:
    """R9.3-c"""
    application = denied(counter, outcome)

    answer = counter.draft(application)

    page = said(answer)
    assert Inquiry.objects.get(subject=application.pk).outcome == outcome
    assert answer.status_code == 409
    assert "The data of the identity document were not confirmed." in page
    assert "No referral is issued on such data (point 9)." in page
    assert "Draft a reasoned refusal." in page
    assert "қоймашы" in answer.content.decode()


@pytest.mark.parametrize("outcome", DENIED)
def test_s46_the_refusal_signed_by_the_head_stands_in_the_account_with_reasons_and_appeal(
    counter: Counter, gateway: Gateway, outcome: Outcome
) -> None:
    """R9.3-c"""
    application = denied(counter, outcome)
    due = application.due_at
    counter.refuse(application, ground="DATA_NOT_CONFIRMED", reasons=REASONS)
    counter.sign(application)
    counter.town.work()

    application.refresh_from_db()
    page = counter.town.account_page(application, "en")
    assert (application.state, application.due_at) == ("REFUSED", due)
    assert (application.decision.number, application.decision.signed_by) == (
        "АСТ-Б-2015-000001",
        counter.world.head,
    )
    assert f"Ground of refusal Data of the document not confirmed {REASONS}" in page
    assert "you may complain to the head of the provider or the akim (5 business days)" in page
    assert "Data of the document not confirmed 10:00 on Tuesday 15 September" in page
    assert "Data of the document received" not in page


@needs_poppler
def test_s46_the_refusal_is_a_sealed_document_that_the_person_takes_from_his_account(
    counter: Counter, gateway: Gateway
) -> None:
    application = denied(counter, Outcome.EXPIRED)
    counter.refuse(application, ground="DATA_NOT_CONFIRMED", reasons=REASONS)
    counter.sign(application)
    counter.town.work()

    browser = counter.town.browser_of(application.person)
    pdf = browser.get(reverse("portal:case-document", args=[application.pk])).content

    text = text_of(pdf)
    assert check_seal(pdf).holds
    parts = (
        "№ АСТ-Б-2015-000001 15.09.2015, 10:00",
        "Основание отказа: Сведения документа не подтверждены пункт 9 стандарта",
        REASONS,
        "При несогласии можно подать жалобу",
    )
    assert [part for part in parts if part not in text] == []


def test_s46_what_is_known_of_the_holder_of_another_document_is_not_kept(
    counter: Counter, gateway: Gateway
) -> None:
    application = denied(counter, Outcome.OTHER_PERSON)

    told = Inquiry.objects.get(subject=application.pk).answer
    assert {name: value for name, value in told.items() if value} == {"outcome": "other_person"}


def test_s46_once_the_case_has_ended_nobody_is_asked_about_the_person(
    counter: Counter, gateway: Gateway
) -> None:
    counter.town.at("2015-09-15 10:00")
    application = counter.town.apply()
    gateway.keeps(Mood.FAULT)
    counter.town.work()
    counter.take(application)
    counter.refuse(application, ground="COURT_BAN", reasons="Сот шешімі бар.")
    counter.sign(application)
    gateway.answers()

    counter.town.work()

    inquiry = Inquiry.objects.get(subject=application.pk)
    assert (inquiry.outcome, inquiry.attempts.count()) == (None, 1)
    assert "The case has ended, and it is asked no more." in counter.case_page(application)


def test_s46_the_worker_asks_ever_more_slowly_until_the_register_answers(
    astana: World, machine: Machine, gateway: Gateway
) -> None:
    """R9.3-b"""
    machine.reach(gateway.address)
    gateway.keeps(Mood.FAULT, times=3)
    application = sent(astana)
    due = application.due_at

    pauses = []
    for _ in range(3):
        machine.work()
        pauses.append(pause_before_the_next())
        connection.cursor().execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    machine.work()

    inquiry = Inquiry.objects.get(subject=application.pk)
    application.refresh_from_db()
    # A pause counts from a moment shortly after the attempt; the next one is twice as long.
    assert [2 ** int(log2(pause / timedelta(seconds=1))) for pause in pauses] == [2, 4, 8]
    assert [attempt.ended for attempt in inquiry.attempts.order_by("id")] == ["fault"] * 3 + ["answered"]
    assert (inquiry.outcome, application.state, application.due_at) == ("confirmed", "REGISTERED", due)
    assert not ProcrastinateJob.objects.filter(task_name="ask_register").exists()


def test_s46_while_the_register_is_silent_the_other_errands_go_on_and_the_worker_ends_when_told(
    astana: World, machine: Machine, gateway: Gateway
) -> None:
    """R9.3-b"""
    machine.reach(gateway.address)
    gateway.keeps(Mood.SILENT)
    asked = sent(astana)
    decided = drafted(astana, asked)
    signed(astana, asked)

    with machine.worker() as worker:
        until(lambda: SealedPaper.objects.filter(decision=decided).exists())
        until(lambda: Inquiry.objects.get().attempts.exists())
        worker.terminate()

        assert worker.wait(60) == 0

    assert {attempt.ended for attempt in Inquiry.objects.get().attempts.all()} == {"silent"}


def pause_before_the_next() -> timedelta:
    """How long after the latest attempt the register is asked again."""
    offset = Installation.objects.get().clock_offset
    attempted_at = Inquiry.objects.get().attempts.latest("id").at - offset
    job = ProcrastinateJob.objects.get(task_name="ask_register")
    assert job.scheduled_at is not None
    assert attempted_at < datetime.now(UTC)
    return job.scheduled_at - attempted_at


def denied(counter: Counter, outcome: Outcome) -> Application:
    """A portal application whose document the register does not confirm, taken by the specialist."""
    slug, number = DENIED[outcome]
    counter.town.at("2015-09-15 10:00")
    application = counter.town.apply(world.applicant(slug), document_number=number)
    counter.town.work()
    counter.take(application)
    return application
