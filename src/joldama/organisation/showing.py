"""What every page of a receiving organisation shows of a referral: no more than its paper tells anyone (A33)."""

from datetime import date, datetime
from typing import Any

from joldama.procedures.reply import Answerable, phone_of
from joldama.referrals.models import Referral
from joldama.standard.kinds import ResultKind


def told_of(referral: Referral, standing: Answerable, *, at: datetime) -> dict[str, Any]:
    """Give number, kind, office, last day, and of the person initials and the last digits of the IIN."""
    application = referral.application
    return {
        "referral": referral,
        "kind": ResultKind(referral.kind),
        "office": application.office,
        "phone": phone_of(referral),
        "initials": application.person.name.initials,
        "last_digits": application.person.iin[-4:],
        "standing": standing,
        "today": today_of(referral, at=at),
    }


def today_of(referral: Referral, *, at: datetime) -> date:
    """Give the day it is at the place that issued the referral."""
    return at.astimezone(referral.application.place.zone).date()
