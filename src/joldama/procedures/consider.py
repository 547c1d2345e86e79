"""The body addressed considers a complaint: takes it up, answers, refuses to consider, forwards (¶10.4, ¶10.6)."""

from datetime import date, datetime

from django.db import transaction

from joldama.complaints import rules
from joldama.complaints.models import Complaint
from joldama.complaints.operations import ComplaintIsElsewhere, move
from joldama.people.models import Person, Staff
from joldama.procedures import notify
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.standard.complaint_workflow import ComplaintMove
from joldama.standard.complaints import ComplaintOutcome, ConsiderationGround
from joldama.standard.words import Phrase


@transaction.atomic
def assign(complaint: Complaint, *, to: Staff, by: Staff, at: datetime) -> None:
    """Give a registered complaint to an officer of the body, or take it oneself.

    Raises NotYet with the reason for whoever is complained of, or took part in the case (R10.1-c).
    """
    on = _seen(complaint, by, at)
    if not rules.may_assign(by, complaint, on=on):
        raise _refusal(complaint, by, on)
    if not rules.may_consider(to, complaint):
        raise NotYet("error.complaint_conflict", reason=Phrase(_conflict(to, complaint)))
    move(complaint, ComplaintMove.CONSIDER, by=by.actor, at=at, considered_at=at, assigned_to=to)


@transaction.atomic
def answer(complaint: Complaint, *, outcome: ComplaintOutcome, text: str, by: Staff, at: datetime) -> None:
    """Sign the answer: date, text, signer (R10.4-a). A late one is taken all the same (S65)."""
    on = _seen(complaint, by, at)
    if not rules.may_answer(by, complaint, on=on):
        raise _refusal(complaint, by, on)
    move(
        complaint,
        ComplaintMove.ANSWER,
        by=by.actor,
        at=at,
        event_facts={"outcome": outcome},
        answered_at=at,
        answered_by=by,
        answer=text,
        outcome=outcome,
    )
    notify.tell_of_complaint(complaint, at=at)


@transaction.atomic
def refuse(
    complaint: Complaint, *, ground: ConsiderationGround, reasons: str, by: Staff, at: datetime
) -> None:
    """Refuse to consider, with reasons, on a ground of the closed list (R10.6-b, A16)."""
    on = _seen(complaint, by, at)
    if not rules.may_refuse(by, complaint, on=on):
        raise _refusal(complaint, by, on)
    move(
        complaint,
        ComplaintMove.REFUSE,
        by=by.actor,
        at=at,
        event_facts={"ground": ground},
        answered_at=at,
        answered_by=by,
        answer=reasons,
        ground=ground,
    )
    notify.tell_of_complaint(complaint, at=at)


@transaction.atomic
def forward(complaint: Complaint, *, body: str, by: Staff, at: datetime) -> None:
    """Forward to the body that is competent (A16); later than three business days it is late, and done."""
    on = _seen(complaint, by, at)
    if not rules.may_forward(by, complaint, on=on):
        raise _refusal(complaint, by, on, also_chancery=True)
    move(
        complaint,
        ComplaintMove.FORWARD,
        by=by.actor,
        at=at,
        forwarded_at=at,
        forwarded_by=by,
        forwarded_to=body,
    )
    notify.tell_of_complaint(complaint, at=at)


@transaction.atomic
def mark_executed(complaint: Complaint, *, by: Staff, at: datetime) -> None:
    """Mark that the decision on the complaint was carried out and the answer sent (R10.6-a)."""
    on = _seen(complaint, by, at)
    if not rules.may_mark_executed(by, complaint, on=on):
        raise _refusal(complaint, by, on, also_chancery=True)
    move(complaint, ComplaintMove.EXECUTE, by=by.actor, at=at, executed_at=at, executed_by=by)
    notify.tell_of_complaint(complaint, at=at)


@transaction.atomic
def withdraw(complaint: Complaint, *, by: Person, at: datetime) -> None:
    """Take one's own complaint back; raise ComplaintIsElsewhere once it is answered."""
    if complaint.person_id != by.pk:
        raise NotAllowed
    if not rules.may_withdraw(by, complaint):
        raise ComplaintIsElsewhere(complaint)
    move(complaint, ComplaintMove.WITHDRAW, by=by.actor, at=at, withdrawn_at=at)


def _seen(complaint: Complaint, by: Staff, at: datetime) -> date:
    """Give the local day; raise NotAllowed for whoever may not even see it (R10.6-c)."""
    on = at.astimezone(complaint.place.zone).date()
    if not rules.may_see(by, complaint, on=on):
        raise NotAllowed
    return on


def _refusal(complaint: Complaint, by: Staff, on: date, *, also_chancery: bool = False) -> Exception:
    """Say why a step is not made: no right to it, or somebody was faster."""
    answers = rules.is_addressee(by, complaint, on=on)
    if also_chancery:
        answers = answers or rules.is_chancery(by, complaint)
    return ComplaintIsElsewhere(complaint) if answers else NotAllowed()


def _conflict(staff: Staff, complaint: Complaint) -> str:
    if rules.is_complained_of(staff, complaint):
        return "complaint.conflict.complained_of"
    if rules.took_part(staff, complaint.application):
        return "complaint.conflict.took_part"
    return "complaint.conflict.another_body"
