"""A court finds against a refusal: S61; the record on the case, the referral by execution, the refusal that stays."""

from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application
from joldama.complaints.models import CourtAppeal
from joldama.journal.models import Event
from tests.pdf import text_of as printed
from tests.stories.counter import Counter, said
from tests.stories.test_offers import TURNED_30, came, know, step
from tests.stories.town import Town, wall

FILED = {
    "court": "Астана қаласының Сарыарқа аудандық соты",
    "number": "2-1234/2015",
    "filed_on": "01.10.2015",
    "outcome": "pending",
}
AGAINST = {**FILED, "outcome": "for_recipient", "decided_on": "20.10.2015"}


@pytest.fixture
def refused(counter: Counter) -> Application:
    """A case refused on the day S61 names."""
    counter.town.at("2015-09-21 10:00")
    application = counter.register()
    counter.take(application)
    counter.refuse(application, ground="FALSE_DATA", reasons="Мәліметтер дұрыс емес.")
    counter.sign(application)
    counter.town.work()
    return application


def record(counter: Counter, application: Application, **typed: str) -> Any:
    return counter.head.post(reverse("desk:court", args=[application.pk]), typed)


def carry_out(counter: Counter, application: Application) -> Any:
    appeal = CourtAppeal.objects.get()
    return counter.head.post(reverse("desk:carry-out", args=[application.pk, appeal.pk]))


def test_an_appeal_is_recorded_on_the_case(counter: Counter, refused: Application) -> None:
    """R11.1-a: court, number, dates, outcome; the outcome once the court has decided."""
    counter.town.at("2015-10-02 10:00")
    record(counter, refused, **FILED)
    assert "Outcome: pending" in counter.town.page_of(refused, "portal:case", "en")
    counter.town.at("2015-10-21 10:00")

    record(counter, refused, **AGAINST)

    assert (
        "Астана қаласының Сарыарқа аудандық соты , № 2-1234/2015 The result disputed: No. АСТ-Б-2015-000001"
        " Filed on: 1 October 2015 Outcome: the court found against the result, 20 October 2015"
    ) in counter.town.page_of(refused, "portal:case", "en")
    assert record(counter, refused, **AGAINST).status_code == 409


def test_by_the_courts_decision_a_referral_is_given_and_the_refusal_stays(
    counter: Counter, refused: Application
) -> None:
    """S61: issued by execution; the term is that of the refusal, which was met."""
    counter.town.at("2015-10-21 10:00")
    record(counter, refused, **AGAINST)
    carry_out(counter, refused)
    refused.refresh_from_db()
    assert "A referral is being prepared by the court&#x27;s decision." in counter.town.page_of(
        refused, "portal:case", "en"
    )

    counter.draft(refused)
    counter.sign(refused)
    counter.town.work()

    refused.refresh_from_db()
    assert [(one.number, one.outcome) for one in refused.decisions.order_by("signed_at")] == [
        ("АСТ-Б-2015-000001", "refuse"),
        ("АСТ-Ж-2015-000001", "grant"),
    ]
    assert (refused.state, wall(refused.decided_at), refused.is_overdue(at=counter.town.now)) == (
        "ISSUED",
        "2015-09-21 10:00:00",
        False,
    )
    page = counter.town.page_of(refused, "portal:case", "en")
    earlier = "The refusal given earlier АСТ-Б-2015-000001, 10:00 on 21 September 2015: Information in the"
    assert earlier in page
    events = counter.case_page(refused).split("Course of the case", 1)[1]
    order = ("Reasoned refusal signed", "Court case recorded", "Carrying out", "Referral signed by the court")
    assert [events.index(one) for one in order] == sorted(events.index(one) for one in order)
    counter.hand_over(refused)


def test_a_refusal_the_court_let_stand_is_not_replaced(counter: Counter, refused: Application) -> None:
    record(counter, refused, **{**AGAINST, "outcome": "for_provider"})

    answer = carry_out(counter, refused)

    refused.refresh_from_db()
    assert (answer.status_code, answer.url, refused.correction_asked_at) == (
        302,
        reverse("desk:case", args=[refused.pk]),
        None,
    )
    assert "Carry out" not in said(counter.head.get(reverse("desk:court", args=[refused.pk])))


def test_a_decided_appeal_needs_its_day(counter: Counter, refused: Application) -> None:
    answer = record(counter, refused, **{**FILED, "outcome": "for_recipient"})

    assert (answer.status_code, CourtAppeal.objects.count()) == (422, 0)


def test_only_the_office_of_the_case_records(town: Town, counter: Counter, refused: Application) -> None:
    stranger = town.browser_of(town.office("temirtau").head)

    assert stranger.post(reverse("desk:court", args=[refused.pk]), FILED).status_code == 404
    assert CourtAppeal.objects.count() == 0


def test_no_complaint_is_demanded_before(counter: Counter, refused: Application) -> None:
    """A15, R11.1-a: the system neither blocks nor demands."""
    assert record(counter, refused, **FILED).status_code == 302


@pytest.fixture
def too_old(counter: Counter) -> Application:
    """He asked for youth practice a day too late; the court found against the refusal, and it is carried out."""
    application = came(counter, born_on=TURNED_30)
    step(counter, application, "make-offer", ground="NOT_ELIGIBLE_FOR_KIND")
    step(counter, application, "answer-offer", kind="none")
    assert counter.refuse(application, ground="NOT_ELIGIBLE_FOR_KIND", reasons="Жасы.").status_code == 302
    counter.sign(application)
    counter.town.work()
    counter.town.at("2015-10-21 10:00")
    record(counter, application, **AGAINST)
    carry_out(counter, application)
    application.refresh_from_db()
    return application


def test_a_condition_that_is_not_met_does_not_hold_up_what_the_court_found(
    counter: Counter, too_old: Application
) -> None:
    """¶11: of an age there is no fact to enter; the court's record is the reason, in paper and journal."""
    page = counter.case_page(too_old)
    assert "A court's decision binds (point 11)" in page

    answer = counter.draft(too_old, although="")
    assert answer.status_code == 302, said(answer)

    by_court = "Астана қаласының Сарыарқа аудандық соты, № 2-1234/2015"
    assert by_court in counter.case_page(too_old)
    read = counter.head.get(reverse("desk:decision", args=[too_old.pk]))
    assert by_court in said(read) and by_court.encode() in counter.document_of(read)
    counter.sign(too_old)
    counter.town.work()
    assert too_old.state == "ISSUED"
    court = str(CourtAppeal.objects.get().pk)
    told = Event.objects.filter(subject=too_old.pk, facts__court=court).values_list("name", flat=True)
    assert set(told) == {"decision.drafted", "case.granted_by_court"}
    assert by_court not in printed(counter.paper(too_old))
    counter.annul(too_old, "Мамандық қате жазылған", with_correction=True)
    assert counter.draft(too_old, although="", occupation="күзетші").status_code == 302


def test_the_court_spoke_of_the_kind_that_was_asked_for(counter: Counter, too_old: Application) -> None:
    """The negative control: another kind has its conditions still, and nothing is refused a second time."""
    Application.objects.filter(pk=too_old.pk).update(other_kinds=["SOCIAL_WORKPLACE"])
    know(counter, too_old, "target_group", holds="no")

    another = counter.draft(too_old, kind="SOCIAL_WORKPLACE")
    again = counter.refuse(too_old, ground="FALSE_DATA", reasons="Себеп.")

    assert (another.status_code, again.status_code) == (409, 409)
    assert "its decision is carried out (point 11)" in said(again)
