"""A referral whose last day is over without an answer expires, and a specialist asks why (§3.6)."""

from datetime import datetime

from django.db import transaction

from joldama.cases.models import Application
from joldama.cases.rules import may_ask_about_referral
from joldama.people.models import Staff
from joldama.procedures.refusing import NotAllowed
from joldama.referrals import operations as referrals
from joldama.referrals.models import Freed, Referral
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.referrals.queries import referral_of
from joldama.referrals.reserving import free


def expire_referrals(*, at: datetime) -> int:
    """Mark every handed-over referral whose last day is over at its place; say how many were marked.

    One that nobody collected stays issued (§4.7), and leaves its place to others all the same.
    """
    marked = 0
    for referral in Referral.objects.all().past_last_day(at):
        with transaction.atomic():
            marked += referrals.expire(referral, at=at)
    for referral in Referral.objects.all().uncollected_past_last_day(at):
        with transaction.atomic():
            free(referral.decision, why=Freed.EXPIRED, at=at)
    return marked


@transaction.atomic
def mark_contacted(application: Application, *, by: Staff, at: datetime) -> None:
    """Close the task "no slip came back": the person was asked what became of the referral."""
    if not may_ask_about_referral(by, application):
        raise NotAllowed
    referral = referral_of(application)
    if referral is None:
        raise ReferralIsElsewhere(str(application.pk))
    referrals.mark_contacted(referral, by=by, at=at)
