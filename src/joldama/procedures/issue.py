"""The result reaches the person: sealed, offered, handed over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application, Decision, Outcome, SealedPaper
from joldama.cases.operations import SomebodyWasFaster, move
from joldama.cases.rules import may_offer, may_see
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Person, Staff
from joldama.procedures import line, notify
from joldama.procedures.reckoning import opens_at
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals import operations as referrals
from joldama.referrals.models import Referral
from joldama.referrals.queries import referral_of
from joldama.standard.channels import Channel
from joldama.standard.workflows import ApplicationMove, ApplicationState


@dataclass(frozen=True)
class Sealed:
    """The sealed PDFs of one decision."""

    recipient: bytes
    organisation: bytes | None


def unsealed_decision(decision_id: UUID) -> Decision | None:
    """Give a signed decision that has no sealed paper yet; None when it has (an errand may run twice)."""
    return (
        Decision.objects.select_related(
            "application__person", "application__office", "application__place", "signed_by", "signature"
        )
        .filter(pk=decision_id, signed_at__isnull=False)
        .exclude(papers__copy=SealedPaper.Copy.RECIPIENT)
        .first()
    )


@transaction.atomic
def receive_sealed(decision: Decision, sealed: Sealed, *, at: datetime) -> None:
    """Keep the sealed papers once; a portal result now stands in the personal account (R4.1-e)."""
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if locked.papers.exists():
        return
    SealedPaper.objects.create(
        decision=locked, copy=SealedPaper.Copy.RECIPIENT, pdf=sealed.recipient, sealed_at=at
    )
    if sealed.organisation is not None:
        SealedPaper.objects.create(
            decision=locked, copy=SealedPaper.Copy.ORGANISATION, pdf=sealed.organisation, sealed_at=at
        )
    of_case = Application.objects.select_related("person", "place", "decision")
    application = of_case.get(pk=locked.application_id)
    record("decision.sealed", subject=application.pk, office=application.office_id, by=SYSTEM, at=at)
    is_awaited = application.state == ApplicationState.SIGNED and application.correction_asked_at is None
    if is_awaited and application.channel == Channel.PORTAL and locked.outcome == Outcome.GRANT:
        move(application, ApplicationMove.ISSUE, by=SYSTEM, at=at, offered_at=at)
        notify.tell_of_result(application, at=at)


@transaction.atomic
def offer(application: Application, *, by: Staff, at: datetime) -> None:
    """Offer the signed result at the counter: the moment that meets the term (R4.1-e)."""
    if not may_see(by, application):
        raise NotAllowed
    if application.channel != Channel.PROVIDER or not may_offer(by, application):
        raise SomebodyWasFaster(application)
    if not SealedPaper.objects.filter(decision=application.decision_id).exists():
        raise NotYet("error.document_being_made")
    move(application, ApplicationMove.ISSUE, by=by.actor, at=at, offered_at=at)
    notify.tell_of_result(application, at=at)


@transaction.atomic
def hand_over(referral: Referral, *, by: Staff, at: datetime) -> None:
    """Hand the referral over; never refused to a person already registered, marked when out of hours."""
    application = referral.application
    if not may_see(by, application):
        raise NotAllowed
    if application.state != ApplicationState.ISSUED:
        raise NotYet("error.not_offered_yet")
    is_outside = opens_at(application.place, at) is not None
    referrals.hand_over(referral, by=by, at=at, is_outside_hours=is_outside)
    line.result_given(application, by=by, at=at)


def take_from_account(application: Application, *, by: Person, at: datetime) -> None:
    """Note that the person took the document from his account: a referral that is still good is his then (A11).

    One that nobody takes by its last day stays issued, like one that nobody collects at the counter: no
    organisation waits for it, and its last day closes it for everybody who asks (§4.7).
    """
    if application.person_id != by.pk:
        raise NotAllowed
    record("document.taken", subject=application.pk, by=by.actor, at=at)
    referral = referral_of(application)
    today = at.astimezone(application.place.zone).date()
    if application.channel != Channel.PORTAL or referral is None or not referral.is_good(on=today):
        return
    referrals.take_from_account(referral, by=by.actor, at=at)
