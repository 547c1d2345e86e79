"""S46: the state register is silent, or does not confirm the document (¶9, R9.3)."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from joldama.adapters.signer import check_seal
from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.registries import ports
from joldama.registries.models import Inquiry, Outcome
from tests.fakes.registers import ScriptedRegister
from tests.pdf import needs_poppler, text_of
from tests.stories.counter import Counter, said
from tests.stories.town import wall

Script = Callable[..., None]
DENIED = [Outcome.UNKNOWN, Outcome.EXPIRED, Outcome.OTHER_PERSON]
REASONS = "Мемлекеттік тіркелім құжаттың деректерін растамады."


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Have the register say what a story has it say."""

    def wired(*outcomes: Outcome | None) -> None:
        monkeypatch.setattr(ports, "_wired", [ScriptedRegister(*outcomes)])

    return wired


def test_s46_a_register_silent_three_times_costs_the_person_nothing(counter: Counter, script: Script) -> None:
    """R9.3-a, R9.3-b"""
    script(None, None, None, Outcome.CONFIRMED)
    counter.town.at("2015-09-15 10:00")
    application = counter.town.apply()
    due = application.due_at

    pages = []
    for minute in (1, 3, 7, 15):
        counter.town.at(f"2015-09-15 10:{minute:02}")
        counter.town.work()
        pages.append(counter.case_page(application))

    inquiry = Inquiry.objects.get(subject=application.pk)
    application.refresh_from_db()
    assert [(wall(attempt.at)[11:], attempt.ended) for attempt in inquiry.attempts.order_by("id")] == [
        ("10:01:00", "silent"),
        ("10:03:00", "silent"),
        ("10:07:00", "silent"),
        ("10:15:00", "answered"),
    ]
    assert (application.state, application.due_at) == ("REGISTERED", due)
    assert ["do not ask the person for documents" in page for page in pages] == [True, True, True, False]
    assert "Data confirmed" in pages[3]
    assert Event.objects.filter(subject=application.pk, name="inquiry.silent").count() == 3


@pytest.mark.parametrize("outcome", DENIED)
def test_s46_no_referral_is_drafted_on_data_the_register_denies(
    counter: Counter, script: Script, outcome: Outcome
) -> None:
    """R9.3-c"""
    application = denied(counter, script, outcome)

    answer = counter.draft(application)

    page = said(answer)
    assert answer.status_code == 409
    assert "The data of the identity document were not confirmed." in page
    assert "No referral is issued on such data (point 9)." in page
    assert "Draft a reasoned refusal." in page
    assert "қоймашы" in answer.content.decode()


@pytest.mark.parametrize("outcome", DENIED)
def test_s46_the_refusal_signed_by_the_head_stands_in_the_account_with_reasons_and_appeal(
    counter: Counter, script: Script, outcome: Outcome
) -> None:
    """R9.3-c"""
    application = denied(counter, script, outcome)
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
    counter: Counter, script: Script
) -> None:
    application = denied(counter, script, Outcome.EXPIRED)
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


def denied(counter: Counter, script: Script, outcome: Outcome) -> Application:
    """A portal application whose document the register does not confirm, taken by the specialist."""
    script(outcome)
    counter.town.at("2015-09-15 10:00")
    application = counter.town.apply()
    counter.town.work()
    counter.take(application)
    return application
