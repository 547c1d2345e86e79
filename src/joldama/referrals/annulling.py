"""Writes annulments; the state of a referral changes with the confirmation alone."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from joldama.cases.models import Application
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.referrals.annulments import Annulment
from joldama.referrals.models import Referral
from joldama.referrals.operations import ReferralIsElsewhere, annul
from joldama.signatures.models import Signature
from joldama.standard.workflows import REFERRAL, ReferralMove


def awaited_of(application: Application) -> Annulment | None:
    """Give the annulment of a case that waits for its second person, with who proposed it."""
    found = Annulment.objects.awaited().filter(referral__application=application)
    return found.select_related("proposed_by", "document_for", "referral").first()


def propose(referral: Referral, *, reason: str, is_corrected: bool, by: Staff, at: datetime) -> Annulment:
    """Propose to annul a referral. Raise ReferralIsElsewhere where it is annulled, or a proposal waits already."""
    REFERRAL.move(ReferralMove.ANNUL, referral.state)
    try:
        with transaction.atomic():
            made = Annulment.objects.create(
                referral=referral, reason=reason, is_corrected=is_corrected, proposed_at=at, proposed_by=by
            )
    except IntegrityError as error:
        raise ReferralIsElsewhere(str(referral.pk)) from error
    record("annulment.proposed", subject=referral.pk, office=by.office_id, by=by.actor, at=at, paragraph="6")
    return made


def confirm(annulment: Annulment, signature: Signature, *, by: Staff, at: datetime) -> Referral:
    """Annul the referral, on the signature of a second person."""
    _end(annulment, confirmed_at=at, confirmed_by=by, signature=signature)
    referral: Referral = Referral.objects.select_related("application").get(pk=annulment.referral_id)
    annul(referral, reason=annulment.reason, by=by, at=at, is_corrected=annulment.is_corrected)
    return referral


def decline(annulment: Annulment, *, by: Staff, at: datetime) -> None:
    """Take a proposal back, or decline it: the referral stands as it did."""
    _end(annulment, declined_at=at, declined_by=by)
    subject = annulment.referral_id
    record("annulment.declined", subject=subject, office=by.office_id, by=by.actor, at=at, paragraph="6")


def _end(annulment: Annulment, **columns: Any) -> None:
    """End a proposal once. Raise ReferralIsElsewhere where somebody else has."""
    if not Annulment.objects.awaited().filter(pk=annulment.pk).update(**columns):
        raise ReferralIsElsewhere(str(annulment.referral_id))
    for name, value in columns.items():
        setattr(annulment, name, value)
