"""The main job, step by step, below any page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import pki, world
from tests.factories.steps import MONDAY_TEN, document_of, drafted, filled_draft, intake, sealed, sent, signed
from tests.factories.world import World

from joldama.cases.models import Application
from joldama.demo.register import DemoRegister
from joldama.journal.models import Event
from joldama.procedures import accept, decide, inquire, issue
from joldama.referrals.models import Referral
from joldama.registries.models import Inquiry
from joldama.registries.queries import question_of
from joldama.standard.grounds import Ground
from joldama.standard.refusals import Refused


def test_a_signed_application_becomes_a_referral_in_the_account(astana: World) -> None:
    application = sent(astana)
    inquiry = Inquiry.objects.get(subject=application.pk)
    inquire.receive_answer(inquiry, DemoRegister().ask(question_of(inquiry), at=MONDAY_TEN), at=MONDAY_TEN)
    application.refresh_from_db()
    drafted(astana, application)
    sealed(signed(astana, application))

    application.refresh_from_db()
    referral = Referral.objects.get(application=application)
    assert (application.state, application.number) == ("ISSUED", "АСТ-2015-000001")
    assert (referral.number, referral.state) == ("АСТ-Ж-2015-000001", "ISSUED")
    assert referral.valid_until_on.isoformat() == "2015-09-21"
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "case.delivered",
        "case.registered",
        "inquiry.answered",
        "case.taken",
        "decision.drafted",
        "case.signed",
        "referral.issued",
        "decision.sealed",
        "case.issued",
    ]


STATEMENTS = {"accept": 19, "answer": 6, "draft": 14, "read": 7, "sign": 21, "seal": 15}
"""How often each step asks the database; what a step knows it hands on."""


def test_each_step_of_the_main_job_asks_the_database_no_more_than_it_must(astana: World) -> None:
    asked: dict[str, int] = {}
    draft = filled_draft(astana)
    cms = pki.person(draft.person.iin).sign(document_of(draft), at=MONDAY_TEN)
    with _counted(asked, "accept"):
        accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)
    inquiry = Inquiry.objects.get()
    answer = DemoRegister().ask(question_of(inquiry), at=MONDAY_TEN)
    with _counted(asked, "answer"):
        inquire.receive_answer(inquiry, answer, at=MONDAY_TEN)
    application = Application.objects.select_related("office", "place", "person").get()
    with _counted(asked, "draft"):
        drafted(astana, application)
    with _counted(asked, "read"):
        document = decide.render(application, by=astana.head, at=MONDAY_TEN).document
    cms = pki.official(astana.head.iin, astana.office.bin).sign(document, at=MONDAY_TEN)
    with _counted(asked, "sign"):
        decision = decide.sign(application, cms, by=astana.head, at=MONDAY_TEN)
    with _counted(asked, "seal"):
        waiting = issue.unsealed_decision(decision.pk)
        assert waiting is not None and issue.unsealed_papers(waiting) is None
        sealed(waiting)

    assert asked == STATEMENTS


@contextmanager
def _counted(asked: dict[str, int], step: str) -> Iterator[None]:
    """Count what a step asks, without the marks of its transactions."""
    with CaptureQueriesContext(connection) as captured:
        yield
    told = [one["sql"] for one in captured.captured_queries]
    asked[step] = sum(not sql.startswith(("SAVEPOINT", "RELEASE")) for sql in told)


def test_an_application_sent_in_working_time_is_registered_at_once(astana: World) -> None:
    application = sent(astana)

    assert application.state == "REGISTERED"
    assert application.accepted_at == application.registered_at == MONDAY_TEN
    assert application.due_at == datetime(2015, 9, 15, 11, 30, tzinfo=UTC)


def test_an_application_sent_in_the_evening_waits_for_the_opening(astana: World) -> None:
    evening = MONDAY_TEN + timedelta(hours=10)

    application = sent(astana, at=evening)

    assert (application.state, application.number) == ("SUBMITTED", None)
    opening = datetime(2015, 9, 15, 3, 0, tzinfo=UTC)
    assert application.accepted_at == opening
    assert accept.settle_delivered(at=opening - timedelta(seconds=1)) == 0
    assert accept.settle_delivered(at=opening) == 1
    application.refresh_from_db()
    assert (application.state, application.number) == ("REGISTERED", "АСТ-2015-000001")


def test_the_same_draft_sent_twice_is_one_application(astana: World) -> None:
    draft = filled_draft(astana)
    document = document_of(draft)
    cms = pki.person(draft.person.iin).sign(document, at=MONDAY_TEN)

    first = accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)
    second = accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)

    assert first.pk == second.pk
    assert Application.objects.count() == 1


def test_a_signature_over_other_bytes_is_refused_and_nothing_is_stored(astana: World) -> None:
    draft = filled_draft(astana)
    document = document_of(draft)
    other = document.replace(b"041234567", b"041234568")
    cms = pki.person(draft.person.iin).sign(other, at=MONDAY_TEN)

    with pytest.raises(Refused) as refused:
        accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)

    assert refused.value.ground == Ground.EDS_INVALID
    assert not Application.objects.exists()


def test_a_stale_revocation_list_leaves_the_signature_being_checked(astana: World) -> None:
    later = MONDAY_TEN + timedelta(days=8)

    application = sent(astana, at=later)

    assert (application.state, application.signature.status) == ("SUBMITTED", "indeterminate")
    world.trust_at(later)
    accept.settle_delivered(at=later + timedelta(minutes=1))
    application.refresh_from_db()
    assert application.state == "REGISTERED"
    assert application.registered_at == later + timedelta(minutes=1)
    assert application.accepted_at == later


def test_a_walk_in_is_registered_with_thirty_minutes(astana: World) -> None:
    application = accept.register_walk_in(intake(), place=astana.place, by=astana.specialist, at=MONDAY_TEN)

    assert (application.state, application.number) == ("REGISTERED", "АСТ-2015-000001")
    assert application.due_at == MONDAY_TEN + timedelta(minutes=30)


def test_a_document_the_standard_does_not_name_is_not_accepted(astana: World) -> None:
    with pytest.raises(Refused) as refused:
        accept.register_walk_in(
            intake(document_kind=None), place=astana.place, by=astana.specialist, at=MONDAY_TEN
        )

    assert refused.value.ground == Ground.WRONG_ID_KIND
    assert not Application.objects.exists()
