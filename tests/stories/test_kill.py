"""A process is killed (SIGKILL) at seven points of the main job: the promised number exists once, and the job ends.

The points: after an application was submitted, after a signature was verified, after the head signed, after the
paper was printed, kept to be sealed, sealed, stamped. Once kept, these very bytes are sealed, whoever goes on. The
killed process and those that go on are processes of their own on a database of their own.
"""

import base64
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGKILL

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from govkz.eds import Status
from joldama.adapters.signer import check_seal, examine
from joldama.cases.models import Application, Decision, Draft, NumberSeries, SealedPaper, UnsealedPaper
from joldama.installation import clock
from joldama.journal.models import Event
from joldama.procedures import accept, decide
from joldama.referrals.models import Referral
from joldama.registries.models import Inquiry
from tests.factories import pki
from tests.factories.sealed_papers import LATE, trust
from tests.factories.steps import MONDAY_TEN, document_of, drafted, filled_draft, sent
from tests.factories.world import World
from tests.fakes.emulated import serving
from tests.stories.machine import Ended, Machine
from tests.stories.town import BACKEND

HEARTBEAT_OUT = 61
"""Seconds after which a worker that does not beat counts as gone."""

COURSE = [
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


def test_killed_after_submitting_the_promised_number_stands_in_the_account_and_the_job_ends(
    astana: World, machine: Machine
) -> None:
    draft = filled_draft(astana)
    cms = pki.person(draft.person.iin).sign(document_of(draft), at=MONDAY_TEN)

    killed = machine.run("after_submit", draft=str(draft.pk), cms=encoded(cms), at=MONDAY_TEN.isoformat())

    assert killed == Ended(-SIGKILL, "АСТ-2015-000001")
    assert killed.promised in account_of(draft)
    again = accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)
    assert again.number == killed.promised
    machine.work()
    decided(astana, again)
    machine.work()
    assert_issued_once()


def test_killed_after_verifying_an_application_nothing_is_stored_and_it_may_be_sent_again(
    astana: World, machine: Machine
) -> None:
    draft = filled_draft(astana)
    cms = pki.person(draft.person.iin).sign(document_of(draft), at=MONDAY_TEN)

    killed = machine.run(
        "after_verification", draft=str(draft.pk), cms=encoded(cms), at=MONDAY_TEN.isoformat()
    )

    draft.refresh_from_db()
    assert killed == Ended(-SIGKILL, "")
    assert (draft.sent_at, Application.objects.count(), NumberSeries.objects.count()) == (None, 0, 0)
    application = accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)
    machine.work()
    decided(astana, application)
    machine.work()
    assert_issued_once()


def test_killed_after_verifying_the_heads_signature_nothing_is_stored_and_he_signs_again(
    astana: World, machine: Machine
) -> None:
    application = answered(astana, machine)
    cms = heads_signature(astana, application)

    killed = machine.run("after_the_heads_verification", **to_sign(astana, application, cms))

    application.refresh_from_db()
    assert killed == Ended(-SIGKILL, "")
    assert (application.state, Decision.objects.get().number) == ("IN_PROGRESS", None)
    assert not NumberSeries.objects.filter(register="Ж").exists()
    decide.sign(application, cms, by=astana.head, at=MONDAY_TEN)
    machine.work()
    assert_issued_once()


def test_killed_after_the_head_signed_the_promised_number_is_sealed_and_issued(
    astana: World, machine: Machine
) -> None:
    application = answered(astana, machine)
    cms = heads_signature(astana, application)

    killed = machine.run("after_the_heads_signature", **to_sign(astana, application, cms))

    application.refresh_from_db()
    assert killed == Ended(-SIGKILL, "АСТ-Ж-2015-000001")
    assert (application.state, SealedPaper.objects.count()) == ("SIGNED", 0)
    assert decide.sign(application, cms, by=astana.head, at=MONDAY_TEN).number == killed.promised
    machine.work()
    assert_issued_once()


def test_without_the_errand_of_the_heads_transaction_the_case_would_stay_signed(
    astana: World, machine: Machine
) -> None:
    application = answered(astana, machine)
    machine.run(
        "after_the_heads_signature",
        **to_sign(astana, application, heads_signature(astana, application)),
    )

    connection.cursor().execute("DELETE FROM procrastinate_jobs WHERE task_name = 'seal_result'")
    machine.work()

    application.refresh_from_db()
    assert (application.state, SealedPaper.objects.count()) == ("SIGNED", 0)


