"""The head decides: the decision is rendered on his screen and signed with his own EDS (A36)."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from govkz.eds import Reason
from joldama.cases.models import Application, Decision, Outcome
from joldama.cases.numbers import Register, next_number
from joldama.cases.operations import SomebodyWasFaster, finish_correction, move
from joldama.cases.rules import may_decide, may_see
from joldama.journal import outbox
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.people.queries import deputising
from joldama.procedures import notify
from joldama.procedures.reckoning import valid_until
from joldama.procedures.refused_signature import telling, text_key_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.second_referral import check_no_other_open
from joldama.referrals.operations import issue
from joldama.signatures.judging import judge_again, judge_official, official_policy
from joldama.signatures.models import Purpose, Signature, Status
from joldama.signatures.operations import SignedBefore, keep, rejudge
from joldama.standard import words
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.papers import DecisionPaper
from joldama.standard.workflows import ApplicationMove, ApplicationState


class SignatureRefused(Exception):
    """The signature does not decide this case; `reasons` say why, nothing was stored."""

    def __init__(self, reasons: frozenset[Reason], *, is_test_key: bool = False) -> None:
        super().__init__(", ".join(sorted(reasons)))
        self.reasons = reasons
        self.is_test_key = is_test_key

    @property
    def text_key(self) -> str:
        """Key of the message in three parts: the most telling reason, in the words for an official if any."""
        most_telling = telling(self.reasons, is_test_key=self.is_test_key)
        own = f"desk.signature.{most_telling}"
        return own if words.has(own) else text_key_of(self.reasons, is_test_key=self.is_test_key)


@transaction.atomic
def render(application: Application, *, by: Staff, at: datetime) -> Decision:
    """Render the drafted decision for this official and keep the bytes that he will read and sign."""
    _check_right(application, by=by, at=at)
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .filter(application=application, signed_at=None)
        .first()
    )
    if decision is None:
        raise SomebodyWasFaster(application)
    if waiting_signature(decision) is not None:
        return decision  # made anew, it would be another document than the one that is signed
    if decision.document is None or decision.document_for_id != by.pk:
        decision.document = _paper(application, decision, by=by, at=at).to_xml()
        decision.document_for = by
        decision.save(update_fields=["document", "document_for"])
    return decision


def sign(application: Application, cms: bytes, *, by: Staff, at: datetime) -> Decision:
    """Accept the head's signature: number, referral or refusal, and the errand of its document.

    Where all passed and only revocation is not known yet, the signature is kept and the centre asked: the
    decision is taken once it answers (`take_checked`), without a number until then (A31, A36). Sent twice, it
    is the same decision. Raises SignatureRefused (wrong person, role, organisation, other bytes, revoked…),
    SomebodyWasFaster, NotAllowed.
    """
    known = Decision.objects.filter(standing_for=application, signed_by=by).first()
    if known is not None:
        return known
    _check_right(application, by=by, at=at)
    verdict = judge_official(cms, bin=application.office.bin, iin=by.iin or "", at=at)
    if verdict.status != Status.PASSED and not verdict.is_waiting_for_revocation_only:
        raise SignatureRefused(verdict.reasons, is_test_key=verdict.is_test_key)
    with transaction.atomic():
        decision = _unsigned(application)
        if waiting_signature(decision) is not None:
            return decision
        if decision.document_for_id != by.pk or verdict.content != decision.document:
            raise SignatureRefused(frozenset({Reason.CONTENT_MISMATCH}))
        try:
            signature = keep(cms, verdict, purpose=Purpose.DECISION, subject=decision.pk, at=at)
        except SignedBefore as error:
            raise SignatureRefused(frozenset({Reason.CONTENT_MISMATCH})) from error
        if verdict.status == Status.PASSED:
            _take(application, decision, signature, by=by, at=at)
        else:
            _wait_for_centre(application, signature, by=by, at=at)
    return decision


def waiting_signature(decision: Decision) -> Signature | None:
    """Give the signature on the draft as it stands that is still being checked (A31)."""
    return _latest_signature(decision, Status.INDETERMINATE)


def failed_signature(decision: Decision) -> Signature | None:
    """Give the latest signature on the draft as it stands, if it failed after it was taken."""
    return _latest_signature(decision, Status.FAILED)


def _latest_signature(decision: Decision, status: Status) -> Signature | None:
    found = Signature.objects.filter(purpose=Purpose.DECISION, subject=decision.pk)
    latest = found.filter(received_at__gte=decision.drafted_at).order_by("received_at").last()
    return latest if latest is not None and latest.status == status else None


@transaction.atomic
def take_checked(signature: Signature, *, at: datetime) -> None:
    """Judge a waiting signature again, and take the decision that it passed on; nothing while it is not known.

    One that failed leaves the draft to be signed anew. A draft that was changed meanwhile is not what was
    signed: then the verdict alone is kept.
    """
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("application__office", "application__place", "application__person", "document_for")
        .get(pk=signature.subject)
    )
    application, signer = decision.application, signature.report["signers"][0]
    verdict = judge_again(signature, policy=official_policy(application.office.bin, signer["iin"]))
    if verdict.status == Status.INDETERMINATE or not rejudge(signature, verdict, at=at):
        return
    if decision.signed_at is not None or decision.document is None or decision.document_for is None:
        return
    by = decision.document_for
    if verdict.status == Status.FAILED:
        Decision.objects.filter(pk=decision.pk).update(document=None, document_for=None)
        record(
            "decision.signature_failed",
            subject=application.pk,
            office=application.office_id,
            by=SYSTEM,
            at=at,
        )
    elif verdict.content == decision.document and application.decision_id == decision.pk:
        with suppress(SomebodyWasFaster, NotYet), transaction.atomic():
            _take(application, decision, signature, by=by, at=at)


def _unsigned(application: Application) -> Decision:
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .filter(application=application, signed_at=None)
        .first()
    )
    if decision is None:
        raise SomebodyWasFaster(application)
    return decision


def _wait_for_centre(application: Application, signature: Signature, *, by: Staff, at: datetime) -> None:
    record("decision.signature_waits", subject=application.pk, by=by.actor, at=at, paragraph="5")
    outbox.check_signature(signature.pk)


def _take(
    application: Application, decision: Decision, signature: Signature, *, by: Staff, at: datetime
) -> None:
    granted = decision.outcome == Outcome.GRANT
    if granted:
        check_no_other_open(application, ResultKind(decision.kind or ""), at=at)
    decision.number = next_number(
        Register.REFERRALS if granted else Register.REFUSALS,
        office=application.office,
        place=application.place,
        at=at,
    )
    decision.signature, decision.signed_by, decision.signed_at = signature, by, at
    decision.save(update_fields=["number", "signature", "signed_by", "signed_at"])
    if granted:
        if application.correction_asked_at is None:
            move(application, ApplicationMove.SIGN, by=by.actor, at=at, decided_at=at)
        else:
            finish_correction(application)
            if application.state == ApplicationState.REFUSED:
                # By a court's decision (¶11); the moments of the refusal stay as they were.
                move(application, ApplicationMove.GRANT_BY_COURT, by=by.actor, at=at)
        _issue_referral(application, decision, by=by, at=at)
    else:
        move(application, ApplicationMove.REFUSE, by=by.actor, at=at, decided_at=at, offered_at=at)
        notify.tell_of_refusal(application, at=at)
    outbox.seal_result(decision.pk)


def _issue_referral(application: Application, decision: Decision, *, by: Staff, at: datetime) -> None:
    local_day = at.astimezone(application.place.zone).date()
    last_day = valid_until(application, ResultKind(decision.kind or ""), on=local_day)
    issue(decision, valid_until_on=last_day, by=by.actor, at=at)


def _check_right(application: Application, *, by: Staff, at: datetime) -> None:
    if not may_see(by, application):
        raise NotAllowed
    if not may_decide(by, application, on=at.astimezone(application.place.zone).date()):
        if application.state == "IN_PROGRESS" or application.correction_asked_at:
            raise NotAllowed
        raise SomebodyWasFaster(application)


def _paper(application: Application, decision: Decision, *, by: Staff, at: datetime) -> DecisionPaper:
    local_day = at.astimezone(application.place.zone).date()
    order = deputising(by, on=local_day)
    return DecisionPaper(
        reference=decision.pk,
        application=application.number or "",
        name=application.person.name,
        iin=application.person.iin,
        edition=decision.edition,
        calendar_version=decision.calendar_version,
        kind=ResultKind(decision.kind) if decision.kind else None,
        training_kind=TrainingKind(decision.training_kind) if decision.training_kind else None,
        fields=tuple(sorted(decision.fields.items())),
        ground=Ground(decision.ground) if decision.ground else None,
        reasons=decision.reasons,
        official=by.name,
        position=by.position("kk"),
        deputy_order=order.order if order else "",
        office=application.office.code,
        at=at,
    )
