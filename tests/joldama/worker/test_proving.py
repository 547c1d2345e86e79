"""What was sealed of late is stamped and proved by the centre; what would prove nothing is not kept."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from tests.factories import pki, world
from tests.factories.sealed_papers import LATE, trust
from tests.factories.seals import seal_identity
from tests.factories.steps import MONDAY_TEN, drafted, sent, signed
from tests.factories.world import World
from tests.fakes.centre import FakeCentre, wired

from govkz.eds import Status
from govkz.eds.keep import Keep
from joldama.adapters.centre.lists import PublishedLists
from joldama.adapters.centre.points import load_points
from joldama.adapters.centre.responder import HttpResponder
from joldama.adapters.centre.stamper import HttpStamper
from joldama.adapters.signer import examine
from joldama.cases.models import Decision, SealedPaper
from joldama.demo.centre.emulated import EmulatedCentre, points_of
from joldama.demo.centre.server import make_server
from joldama.journal.models import Event
from joldama.procedures import issue, prove
from joldama.signatures import ports
from joldama.signatures.models import Fault, Service
from joldama.signatures.operations import keep_revocation_list
from joldama.worker import proving
from joldama.worker.proving import prove_papers
from joldama.worker.sealing import printed, seal

SEALED_AT = MONDAY_TEN + timedelta(seconds=3)
MINUTE_LATER = MONDAY_TEN + timedelta(minutes=1)


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    with wired(FakeCentre()) as made:
        yield made


@pytest.fixture
def decision(astana: World, seals: Path) -> Decision:
    """A referral of Astana, sealed."""
    application = sent(astana)
    drafted(astana, application)
    decided = signed(astana, application)
    papers = issue.keep_unsealed(decided, printed(decided, at=SEALED_AT))
    sealed = seal(papers, office_bin=astana.office.bin, at=SEALED_AT)
    issue.receive_sealed(decided, sealed, at=SEALED_AT)
    return decided


def proved(*, at: datetime = MINUTE_LATER) -> int:
    with time_machine.travel(at, tick=False):
        return prove_papers()


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
    keep = Keep(tmp_path / "centre")
    keep.save(pki.authority())
    server = make_server(0, EmulatedCentre(keep, now=lambda: MINUTE_LATER))
    file = tmp_path / "points.toml"
    file.write_text(points_of(f"http://127.0.0.1:{server.server_port}"), encoding="utf-8")
    points = load_points("demo", file)
    before = ports.services()
    lists, responder, stamper = PublishedLists(points), HttpResponder(points.ocsp), HttpStamper(points.tsp)
    ports.wire(ports.Services("demo", lists, responder, stamper))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield
    ports.wire(before)
    for line in (lists, responder, stamper):
        line.close()
    server.shutdown()
    server.server_close()


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
    assert Service.objects.get(kind="tsp").failures == 1

    centre.answers()
    assert proved() == 2


def test_without_an_authority_nothing_is_asked(decision: Decision) -> None:
    before = pdfs()

    assert (proved(), pdfs()) == (0, before)


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
        prove.receive_proof(paper, b"%PDF-1.7 another", proved_at=MINUTE_LATER, at=MINUTE_LATER)


def pki_bin(decision: Decision) -> str:
    return decision.application.office.bin
