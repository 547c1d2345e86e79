"""One referral of a kind at a time: a second one waits until the first is closed (§3.6)."""

from datetime import datetime

from django.conf import settings

from joldama.cases.models import Application, Decision, Outcome
from joldama.people.models import Person
from joldama.procedures.official_signing import is_passed
from joldama.procedures.refusing import NotYet
from joldama.referrals.models import Referral
from joldama.signatures.models import Purpose
from joldama.standard.kinds import ResultKind


def check_no_other_open(application: Application, kind: ResultKind, *, at: datetime) -> None:
    """Raise NotYet while the person has an open referral of this kind, or one that is held back; see the setting.

    Call it in the transaction of what is written: two cases of one person wait for one another.
    """
    if settings.JOLDAMA_SECOND_REFERRALS:
        return
    Person.objects.select_for_update(of=("self",)).only("pk").get(pk=application.person_id)
    earlier = _other_open(application, kind, at=at)
    if earlier is not None:
        raise NotYet("error.second_referral", number=earlier.number)


def is_blocked(decision: Decision) -> bool:
    """Say whether the signature on a draft passed when an earlier referral was open: then nothing came of it."""
    if decision.signed_at is not None or decision.outcome != Outcome.GRANT:
        return False
    return is_passed(decision, purpose=Purpose.DECISION, since=decision.drafted_at)


def blocked(decision: Decision, *, at: datetime) -> NotYet | None:
    """Tell why nothing came of a signature that passed, and what to do now; None where nothing is blocked."""
    if not is_blocked(decision):
        return None
    earlier = _other_open(decision.application, ResultKind(decision.kind or ""), at=at)
    if earlier is None or settings.JOLDAMA_SECOND_REFERRALS:
        return NotYet("desk.blocked.over")
    return NotYet("desk.blocked", number=earlier.number)


def _other_open(application: Application, kind: ResultKind, *, at: datetime) -> Referral | Decision | None:
    local_day = at.astimezone(application.place.zone).date()
    earlier: Referral | None = Referral.objects.active(application.person, kind, on=local_day).first()
    held = Decision.objects.filter(
        recall__ended_at=None, application__person=application.person_id, kind=kind
    )
    return earlier or held.exclude(recall=None).exclude(application=application.pk).first()
