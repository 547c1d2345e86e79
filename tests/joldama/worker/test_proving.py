"""What was sealed of late is stamped and proved by the centre; what would prove nothing is not kept."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import pki, world
from tests.factories.sealed_papers import LATE, trust
from tests.factories.seals import seal_identity
from tests.factories.steps import MONDAY_TEN, drafted, sent, signed
from tests.factories.world import World
from tests.fakes.centre import FakeCentre, wired
from tests.fakes.emulated import serving

from govkz.eds import Status
from joldama.adapters.centre.lists import PublishedLists
from joldama.adapters.centre.points import load_points
from joldama.adapters.centre.responder import HttpResponder
from joldama.adapters.centre.stamper import HttpStamper
from joldama.adapters.signer import examine
from joldama.cases.models import Decision, SealedPaper
from joldama.journal.models import Event
from joldama.procedures import issue, prove
from joldama.signatures import health, ports
from joldama.signatures.models import Fault, Service
from joldama.signatures.operations import keep_revocation_list
from joldama.worker import proving, tasks
from joldama.worker.centre import LeftAlone
from joldama.worker.sealing import printed, seal

SEALED_AT = MONDAY_TEN + timedelta(seconds=3)
MINUTE_LATER = MONDAY_TEN + timedelta(minutes=1)


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    with wired(FakeCentre()) as made:
        yield made


@pytest.fixture
def decision(astana: World, seals: Path) -> Decision:
    """A referral of Astana, sealed before any authority was wired."""
    decided = to_be_sealed(astana)
    is_sealed(decided)
    return decided


def to_be_sealed(astana: World) -> Decision:
    application = sent(astana)
    drafted(astana, application)
    return signed(astana, application)


def is_sealed(decided: Decision) -> None:
    papers = issue.keep_unsealed(decided, printed(decided, at=SEALED_AT))
    sealed = seal(papers, office_bin=decided.application.office.bin, at=SEALED_AT)
    issue.receive_sealed(decided, sealed, at=SEALED_AT)


def proved(*, at: datetime = MINUTE_LATER) -> int:
    """Let the minute's sweep run and a worker do each errand once; say how many papers last since then."""
    before = SealedPaper.objects.exclude(proved_at=None).count()
    with time_machine.travel(at, tick=False):
        prove.leave_errands(at=at)
        for job in ProcrastinateJob.objects.filter(task_name="prove_paper"):
            with suppress(ports.ServiceSilent, LeftAlone):
                tasks.prove_paper(**job.args)
                connection.cursor().execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
    return SealedPaper.objects.exclude(proved_at=None).count() - before


def errands(task: str = "prove_paper") -> list[str]:
    """For which papers errands wait."""
    jobs = ProcrastinateJob.objects.filter(task_name=task, queue_name="outside")
    return sorted(job.args["paper"] for job in jobs)


def every_paper() -> list[str]:
    return sorted(str(paper.pk) for paper in SealedPaper.objects.defer("pdf"))


def pdfs() -> dict[str, bytes]:
    return {paper.copy: bytes(paper.pdf) for paper in SealedPaper.objects.all()}


def test_both_copies_last_from_the_root_alone_and_begin_with_what_was_handed_out(
    decision: Decision, centre: FakeCentre
) -> None:
    before = pdfs()

    assert [proved(), proved()] == [2, 0]

    for paper in SealedPaper.objects.all():
        found = examine(bytes(paper.pdf), trust=trust(), at=LATE, office_bin=pki_bin(decision))
        assert bytes(paper.pdf).startswith(before[paper.copy])
        assert (found.status, found.reasons, paper.proved_at) == (Status.PASSED, (), MINUTE_LATER)
        assert (found.decision is not None) == (paper.copy == "recipient")
    assert (centre.stamper.asked, centre.responder.asked) == (4, 5)
    assert Event.objects.filter(name="decision.proved").count() == 2


@pytest.fixture
def emulated(tmp_path: Path) -> Iterator[None]:
    """Have the worker ask the emulated centre over HTTP, as an installation asks the real one."""
    before = ports.services()
    with serving(tmp_path, now=lambda: MINUTE_LATER) as file:
        points = load_points("demo", file)
        lists, responder, stamper = (
            PublishedLists(points),
            HttpResponder(points.ocsp),
            HttpStamper(points.tsp),
        )
        ports.wire(ports.Services("demo", lists, responder, stamper))
        yield
        ports.wire(before)
        for line in (lists, responder, stamper):
            line.close()


def test_the_emulated_centre_proves_them_over_http(decision: Decision, emulated: None) -> None:
    assert proved() == 2

    for pdf in pdfs().values():
        found = examine(pdf, trust=trust(), at=LATE)
        assert (found.status, found.proved_at, found.stamps) == (Status.PASSED, MINUTE_LATER, 2)


