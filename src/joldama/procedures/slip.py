"""The organisation's answer comes back on the slip, and a specialist writes it down (S28, §3.6)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from joldama.cases.models import Application
from joldama.cases.rules import may_ask_about_referral, may_see
from joldama.people.models import Staff
from joldama.procedures.answered import follow_up
from joldama.procedures.refusing import NotAllowed
from joldama.referrals import operations as referrals
from joldama.referrals.models import Referral
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.referrals.queries import referral_of
from joldama.standard.kinds import ResultKind
from joldama.standard.workflows import ReferralState


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What the slip says: the answer, its day; of one accepted since when, as whom and by which order."""

    answer: Referral.Answer
    answered_on: date
    start_on: date | None = None
    occupation: str = ""
    order: str = ""
    reason: str = ""


class CannotHaveAnswered(ValueError):
    """The day on the slip cannot be: `key` and `values` say why."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@transaction.atomic
def record_slip(application: Application, slip: Slip, *, by: Staff, at: datetime) -> None:
    """Write the answer down: accepted, rejected, did not come.

    A slip that comes after the last day closes the task to ask; the referral stays expired (§4.7). Raises
    CannotHaveAnswered, ReferralIsElsewhere where no slip is awaited, NotAllowed.
    """
    if not may_see(by, application) or not may_ask_about_referral(by, application):
        raise NotAllowed
    referral = referral_of(application)
    if referral is None or not ResultKind(referral.kind).is_referral:
        raise ReferralIsElsewhere(str(application.pk))
    check_days(referral, slip, at=at)
    referrals.record_slip(referral, answer=slip.answer, slip=stored(slip), by=by, at=at)
    follow_up(referral, by=by, at=at)


def is_awaited(referral: Referral | None) -> bool:
    """Say whether a slip of this referral can still be recorded."""
    return (
        referral is not None
        and referral.slip_answer is None
        and ResultKind(referral.kind).is_referral
        and referral.state in (ReferralState.HANDED_OVER, ReferralState.EXPIRED)
    )


def check_days(referral: Referral, slip: Slip, *, at: datetime) -> None:
    """Raise CannotHaveAnswered for a day before the referral, or one that has not come at its place."""
    zone = referral.application.place.zone
    issued_on = referral.issued_at.astimezone(zone).date()
    if slip.answered_on > at.astimezone(zone).date():
        raise CannotHaveAnswered("error.slip.future")
    if slip.answered_on < issued_on:
        raise CannotHaveAnswered("error.slip.before_referral", issued_on=issued_on)


def stored(slip: Slip) -> dict[str, str]:
    """Give what a slip says as it is kept, days in ISO 8601; what does not belong to its answer is left out."""
    said = {"answered_on": slip.answered_on.isoformat()}
    if slip.answer == Referral.Answer.ACCEPTED:
        start_on = slip.start_on or slip.answered_on
        said |= {"start_on": start_on.isoformat(), "occupation": slip.occupation, "order": slip.order}
    if slip.answer == Referral.Answer.REJECTED:
        said["reason"] = slip.reason
    return {name: text for name, text in said.items() if text}
