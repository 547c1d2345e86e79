"""The last day of a referral is reminded of: the person, and the organisation that has not answered (§3.6)."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from joldama.procedures import letters, notify
from joldama.procedures.reckoning import calendar
from joldama.referrals import operations as referrals
from joldama.referrals.models import Referral
from joldama.standard.workflows import ReferralState

_AHEAD = timedelta(days=15)
"""No stretch of days off is longer."""

_FROM = time(9)
"""Nobody is written to before the working day begins."""


def remind(*, at: datetime) -> int:
    """Remind of each open referral whose last day comes on the next business day, once; say of how many."""
    reminded = 0
    for referral in Referral.objects.all().to_remind_of(at, within=_AHEAD):
        if not is_time(referral, at=at):
            continue
        with transaction.atomic():
            if referrals.mark_reminded(referral, at=at):
                _remind_of(referral, at=at)
                reminded += 1
    return reminded


def _remind_of(referral: Referral, *, at: datetime) -> None:
    notify.tell_of_last_day(referral, at=at)
    if referral.state == ReferralState.HANDED_OVER:
        letters.send_reminder(referral, at=at)


def is_time(referral: Referral, *, at: datetime) -> bool:
    """Say whether the business day before the last day has begun at the place, and the last day is not over."""
    assert referral.valid_until_on is not None
    local = at.astimezone(referral.application.place.zone)
    begins = datetime.combine(_business_day_before(referral.valid_until_on), _FROM, tzinfo=local.tzinfo)
    return begins <= local and local.date() <= referral.valid_until_on


def _business_day_before(on: date) -> date:
    known, day = calendar(), on - timedelta(days=1)
    while not known.is_working_day(day):
        day -= timedelta(days=1)
    return day