def test_the_unsealed_bytes_are_still_where_the_longer_paper_begins(
    decision: Decision, centre: FakeCentre
) -> None:
    proved()

    longer = pdfs()
    assert [row.begins(longer[row.copy]) for row in decision.unsealed_papers.all()] == [True, True]


def test_a_silence_leaves_the_paper_as_it_was_until_the_centre_answers(
    decision: Decision, centre: FakeCentre
) -> None:
    before = pdfs()
    centre.falls_silent()
    assert (proved(), pdfs()) == (0, before)
    assert Service.objects.get(kind="tsp").failures == 2

    assert (proved(), errands()) == (0, every_paper())
    centre.answers()
    assert (proved(at=MINUTE_LATER + timedelta(minutes=1)), errands()) == (2, [])


def test_what_keeps_a_paper_sealed_leaves_its_errand_or_neither(
    astana: World, seals: Path, centre: FakeCentre
) -> None:
    decided = to_be_sealed(astana)
    with suppress(Undone), transaction.atomic():
        is_sealed(decided)
        raise Undone
    assert (every_paper(), errands()) == ([], [])

    is_sealed(decided)

    assert len(errands()) == 2
    assert errands() == every_paper()
    assert prove.leave_errands(at=MINUTE_LATER) == 0


def test_an_errand_that_runs_twice_has_one_effect(decision: Decision, centre: FakeCentre) -> None:
    proved()
    before, asked = pdfs(), centre.stamper.asked

    for paper in every_paper():
        tasks.prove_paper(paper=paper)

    assert (pdfs(), centre.stamper.asked) == (before, asked)
    assert Event.objects.filter(name="decision.proved").count() == 2


def test_two_workers_at_one_paper_keep_one_of_what_they_made(decision: Decision, centre: FakeCentre) -> None:
    """The errand of a worker that was taken for dead goes on beside the one that took its place."""
    paper = SealedPaper.objects.select_related("decision__application__office").get(copy="recipient")
    with time_machine.travel(MINUTE_LATER, tick=False):
        tasks.prove_paper(paper=str(paper.pk))
        before = pdfs()
        proving.make_it_last(paper)

    assert (pdfs(), Event.objects.filter(name="decision.proved").count()) == (before, 1)


def test_an_authority_that_is_left_alone_is_not_asked_and_the_errand_is_tried_again(
    decision: Decision, centre: FakeCentre
) -> None:
    for _ in range(3):
        health.note_fault(centre.stamper.point(), Fault.SILENT, at=MINUTE_LATER)

    with time_machine.travel(MINUTE_LATER, tick=False), pytest.raises(LeftAlone):
        tasks.prove_paper(paper=every_paper()[0])
    assert centre.stamper.asked == 0


def test_without_an_authority_nothing_is_asked_and_nobody_is_sent(decision: Decision) -> None:
    before = pdfs()

    assert (proved(), pdfs(), errands()) == (0, before, [])
    tasks.prove_paper(paper=every_paper()[0])
    assert pdfs() == before


def test_where_the_responder_is_silent_the_lists_that_are_kept_go_into_the_paper(
    decision: Decision, centre: FakeCentre
) -> None:
    centre.responder.fault = Fault.SILENT

    assert proved() == 2
    assert examine(pdfs()["organisation"], trust=trust(), at=LATE).status == Status.PASSED


def test_a_list_too_long_for_a_paper_is_left_out_and_the_paper_rests_an_hour(
    decision: Decision, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.responder.fault = Fault.SILENT
    monkeypatch.setattr(proving, "LARGEST_LIST", 100)
    before = pdfs()

    assert (proved(), pdfs()) == (0, before)
    centre.answers()
    assert proved(at=MINUTE_LATER + timedelta(minutes=59)) == 0
    assert proved(at=MINUTE_LATER + prove.SOUGHT_AGAIN_AFTER + timedelta(seconds=1)) == 2


def test_the_seal_of_a_certificate_revoked_by_then_is_not_proved(
    decision: Decision, centre: FakeCentre, astana: World
) -> None:
    centre.responder.fault = Fault.SILENT
    revoked = {seal_identity(astana.office.bin).serial: MONDAY_TEN - timedelta(days=1)}
    keep_revocation_list(replace(pki.authority(), revoked=revoked).crl(at=MONDAY_TEN + timedelta(seconds=30)))
    before = pdfs()

    assert (proved(), pdfs()) == (0, before)


def test_a_stamp_of_nobody_who_is_believed_proves_nothing(decision: Decision, centre: FakeCentre) -> None:
    world.trust_at(MONDAY_TEN)
    stranger = pki.Authority.create(at=pki.FROM, until=pki.UNTIL, label="OTHER").stamper(
        at=pki.FROM, until=pki.UNTIL
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pki, "stamper", lambda: stranger)
        assert proved() == 0


def test_another_paper_never_takes_the_place_of_the_sealed_one(decision: Decision) -> None:
    paper = SealedPaper.objects.get(copy="recipient")

    with pytest.raises(prove.NotTheSamePaper):
        prove.receive_proof(
            paper, b"%PDF-1.7 another", proved_at=MINUTE_LATER, lasts_until=None, at=MINUTE_LATER
        )


YEAR = timedelta(days=365)


def stamps_from(patch: pytest.MonkeyPatch, at: datetime) -> datetime:
    """Have the authority stamp with a certificate of a year from a moment on; give when that ends."""
    stamper = pki.authority().stamper(at=at, until=at + YEAR)
    patch.setattr(pki, "stamper", lambda: stamper)
    return at + YEAR


def renewed(*, at: datetime) -> int:
    """Let the sweep run and a worker do each errand it leaves; say how many papers got a stamp."""
    before = Event.objects.filter(name="decision.renewed").count()
    with time_machine.travel(at, tick=False):
        prove.leave_renewals(at=at)
        for job in ProcrastinateJob.objects.filter(task_name="renew_paper"):
            with suppress(ports.ServiceSilent, LeftAlone):
                tasks.renew_paper(**job.args)
                connection.cursor().execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.pk])
    return Event.objects.filter(name="decision.renewed").count() - before


