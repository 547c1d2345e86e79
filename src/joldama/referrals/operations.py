"""Writes referrals."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from joldama.cases.codes import new_code
from joldama.cases.models import Decision
from joldama.journal.actors import SYSTEM, Actor, FromPaper
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.referrals.models import Freed, Referral
from joldama.referrals.replies import Reply, Way, WithdrawnAnswer
from joldama.referrals.reserving import free, take_again
from joldama.standard.workflows import REFERRAL, ReferralMove, ReferralState
from joldama.vault.fields import closed

_MOVES = {
    Referral.Answer.ACCEPTED: ReferralMove.ACCEPT,
    Referral.Answer.REJECTED: ReferralMove.REJECT,
    Referral.Answer.NO_SHOW: ReferralMove.MARK_NO_SHOW,
}
_FREED = {Referral.Answer.REJECTED: Freed.REJECTED, Referral.Answer.NO_SHOW: Freed.NO_SHOW}
"""Who was accepted keeps his place."""


class ReferralIsElsewhere(Exception):
    """The referral has left the state from which this move starts."""


def issue(
    decision: Decision,
    *,
    valid_until_on: date | None,
    by: Actor,
    at: datetime,
    control_code: str = "",
    from_paper: FromPaper | None = None,
) -> Referral:
    """Make the referral of a signed decision; it replaces what was annulled in the same case (R6.2-b).

    One that was written on a blank has the blank's control code.
    """
    assert decision.number is not None
    assert decision.kind is not None
    referral = Referral.objects.create(
        decision=decision,
        application=decision.application,
        number=decision.number,
        kind=decision.kind,
        state=ReferralState.ISSUED,
        issued_at=at,
        valid_until_on=valid_until_on,
        control_code=control_code or new_code(),
    )
    Referral.objects.filter(
        application=decision.application_id, state=ReferralState.ANNULLED, replaced_by=None
    ).update(replaced_by=referral)
    office = decision.application.office_id
    record("referral.issued", subject=referral.pk, office=office, by=by, at=at, from_paper=from_paper)
    return referral


def hand_over(
    referral: Referral,
    *,
    by: Staff,
    at: datetime,
    is_outside_hours: bool,
    from_paper: FromPaper | None = None,
) -> None:
    """Mark the referral handed to the recipient; outside reception hours it says so (R8.1-a)."""
    step = REFERRAL.move(ReferralMove.HAND_OVER, referral.state)
    changed = Referral.objects.filter(pk=referral.pk, state=step.source).update(
        state=step.target,
        handed_over_at=at,
        handed_over_by=by,
        is_handed_over_outside_hours=is_outside_hours,
    )
    if not changed:
        raise ReferralIsElsewhere(str(referral.pk))
    referral.refresh_from_db()
    record(
        "referral.handed_over",
        subject=referral.pk,
        office=by.office_id,
        by=by.actor,
        at=at,
        from_paper=from_paper,
        outside_hours=is_outside_hours,
    )


def take_from_account(referral: Referral, *, by: Actor, at: datetime) -> bool:
    """Mark that the person took the referral from his account (A11); say whether it was this call that did."""
    step = REFERRAL.find(ReferralMove.HAND_OVER, referral.state)
    if step is None:
        return False
    changed = Referral.objects.filter(pk=referral.pk, state=step.source).update(
        state=step.target, handed_over_at=at
    )
    if changed:
        office = referral.application.office_id
        record("referral.taken", subject=referral.pk, office=office, by=by, at=at, paragraph=step.paragraph)
    return bool(changed)


def record_slip(
    referral: Referral,
    *,
    answer: Referral.Answer,
    slip: dict[str, str],
    by: Staff,
    at: datetime,
    way: Way = Way.PAPER,
) -> None:
    """Write down what the organisation answered; one that came after the last day moves nothing any more.

    Who was not accepted or did not come leaves his place to others; who was accepted takes it again if he lost it,
    by the last day or an answer that was set aside, and it is still free. Raises ReferralIsElsewhere where no slip
    is awaited.
    """
    columns: dict[str, Any] = {"slip_recorded_by": by}
    if referral.state == ReferralState.EXPIRED and not referral.contacted_at:
        columns |= {"contacted_at": at, "contacted_by": by}
    _answer(referral, answer, slip, way, columns, by=by.actor, office=by.office_id, at=at)


def take_reply(
    referral: Referral, *, answer: Referral.Answer, slip: dict[str, str], way: Way, by: Actor, at: datetime
) -> None:
    """Take what the organisation itself answered, by code or EDS; else as `record_slip`."""
    office = referral.application.office_id
    _answer(referral, answer, slip, way, {}, by=by, office=office, at=at)


def _answer(
    referral: Referral,
    answer: Referral.Answer,
    slip: dict[str, str],
    way: Way,
    columns: dict[str, Any],
    *,
    by: Actor,
    office: UUID | None,
    at: datetime,
) -> None:
    step = REFERRAL.find(_MOVES[answer], referral.state)
    if step is None and referral.state != ReferralState.EXPIRED:
        raise ReferralIsElsewhere(str(referral.pk))
    changed = Referral.objects.filter(pk=referral.pk, state=referral.state, slip_answer=None).update(
        **columns,
        **({"state": step.target} if step else {}),
        slip_recorded_at=at,
        slip_answer=answer,
        slip=closed(referral, "slip", slip),
        slip_way=way,
    )
    if not changed:
        raise ReferralIsElsewhere(str(referral.pk))
    referral.refresh_from_db()
    if answer in _FREED:
        free(referral.decision, why=_FREED[answer], at=at, by=by)
    else:
        take_again(referral.decision, by=by, at=at)
    record(
        f"referral.{_MOVES[answer]}",
        subject=referral.pk,
        office=office,
        by=by,
        at=at,
        paragraph="6",
        late=step is None,
        way=way.value,
    )


def withdraw_answer(
    referral: Referral, *, reply: Reply | None, reason: str, by: Staff, at: datetime
) -> WithdrawnAnswer:
    """Set the answer aside that stands on the slip, and await another one; one that came late moves nothing.

    What stood there is kept. Whoever was not accepted or did not come takes his place again if it is still free.
    Raises ReferralIsElsewhere where no answer stands.
    """
    step = REFERRAL.find(ReferralMove.REOPEN, referral.state)
    if referral.slip_answer is None or (step is None and referral.state != ReferralState.EXPIRED):
        raise ReferralIsElsewhere(str(referral.pk))
    assert referral.slip_way is not None and referral.slip_recorded_at is not None
    aside = WithdrawnAnswer.objects.create(
        referral=referral,
        reply=reply,
        way=referral.slip_way,
        answer=referral.slip_answer,
        said=referral.slip,
        recorded_at=referral.slip_recorded_at,
        recorded_by=referral.slip_recorded_by,
        reason=reason,
        withdrawn_at=at,
        withdrawn_by=by,
    )
    stands = Referral.objects.filter(pk=referral.pk, state=referral.state)
    way = referral.slip_way
    changed = stands.filter(slip_recorded_at=referral.slip_recorded_at).update(
        **({"state": step.target} if step else {}),
        **dict.fromkeys(("slip_recorded_at", "slip_recorded_by", "slip_answer", "slip", "slip_way")),
    )
    if not changed:
        raise ReferralIsElsewhere(str(referral.pk))
    referral.refresh_from_db()
    if step is None:
        free(referral.decision, why=Freed.EXPIRED, at=at, by=by.actor)
    else:
        take_again(referral.decision, by=by.actor, at=at)
    record(
        f"referral.{ReferralMove.REOPEN}",
        subject=referral.pk,
        office=by.office_id,
        by=by.actor,
        at=at,
        paragraph="6",
        late=step is None,
        way=way,
    )
    return aside


def mark_reminded(referral: Referral, *, at: datetime) -> bool:
    """Mark that the last day was reminded of; say whether it was this call that did."""
    unreminded = Referral.objects.filter(pk=referral.pk, state=referral.state, reminded_at=None)
    return bool(unreminded.update(reminded_at=at))


def expire(referral: Referral, *, at: datetime) -> bool:
    """Mark a referral whose last day is over, and free its place; say whether it was this call that did.

    Held as whoever answers holds it, and only then looked at again: an answer that came since it was read as
    unanswered, and whose key is still being checked, keeps it (A31). Call it inside a transaction.
    """
    step = REFERRAL.move(ReferralMove.EXPIRE, referral.state)
    held = Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk, state=step.source)
    if not held.values_list("pk"):
        return False
    unanswered = Referral.objects.filter(pk=referral.pk, state=step.source).unanswered()
    changed = unanswered.update(state=step.target)
    if changed:
        free(referral.decision, why=Freed.EXPIRED, at=at)
        office = referral.application.office_id
        record(
            "referral.expired", subject=referral.pk, office=office, by=SYSTEM, at=at, paragraph=step.paragraph
        )
    return bool(changed)


def mark_contacted(referral: Referral, *, by: Staff, at: datetime) -> None:
    """Mark that the person was asked what became of an expired referral."""
    changed = Referral.objects.filter(pk=referral.pk, state=ReferralState.EXPIRED, contacted_at=None).update(
        contacted_at=at, contacted_by=by
    )
    if not changed:
        raise ReferralIsElsewhere(str(referral.pk))
    record("referral.contacted", subject=referral.pk, office=by.office_id, by=by.actor, at=at)


def annul(referral: Referral, *, reason: str, by: Staff, at: datetime, is_corrected: bool) -> None:
    """Annul a referral with its reason; nothing of it is changed (R6.2-b).

    Its place is free then, unless a corrected one is to be given: the place waits for that one's draft.
    """
    step = REFERRAL.move(ReferralMove.ANNUL, referral.state)
    changed = Referral.objects.filter(pk=referral.pk, state=step.source).update(
        state=step.target,
        annulled_at=at,
        annulled_by=by,
        annul_reason=closed(referral, "annul_reason", reason),
    )
    if not changed:
        raise ReferralIsElsewhere(str(referral.pk))
    referral.refresh_from_db()
    if not is_corrected:
        free(referral.decision, why=Freed.ANNULLED, at=at, by=by.actor)
    record(
        "referral.annulled",
        subject=referral.pk,
        office=by.office_id,
        by=by.actor,
        at=at,
        paragraph=step.paragraph,
        corrected=is_corrected,
    )
