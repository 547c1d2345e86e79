"""An organisation answered by mistake and says so: the office sets the answer aside, and another one is awaited (§3.6).

Only while nothing rests on it. Both stay: what was answered, and who set it aside and why.
"""

from datetime import datetime

from django.db import transaction

from joldama.cases.models import Application, Decision
from joldama.cases.rules import may_ask_about_referral, may_see
from joldama.people.models import Person, Staff
from joldama.procedures import letters, notify
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.reply import locked
from joldama.referrals import operations as referrals
from joldama.referrals import replying
from joldama.referrals.models import Referral
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.referrals.queries import referral_of
from joldama.referrals.replies import ReplyOutcome
from joldama.standard.workflows import ReferralState


def is_answered(referral: Referral | None) -> bool:
    """Say whether an answer stands that could be set aside; of an annulled referral none does."""
    return (
        referral is not None and referral.slip_answer is not None and referral.state != ReferralState.ANNULLED
    )


@transaction.atomic
def withdraw(
    application: Application, *, answered_at: datetime, reason: str, by: Staff, at: datetime
) -> None:
    """Set aside the answer that was recorded at a moment; the contact gets a new code, the person is told.

    Raises NotAllowed; NotYet where the person has got another referral since; ReferralIsElsewhere where the answer
    is another one by now.
    """
    if not may_see(by, application) or not may_ask_about_referral(by, application):
        raise NotAllowed
    known = referral_of(application)
    if known is None:
        raise ReferralIsElsewhere(str(application.pk))
    # Two cases of one person wait for one another, as where a second referral is signed.
    Person.objects.select_for_update(of=("self",)).only("pk").get(pk=application.person_id)
    referral = locked(known)
    if not is_answered(referral) or referral.slip_recorded_at != answered_at:
        raise ReferralIsElsewhere(str(referral.pk))
    later = _rests_on(referral)
    if later is not None:
        raise NotYet("reply.withdrawn_late", number=later)
    counted = (ReplyOutcome.TAKEN, ReplyOutcome.CONFIRMED)
    reply = referral.replies.filter(outcome__in=counted).first()
    aside = referrals.withdraw_answer(referral, reply=reply, reason=reason, by=by, at=at)
    if reply is not None:
        replying.settle(reply, ReplyOutcome.WITHDRAWN, by=by, at=at, since=ReplyOutcome(reply.outcome))
    letters.send_first_code(referral, at=at)
    notify.tell_of_withdrawn_answer(referral, aside.pk, at=at)


def _rests_on(referral: Referral) -> str | None:
    """Give the number of a referral of this kind that the person got since the answer, or that is held back."""
    person = referral.application.person_id
    later = (
        Referral.objects.filter(application__person=person, kind=referral.kind)
        .filter(issued_at__gte=referral.slip_recorded_at)
        .exclude(pk=referral.pk)
        .exclude(state=ReferralState.ANNULLED)
        .order_by("issued_at")
        .first()
    )
    held = Decision.objects.held_back().filter(application__person=person, kind=referral.kind).first()
    found = later or held
    return str(found.number) if found is not None else None
