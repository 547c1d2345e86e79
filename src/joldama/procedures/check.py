"""A signature whose revocation could not be known when it came is judged again, and what hangs on it follows (A31)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from govkz.eds import Policy
from joldama.cases.models import Application
from joldama.procedures import accept, annul, complain, decide, reply_signed, sign_in
from joldama.signatures.judging import judge_again, moment_of, person_policy
from joldama.signatures.models import ProofKind, Purpose, Signature, Status
from joldama.signatures.operations import keep_proof, rejudge, retell
from joldama.standard.workflows import ApplicationState


def open_signature(signature_id: UUID) -> Signature | None:
    """Give a signature that is still being checked; None once its verdict stands."""
    return Signature.objects.filter(pk=signature_id, status=Status.INDETERMINATE).first()


def look_again(signature: Signature, *, at: datetime) -> bool:
    """Judge a signature by what is known now, with what follows from it; say whether it is still open."""
    match Purpose(signature.purpose):
        case Purpose.APPLICATION:
            _of_application(signature, at=at)
        case Purpose.DECISION:
            decide.take_checked(signature, at=at)
        case Purpose.ANNULMENT:
            annul.take_checked(signature, at=at)
        case Purpose.SIGN_IN:
            sign_in.look_again(signature, at=at)
        case Purpose.COMPLAINT:
            complain.look_again(signature, at=at)
        case Purpose.REPLY:
            reply_signed.look_again(signature, at=at)
    return open_signature(signature.pk) is not None


def unstamped(*, most: int) -> list[Signature]:
    """Give the oldest signatures on documents that have no time stamp yet; a sign-in needs none."""
    found = Signature.objects.filter(stamped_at=None).exclude(status=Status.FAILED)
    return list(found.exclude(purpose=Purpose.SIGN_IN).order_by("received_at")[:most])


@transaction.atomic
def receive_stamp(signature: Signature, token: bytes, *, at: datetime) -> None:
    """Keep a time stamp beside a signature; the message stays as it came, its report tells of the stamp.

    Raises govkz.eds.Malformed for one that proves nothing: over other bytes, or of nobody who is believed here.
    """
    stamped_at = moment_of(token, signature, at=at)
    keep_proof(signature, ProofKind.TIMESTAMP, token, at=at)
    Signature.objects.filter(pk=signature.pk).update(stamped_at=stamped_at)
    if signature.evidence is not None:
        policy = Policy.from_dict(signature.evidence["policy"])
        retell(signature, judge_again(signature, policy=policy))


def _of_application(signature: Signature, *, at: datetime) -> None:
    application = Application.objects.select_related("person").get(signature=signature)
    if application.state == ApplicationState.SUBMITTED:
        accept.settle_one(application.pk, at=at)
        return
    verdict = judge_again(signature, policy=person_policy(application.person.iin))  # withdrawn meanwhile
    if verdict.status != Status.INDETERMINATE:
        rejudge(signature, verdict, at=at)
