"""What a verdict rests on is stored with it, and gives it again when all else is gone."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories import pki, world
from tests.factories.steps import MONDAY_TEN
from tests.fakes.centre import FakeCentre, wired

from govkz.eds import Report, Trust, any_signer, verify_cms
from govkz.eds.evidence import NotWhole
from govkz.eds.pki import Authority
from joldama.signatures.evidence import NoEvidence, reexamine, stamped
from joldama.signatures.judging import judge_again, judge_person, person_policy
from joldama.signatures.models import (
    Anchor,
    Fault,
    Material,
    Proof,
    ProofKind,
    Purpose,
    RevocationList,
    Service,
    Signature,
    Status,
)
from joldama.signatures.operations import keep, keep_proof, rejudge
from joldama.worker.centre import stamp_signatures

IIN = "900115267840"
pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    world.demo_installation()
    with wired(FakeCentre()) as made:
        yield made


def kept(*, content: bytes = b"<paper/>", purpose: Purpose = Purpose.APPLICATION) -> Signature:
    """A signature judged by a fresh list, and kept."""
    world.trust_at(MONDAY_TEN)
    cms = pki.person(IIN).sign(content, at=MONDAY_TEN)
    verdict = judge_person(cms, iin=IIN, at=MONDAY_TEN)
    return keep(cms, verdict, purpose=purpose, subject=uuid4(), at=MONDAY_TEN)


def anchors() -> Trust:
    return Trust.of(pki.authority().root.certificate)


def test_the_verdict_is_reached_again_when_lists_and_anchors_are_gone() -> None:
    signature = kept()
    RevocationList.objects.all().delete()
    Anchor.objects.all().delete()

    examined = reexamine(Signature.objects.get(pk=signature.pk), trust=anchors())

    assert examined.stands
    assert examined.found.status == Status.PASSED


def test_many_signatures_share_one_list_and_one_path() -> None:
    for number in range(3):
        kept(content=b"<paper number='%d'/>" % number)
    world.trust_at(MONDAY_TEN)

    named = {
        name
        for one in Signature.objects.all()
        for name in (*one.evidence["crls"], *one.evidence["certificates"])
    }

    assert named <= set(Material.objects.values_list("sha256", flat=True))
    assert len({tuple(one.evidence["certificates"]) for one in Signature.objects.all()}) == 1


def test_evidence_costs_a_signature_no_question_to_the_database_of_its_own() -> None:
    world.trust_at(MONDAY_TEN)
    cms = pki.person(IIN).sign(b"<paper/>", at=MONDAY_TEN)
    verdict = judge_person(cms, iin=IIN, at=MONDAY_TEN)

    with CaptureQueriesContext(connection) as asked:
        keep(cms, verdict, purpose=Purpose.APPLICATION, subject=uuid4(), at=MONDAY_TEN)

    assert len([query for query in asked if "INSERT" in query["sql"]]) == 1


def test_an_answer_about_the_certificate_is_evidence_and_lies_encrypted(centre: FakeCentre) -> None:
    world.trust_at(MONDAY_TEN - timedelta(days=3))
    key = pki.person(IIN)
    cms = key.sign(b"<paper/>", at=MONDAY_TEN)
    verdict = judge_person(cms, iin=IIN, at=MONDAY_TEN)
    signature = keep(cms, verdict, purpose=Purpose.APPLICATION, subject=uuid4(), at=MONDAY_TEN)
    issuer = pki.authority().issuing.certificate
    answer = centre.responder.ask(key.certificate, issuer, at=MONDAY_TEN)
    keep_proof(signature, ProofKind.OCSP, answer, at=MONDAY_TEN)
    keep_proof(signature, ProofKind.OCSP, answer, at=MONDAY_TEN)

    rejudge(signature, judge_again(signature, policy=person_policy(IIN)), at=MONDAY_TEN)
    RevocationList.objects.all().delete()

    signature = Signature.objects.get()
    assert (signature.status, Proof.objects.count()) == (Status.PASSED, 1)
    assert reexamine(signature, trust=anchors()).stands
    with connection.cursor() as cursor:
        cursor.execute("SELECT der FROM signatures_proof")
        assert answer[:32] not in bytes(cursor.fetchone()[0])
    Proof.objects.all().delete()
    with pytest.raises(NotWhole):
        reexamine(signature, trust=anchors())


def test_a_part_that_is_missing_and_a_signature_without_evidence_are_said_to_be_so() -> None:
    signature = kept()
    wanting = {**signature.evidence, "crls": ["0" * 64]}
    signature.evidence = wanting
    with pytest.raises(NotWhole):
        reexamine(signature, trust=anchors())

    signature.evidence = None
    with pytest.raises(NoEvidence):
        reexamine(signature, trust=anchors())


def test_a_stored_report_that_was_changed_does_not_stand() -> None:
    signature = kept()
    changed = {**signature.report["signers"][0], "iin": "850916125478"}
    signature.report = {**signature.report, "signers": [changed]}

    examined = reexamine(signature, trust=anchors())

    assert not examined.stands
    assert examined.found.signers[0].iin == IIN


def test_under_another_anchor_nothing_stands() -> None:
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL, label="OTHER")

    examined = reexamine(kept(), trust=Trust.of(stranger.root.certificate))

    assert (examined.stands, examined.found.status) == (False, Status.INDETERMINATE)


@pytest.mark.parametrize("statement", ["UPDATE {} SET der = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_material_is_never_changed_or_removed(statement: str) -> None:
    kept()

    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("signatures_material"))


def test_a_signature_is_stamped_beside_the_message_and_proved_after_its_certificate_has_ended(
    centre: FakeCentre, clock_at_monday: None
) -> None:
    signature = kept()
    before = signature.cms

    stamped_now = [stamp_signatures(), stamp_signatures()]

    signature = Signature.objects.get()
    [proof] = signature.proofs.all()
    assert (stamped_now, centre.stamper.asked) == ([1, 0], 1)
    assert (signature.cms, signature.stamped_at, proof.kind) == (before, MONDAY_TEN, ProofKind.TIMESTAMP)
    assert Report.from_dict(signature.report).signers[0].timestamp == MONDAY_TEN
    assert reexamine(signature, trust=anchors()).stands
    late = pki.UNTIL + timedelta(days=1)
    used = Material.objects.filter(sha256__in=signature.evidence["crls"]).values_list("der", flat=True)
    crls = [bytes(der) for der in used]
    verdicts = [
        verify_cms(
            message, trust=Trust.of(*pki.authority().certificates), crls=crls, at=late, policy=any_signer()
        )
        for message in (signature.cms, stamped(signature.cms, [proof.der]))
    ]
    assert [verdict.report.status for verdict in verdicts] == [Status.FAILED, Status.PASSED]


def test_a_sign_in_is_not_stamped_and_without_an_authority_nothing_is(
    centre: FakeCentre, clock_at_monday: None
) -> None:
    kept(purpose=Purpose.SIGN_IN)
    assert stamp_signatures() == 0

    kept(content=b"<other/>")
    centre.stamper.fault = Fault.SILENT
    assert stamp_signatures() == 0
    assert Service.objects.get(kind="tsp").failures == 1
    centre.stamper.fault = None
    assert stamp_signatures() == 1


def test_a_stamp_of_an_authority_that_is_not_believed_is_not_kept(
    centre: FakeCentre, clock_at_monday: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL).stamper(at=pki.FROM, until=pki.UNTIL)
    monkeypatch.setattr(pki, "stamper", lambda: stranger)
    kept()

    assert stamp_signatures() == 0
    assert not Proof.objects.exists()
    assert Service.objects.get(kind="tsp").fault == Fault.NOT_BELIEVED


@pytest.fixture
def clock_at_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY_TEN, tick=False):
        yield