def test_papers_are_stamped_again_before_their_stamps_end_and_last_from_the_root_alone(
    decision: Decision, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = stamps_from(monkeypatch, MINUTE_LATER)
    assert proved() == 2
    grown = [pdfs()]
    early = renewed(at=ends - timedelta(days=181))

    for _generation in range(2):
        at = ends - timedelta(days=179)
        ends = stamps_from(monkeypatch, at)
        assert [renewed(at=at), renewed(at=at + timedelta(minutes=10))] == [2, 0]
        grown.append(pdfs())

    assert early == 0
    for paper in SealedPaper.objects.all():
        found = examine(bytes(paper.pdf), trust=trust(), at=LATE, office_bin=pki_bin(decision))
        assert (found.status, found.reasons, found.stamps) == (Status.PASSED, (), 4)
        assert (found.proved_at, paper.lasts_until, found.lasts_until) == (MINUTE_LATER, ends, ends)
        first, second, third = (pdf[paper.copy] for pdf in grown)
        assert second.startswith(first)
        assert third.startswith(second)


def test_a_stamp_that_ends_no_later_is_not_kept_and_the_paper_rests_a_week(
    decision: Decision, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The authority still stamps with the certificate that ends: papers do not grow for nothing."""
    ends = stamps_from(monkeypatch, MINUTE_LATER)
    proved()
    before, due = pdfs(), ends - timedelta(days=100)

    assert (renewed(at=due), pdfs(), errands("renew_paper")) == (0, before, [])
    stamps_from(monkeypatch, due)
    assert renewed(at=due + timedelta(days=6)) == 0
    assert renewed(at=due + timedelta(days=7, seconds=1)) == 2


def test_a_silence_keeps_the_errand_until_the_authority_answers(
    decision: Decision, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = stamps_from(monkeypatch, MINUTE_LATER)
    proved()
    before, due = pdfs(), ends - timedelta(days=100)
    stamps_from(monkeypatch, due)
    centre.falls_silent()

    assert (renewed(at=due), pdfs(), errands("renew_paper")) == (0, before, every_paper())
    centre.answers()
    assert (renewed(at=due + timedelta(minutes=10)), errands("renew_paper")) == (2, [])


def test_papers_from_before_ends_were_noted_get_theirs_noted_and_are_renewed_in_time(
    decision: Decision, centre: FakeCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = stamps_from(monkeypatch, MINUTE_LATER)
    proved()
    SealedPaper.objects.update(lasts_until=None)
    asked = centre.stamper.asked

    assert (renewed(at=MINUTE_LATER + timedelta(days=1)), centre.stamper.asked) == (0, asked)
    assert {paper.lasts_until for paper in SealedPaper.objects.all()} == {ends}
    SealedPaper.objects.update(lasts_until=None)
    stamps_from(monkeypatch, ends - timedelta(days=100))
    assert renewed(at=ends - timedelta(days=100)) == 2


def test_without_an_authority_nobody_is_sent_to_renew(
    decision: Decision, monkeypatch: pytest.MonkeyPatch
) -> None:
    with wired(FakeCentre()):
        ends = stamps_from(monkeypatch, MINUTE_LATER)
        proved()

    assert (renewed(at=ends - timedelta(days=1)), errands("renew_paper")) == (0, [])


class Undone(Exception):
    """What was begun is taken back."""


def pki_bin(decision: Decision) -> str:
    return decision.application.office.bin
