"""What follows from an organisation's answer that counts, whichever way it came."""

from datetime import datetime

from joldama.people.models import Staff
from joldama.procedures import notify
from joldama.referrals import codes, replying
from joldama.referrals.models import Referral


def follow_up(referral: Referral, *, by: Staff | None, at: datetime) -> None:
    """End the codes, set aside what was only stated, tell the person; in the transaction of the answer."""
    codes.end_codes(referral, at=at)
    replying.set_statements_aside(referral, by=by, at=at)
    notify.tell_of_answer(referral, at=at)
