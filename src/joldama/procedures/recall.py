"""A decision of the portal may be recalled for some minutes, before it is sealed and the person learns of it.

The number is given with the signature and stays with the recalled decision (A38): nothing is skipped and nothing given
twice. The case itself moves when the minutes are over, so until then it is as it was before the signature.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from joldama.cases import recalling
from joldama.cases.models import Application, Decision
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.recalls import Recall
from joldama.cases.rules import may_recall, may_see
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.people.rules import may_sign_for_office
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals.reserving import pass_on
from joldama.standard.channels import Channel

LONGEST = timedelta(minutes=10)
"""No installation holds a decision back longer."""

SEALING = timedelta(minutes=3)
"""What is kept free before the term ends: a minute until the release is noticed, and the sealing itself."""


def held_until(application: Application, *, at: datetime) -> datetime | None:
    """Give until when a decision that is signed at a moment is held back; None where it takes effect at once.

    Only on the portal, and never so long that the result would miss its term.
    """
    if application.channel != Channel.PORTAL:
        return None
    wished = min(timedelta(minutes=settings.JOLDAMA_RECALL_MINUTES), LONGEST)
    until = min(at + wished, application.due_at - SEALING)
    return until if until > at else None


@transaction.atomic
def recall(application: Application, *, by: Staff, at: datetime) -> Decision:
    """Take a signed decision back: what it said is a draft again, to be changed or signed anew.

    Any who signs for the office may. Raises NotYet where its minutes are over, SomebodyWasFaster where nothing is held
    back, NotAllowed.
    """
    held = Application.objects.select_for_update(of=("self",)).select_related("place", "decision")
    case = held.get(pk=application.pk)
    on = at.astimezone(case.place.zone).date()
    if not may_see(by, case) or not may_sign_for_office(by, case.office_id, on=on):
        raise NotAllowed
    decision = case.decision
    if decision is None or not may_recall(by, case, on=on):
        raise SomebodyWasFaster(case)
    if at >= decision.recall.until_at:
        raise NotYet("desk.recall.over")
    if not recalling.end(decision, Recall.End.RECALLED, at=at, by=by):
        raise SomebodyWasFaster(case)
    draft = recalling.draft_again(decision, application=case, at=at)
    pass_on(case, to=draft)
    record("decision.recalled", subject=case.pk, by=by.actor, at=at, decision=str(decision.pk))
    return draft
