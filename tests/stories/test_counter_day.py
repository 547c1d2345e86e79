"""S01, S02: a person at the counter, from the registered package to the referral in the hand (¶3-¶6)."""

import pytest
from django.urls import reverse

from joldama.adapters.signer import check_seal
from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.standard.papers import DecisionPaper
from tests.pdf import needs_poppler, text_of
from tests.stories.counter import CITIZEN, Counter
from tests.stories.town import wall


def served(counter: Counter) -> Application:
    """S01: registered at 10:00, signed at 10:18, and the paper sealed three seconds later."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register()
    counter.town.work()
    counter.town.at("2015-09-15 10:02")
    counter.take(application)
    counter.town.at("2015-09-15 10:10")
    counter.draft(application)
    counter.town.at("2015-09-15 10:18")
    counter.sign(application)
    counter.town.at("2015-09-15 10:18:03")
    counter.town.work()
    return application


def test_s01_a_person_has_his_referral_within_the_thirty_minutes(counter: Counter) -> None:
    application = served(counter)
    counter.town.at("2015-09-15 10:20")
    counter.offer(application)
    counter.town.at("2015-09-15 10:21")
    counter.hand_over(application)

    referral = application.decision.referral
    assert (application.number, application.state) == ("АСТ-2015-000001", "ISSUED")
    assert [wall(at) for at in (application.registered_at, application.due_at, application.offered_at)] == [
        "2015-09-15 10:00:00",
        "2015-09-15 10:30:00",
        "2015-09-15 10:20:00",
    ]
    assert (referral.number, referral.kind, referral.state) == (
        "АСТ-Ж-2015-000001",
        "JOB_PLACEMENT",
        "HANDED_OVER",
    )
    assert (wall(referral.issued_at), wall(referral.handed_over_at)) == (
        "2015-09-15 10:18:00",
        "2015-09-15 10:21:00",
    )
    assert referral.is_handed_over_outside_hours is False
    assert application.decision.signed_by == counter.world.head
    assert application.is_overdue(at=counter.town.now) is False
    assert "Finished, term kept" in counter.case_page(application)


def test_s01_the_receipt_names_number_moment_term_and_that_nothing_is_paid(counter: Counter) -> None:
    """R7.1-b"""
    counter.town.at("2015-09-15 10:00")

    receipt = counter.receipt(counter.register())

    missing = [
        sentence
        for sentence in (
            "Номер заявления: АСТ-2015-000001",
            "10:00",
            "10:30",
            CITIZEN.name.full,
            "Государственная услуга оказывается бесплатно.",
            "Мемлекеттік қызмет тегін көрсетіледі.",
        )
        if sentence not in receipt
    ]
    assert missing == []


@needs_poppler
def test_s01_the_result_is_paper_and_e_document_with_number_date_official_and_slip(
    counter: Counter,
) -> None:
    """R6.2-a, R0.1-a, R7.1-b, R15.1-a"""
    application = served(counter)
    counter.town.at("2015-09-15 10:20")
    counter.offer(application)

    pdf = counter.paper(application)
    account = counter.town.browser_of(application.person)
    own = account.get(reverse("portal:case-document", args=[application.pk]))

    text = text_of(pdf)
    assert own.content == pdf
    assert check_seal(pdf).holds
    said = (
        "Направление для трудоустройства",
        "№ АСТ-Ж-2015-000001 15.09.2015, 10:18",
        f"Решение подписано ЭЦП: руководитель управления, {counter.world.head.name.short}",
        "Қолы / Подпись",
        "Государственная услуга оказывается бесплатно.",
        "Приложение 28 к приказу Министра здравоохранения и социального развития Республики Казахстан от "
        "28 апреля 2015 года № 279.",
        "8 (7172) 24 07 49, 8 (7172) 24 12 91",
        "Отрывной талон к направлению",
    )
    assert [part for part in said if part not in text] == []


def test_every_rule_that_was_applied_names_its_point_on_the_screen_and_in_the_journal(
    counter: Counter,
) -> None:
    """R0.1-a, R0.1-b"""
    application = served(counter)

    page = counter.case_page(application)
    paragraphs = Event.objects.filter(subject=application.pk).order_by("id").values_list("name", "paragraph")
    assert application.deadlines.get().basis == ["4.1", "8.1"]
    assert "Basis: point 4(1) of the standard; point 8(1) of the standard" in page
    assert dict(paragraphs) == {
        "case.registered_at_counter": "4.1",
        "inquiry.answered": "9",
        "case.taken": "5",
        "decision.drafted": "",
        "case.signed": "5",
        "decision.sealed": "",
    }
    assert DecisionPaper.from_xml(application.decision.document).edition == "2015-04-28"


@pytest.mark.parametrize(
    ("offered", "is_overdue", "sentence"),
    [
        ("2015-09-15 10:30:00", False, "Finished, term kept"),
        ("2015-09-15 10:30:01", True, "Finished, term missed by 00:01"),
    ],
)
def test_s02_offered_to_the_second_is_in_time_and_a_second_later_is_not(
    counter: Counter, offered: str, is_overdue: bool, sentence: str
) -> None:
    """R4.1-c, R4.1-d, R4.1-e: what was late is written in the journal as it happens, like the other two clocks."""
    application = served(counter)

    counter.town.at(offered)
    counter.offer(application)

    late = [(wall(event.at), event.paragraph) for event in Event.objects.filter(name="case.result_breached")]
    assert late == ([("2015-09-15 10:30:00", "4.1")] if is_overdue else [])
    assert ("The term of the result was missed" in counter.case_page(application)) is is_overdue
    assert wall(application.offered_at) == offered
    assert application.is_overdue(at=counter.town.now) is is_overdue
    assert sentence in counter.case_page(application)
