"""The head decides: the decision is rendered on his screen and signed with his own EDS (A36)."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from joldama.cases import recalling
from joldama.cases.models import Application, Decision, Outcome, Recall
from joldama.cases.numbers import Register, next_number
from joldama.cases.operations import SomebodyWasFaster, finish_correction, hold, move
from joldama.cases.recalling import hold_back
from joldama.cases.rules import is_to_be_decided, may_decide, may_see
from joldama.journal import outbox
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import Fact, record
from joldama.people.models import Staff
from joldama.people.queries import deputising
from joldama.people.rules import may_sign_for_office
from joldama.procedures import notify
from joldama.procedures.blocked import why_blocked
from joldama.procedures.court import carried_out
from joldama.procedures.granting import check_still_granted
from joldama.procedures.official_signing import (
    ToSign,
    is_waiting,
    judged,
    keep_read,
    render_anew,
    to_sign,
)
from joldama.procedures.recall import held_until
from joldama.procedures.reckoning import valid_until
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.second_referral import check_no_other_open, hold_person
from joldama.referrals.operations import issue
from joldama.signatures.judging import judge_again, official_policy
from joldama.signatures.models import Purpose, Signature, Status
from joldama.signatures.operations import rejudge
from joldama.signatures.renderings import rendering_for
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.papers import DecisionPaper
from joldama.standard.roles import Role
from joldama.standard.workflows import ApplicationMove, ApplicationState


@transaction.atomic
def render(application: Application, *, by: Staff, at: datetime) -> ToSign:
    """Give the drafted decision as it is rendered for this official, who will sign exactly these bytes.

    Raises NotYet where it can no longer be given: what is known of the person has changed since it was drafted.
    """
    _check_right(application, by=by, at=at)
    decision = _unsigned(application)
    check_still_granted(application, decision)
    rendered = to_sign(
        decision,
        purpose=Purpose.DECISION,
        since=decision.drafted_at,
        write=lambda: _paper(application, decision, by=by, at=at).to_xml(),
        by=by,
        at=at,
    )
    if rendered.has_passed and decision.outcome == Outcome.GRANT:
        return replace(rendered, blocked=why_blocked(decision, at=at))
    return rendered


def sign(application: Application, cms: bytes, *, by: Staff, at: datetime) -> Decision:
    """Accept the head's signature: number, referral or refusal, and the errand of its document.

    Where all passed and only revocation is not known yet, the signature is kept and the centre asked: the
    decision is taken once it answers (`take_checked`), without a number until then (A31, A36). Sent twice, it
    is the same decision. Raises SignatureRefused (wrong person, role, organisation, other bytes, revoked…),
    SomebodyWasFaster, NotAllowed.
    """
    try:
        return _sign(application, cms, by=by, at=at)
    except SomebodyWasFaster:
        known: Decision | None = Decision.objects.filter(standing_for=application, signed_by=by).first()
        if known is None:
            raise
        return known


def _sign(application: Application, cms: bytes, *, by: Staff, at: datetime) -> Decision:
    _check_right(application, by=by, at=at)
    verdict = judged(cms, office=application.office, by=by, at=at)
    with transaction.atomic():
        decision = _unsigned(application)
        if is_checked(decision):
            return decision
        signature = keep_read(cms, verdict, purpose=Purpose.DECISION, subject=decision.pk, by=by, at=at)
        decision.document, decision.document_for = verdict.content, by
        if verdict.status == Status.PASSED:
            _take(application, decision, signature, by=by, at=at)
        else:
            decision.save(update_fields=["document", "document_for"])
            _wait_for_centre(application, signature, by=by, at=at)
    return decision


def read_by(application: Application, *, by: Staff) -> bytes | None:
    """Give the bytes of the draft that this official was shown; None where he was shown none."""
    if application.decision_id is None:
        return None
    return rendering_for(by, purpose=Purpose.DECISION, subject=application.decision_id)


def is_checked(decision: Decision) -> bool:
    """Say whether a signature on the draft as it stands is still being checked (A31)."""
    return is_waiting(decision, purpose=Purpose.DECISION, since=decision.drafted_at)


@transaction.atomic
def take_checked(signature: Signature, *, at: datetime) -> None:
    """Judge a waiting signature again, and take the decision that it passed on; nothing while it is not known.

    One that failed leaves the draft to be signed anew, and so does one that passed when none can be given any more:
    an earlier referral of the kind is open (§3.6), or what is known of the person has changed. A draft that was
    changed meanwhile is not what was signed: then the verdict alone is kept.
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
        _leave_unsigned(decision, "decision.signature_failed", signer=by, at=at)
    elif verdict.content == decision.document and application.decision_id == decision.pk:
        try:
            with transaction.atomic():
                _take(application, decision, signature, by=by, at=at)
        except NotYet:
            _leave_unsigned(decision, "decision.blocked", signer=by, at=at)
        except SomebodyWasFaster:
            pass  # what happened meanwhile is told by whoever did it


def _leave_unsigned(decision: Decision, event: str, *, signer: Staff, at: datetime) -> None:
    """Have the draft read and signed anew: no two signatures are taken on the same bytes (A37)."""
    Decision.objects.filter(pk=decision.pk).update(document=None, document_for=None)
    render_anew(decision.pk, purpose=Purpose.DECISION, by=signer)
    application = decision.application
    record(event, subject=application.pk, office=application.office_id, by=SYSTEM, at=at)