@pytest.mark.parametrize("point", ["after_keeping_what_to_seal", "after_sealing"])
def test_killed_while_sealing_another_worker_seals_the_same_bytes_within_the_minute(
    astana: World, machine: Machine, point: str
) -> None:
    application = answered(astana, machine)
    decide.sign(application, heads_signature(astana, application), by=astana.head, at=MONDAY_TEN)

    killed = machine.run(point)

    assert killed == Ended(-SIGKILL, "")
    kept = {row.copy: bytes(row.pdf) for row in UnsealedPaper.objects.all()}
    assert (set(kept), SealedPaper.objects.count()) == ({"organisation", "recipient"}, 0)
    machine.work(after_the_sweep=True)
    application.refresh_from_db()
    assert (application.state, SealedPaper.objects.count()) == ("SIGNED", 0)
    goes_on(machine)
    assert_issued_once()
    for paper in SealedPaper.objects.all():
        assert bytes(paper.pdf).startswith(kept[paper.copy])


def test_killed_while_the_centre_stamps_another_worker_has_each_paper_stamped_once(
    astana: World, machine: Machine, tmp_path: Path
) -> None:
    application = answered(astana, machine)
    decide.sign(application, heads_signature(astana, application), by=astana.head, at=MONDAY_TEN)
    ahead = clock.now() - datetime.now(UTC)
    with serving(tmp_path, now=lambda: datetime.now(UTC) + ahead) as centre:
        machine.ask(centre)

        killed = machine.run("after_stamping")

        before = {paper.copy: bytes(paper.pdf) for paper in SealedPaper.objects.all()}
        waiting = ProcrastinateJob.objects.filter(task_name="prove_paper")
        assert (killed, len(before), waiting.count()) == (Ended(-SIGKILL, ""), 2, 2)
        goes_on(machine)

    for paper in SealedPaper.objects.all():
        found = examine(bytes(paper.pdf), trust=trust(), at=LATE, office_bin=astana.office.bin)
        assert bytes(paper.pdf).startswith(before[paper.copy])
        assert (found.status, found.stamps) == (Status.PASSED, 2)
    assert (Event.objects.filter(name="decision.proved").count(), waiting.count()) == (2, 0)


def test_killed_before_anything_is_kept_the_paper_is_printed_anew(astana: World, machine: Machine) -> None:
    application = answered(astana, machine)
    decide.sign(application, heads_signature(astana, application), by=astana.head, at=MONDAY_TEN)

    killed = machine.run("after_printing")

    assert (killed, UnsealedPaper.objects.count()) == (Ended(-SIGKILL, ""), 0)
    goes_on(machine)
    assert_issued_once()


def goes_on(machine: Machine) -> None:
    """Let a minute pass: the dead worker counts as gone, and another does what it left."""
    connection.cursor().execute(
        "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - make_interval(secs => %s)",
        [HEARTBEAT_OUT],
    )
    machine.work(after_the_sweep=True)


def assert_issued_once() -> None:
    """Hold that one application became one referral with one paper a copy, and nothing waits or is doubled."""
    application = Application.objects.get()
    assert (application.state, application.number) == ("ISSUED", "АСТ-2015-000001")
    assert [(r.number, r.state) for r in Referral.objects.all()] == [("АСТ-Ж-2015-000001", "ISSUED")]
    assert sorted(NumberSeries.objects.values_list("register", "latest")) == [("", 1), ("Ж", 1)]
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == COURSE
    papers = SealedPaper.objects.order_by("copy")
    assert [(paper.copy, check_seal(bytes(paper.pdf)).holds) for paper in papers] == [
        ("organisation", True),
        ("recipient", True),
    ]
    unsealed = UnsealedPaper.objects.order_by("copy")
    assert [(row.pdf, row.begins(bytes(paper.pdf))) for row, paper in zip(unsealed, papers, strict=True)] == [
        (None, True),
        (None, True),
    ]
    errands = ProcrastinateJob.objects.filter(task_name__in=("ask_register", "seal_result"))
    assert not errands.exists()


def answered(astana: World, machine: Machine) -> Application:
    """A portal application whose document the register confirmed, drafted by the specialist."""
    application = sent(astana)
    machine.work()
    assert Inquiry.objects.get(subject=application.pk).outcome == "confirmed"
    drafted(astana, application)
    return application


def decided(astana: World, application: Application) -> None:
    """Draft and sign a case."""
    drafted(astana, application)
    decide.sign(application, heads_signature(astana, application), by=astana.head, at=MONDAY_TEN)


def heads_signature(astana: World, application: Application) -> bytes:
    document = decide.render(application, by=astana.head, at=MONDAY_TEN).document
    return pki.official(astana.head.iin or "", astana.office.bin).sign(document, at=MONDAY_TEN)


def to_sign(astana: World, application: Application, cms: bytes) -> dict[str, str]:
    return {
        "application": str(application.pk),
        "official": str(astana.head.pk),
        "cms": encoded(cms),
        "at": MONDAY_TEN.isoformat(),
    }


def account_of(draft: Draft) -> str:
    """What the person reads when he opens his account after the fright."""
    browser = Client()
    browser.force_login(draft.person.account, backend=BACKEND)
    return browser.get(reverse("portal:account")).content.decode()


def encoded(cms: bytes) -> str:
    return base64.b64encode(cms).decode()