def _unsigned(application: Application) -> Decision:
    decision = (
        Decision.objects.select_for_update(of=("self",))
        .filter(application=application, signed_at=None)
        .first()
    )
    if decision is None:
        raise SomebodyWasFaster(application)
    decision.application = application
    return decision


def _wait_for_centre(application: Application, signature: Signature, *, by: Staff, at: datetime) -> None:
    record("decision.signature_waits", subject=application.pk, by=by.actor, at=at, paragraph="5")
    outbox.check_signature(signature.pk)


_SIGNED = ("document", "document_for", "number", "signature", "signed_by", "signed_at")


def _take(
    application: Application, decision: Decision, signature: Signature, *, by: Staff, at: datetime
) -> None:
    """Give the number (A38); the decision takes effect at once, or once it can no longer be recalled.

    The case is held: who takes the application back in this moment waits, or was first. Raises SomebodyWasFaster,
    NotYet; nothing has a number then.
    """
    hold(application)
    if application.decision_id == decision.pk:
        application.decision = decision  # held as well
    if not is_to_be_decided(application):
        raise SomebodyWasFaster(application)
    if decision.outcome == Outcome.GRANT:
        hold_person(application)
        check_still_granted(application, decision)
        check_no_other_open(application, ResultKind(decision.kind or ""), at=at)
    decision.number = next_number(
        Register.REFERRALS if decision.outcome == Outcome.GRANT else Register.REFUSALS,
        office=application.office,
        place=application.place,
        at=at,
    )
    decision.signature, decision.signed_by, decision.signed_at = signature, by, at
    decision.save(update_fields=_SIGNED)
    render_anew(decision.pk, purpose=Purpose.DECISION)
    until = held_until(application, at=at)
    if until is None:
        _put_in_force(application, decision, by=by, at=at)
    else:
        hold_back(decision, until=until, at=at)
        record("decision.held_back", subject=application.pk, by=by.actor, at=at, paragraph="5")


def release_due(*, at: datetime) -> int:
    """Put in force each decision that can no longer be recalled; say how many. One that cannot be holds up no other."""
    released = 0
    for decision in recalling.due(at):
        with suppress(SomebodyWasFaster):
            released += _release(decision, at=at)
    return released


@transaction.atomic
def _release(held: Decision, *, at: datetime) -> bool:
    """Put one in force, its case held: who recalls it, or takes the application back, waits or was first."""
    cases = Application.objects.select_for_update(of=("self",)).select_related("office", "place", "person")
    application = cases.get(pk=held.application_id)
    if not recalling.end(held, Recall.End.RELEASED, at=at):
        return False
    decision = Decision.objects.select_related("signed_by").get(pk=held.pk)
    assert decision.signed_by is not None
    decision.application = application
    _put_in_force(application, decision, by=decision.signed_by, at=at)
    return True


def _put_in_force(application: Application, decision: Decision, *, by: Staff, at: datetime) -> None:
    """Move the case, make the referral, leave the errand of its document; it was decided when it was signed."""
    decided_at = decision.signed_at
    assert decided_at is not None
    if decision.outcome == Outcome.GRANT:
        if application.correction_asked_at is None:
            move(application, ApplicationMove.SIGN, by=by.actor, at=at, decided_at=decided_at)
        else:
            found = carried_out(application)
            finish_correction(application)
            if application.state == ApplicationState.REFUSED:
                # By a court's decision (¶11); the moments of the refusal stay as they were.
                by_court: dict[str, Fact] = {"court": str(found.pk) if found else None}
                move(application, ApplicationMove.GRANT_BY_COURT, by=by.actor, at=at, event_facts=by_court)
        _issue_referral(application, decision, by=by, at=decided_at)
    else:
        _refuse(application, decided_at=decided_at, by=by, at=at)
    outbox.seal_result(decision.pk)


def _refuse(application: Application, *, decided_at: datetime, by: Staff, at: datetime) -> None:
    """Move the case; where a result was offered before, that one met the term, and its moments stay (R4.1-e)."""
    if application.correction_asked_at is not None:
        finish_correction(application)
    moments: dict[str, Any] = {} if application.offered_at else {"decided_at": decided_at, "offered_at": at}
    move(application, ApplicationMove.REFUSE, by=by.actor, at=at, **moments)
    notify.tell_of_refusal(application, at=at)


def _issue_referral(application: Application, decision: Decision, *, by: Staff, at: datetime) -> None:
    local_day = at.astimezone(application.place.zone).date()
    last_day = valid_until(application, ResultKind(decision.kind or ""), on=local_day)
    issue(decision, valid_until_on=last_day, by=by.actor, at=at)


def _check_right(application: Application, *, by: Staff, at: datetime) -> None:
    on = at.astimezone(application.place.zone).date()
    if not may_see(by, application) or not may_sign_for_office(by, application.office_id, on=on):
        raise NotAllowed
    if not may_decide(by, application, on=on):
        raise SomebodyWasFaster(application)


def _paper(application: Application, decision: Decision, *, by: Staff, at: datetime) -> DecisionPaper:
    local_day = at.astimezone(application.place.zone).date()
    order = deputising(by, on=local_day) if by.role == Role.DEPUTY else None
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
