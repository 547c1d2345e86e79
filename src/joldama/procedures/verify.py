"""Anybody asks whether a referral stands; from one network not more often than a person reads (A33, R6.2-b)."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction

from joldama.procedures.refusing import NotYet
from joldama.referrals.models import VerificationTry
from joldama.referrals.verification import Verified, find
from joldama.vault.cipher import blind

MOST_TRIES = 10
TRIES_WITHIN = timedelta(minutes=1)
"""Tries of one network, right ones too: whoever is told apart from the others could go on guessing."""

_NETWORK = "referrals.VerificationTry.network"


class TooMany(NotYet):
    """This network has asked too often; `again_at` (UTC) is the moment from which it may ask again."""

    def __init__(self, again_at: datetime) -> None:
        minutes = int(TRIES_WITHIN.total_seconds()) // 60
        super().__init__("error.too_many", count=MOST_TRIES, minutes=minutes)
        self.again_at = again_at


def verify(number: str, *, issued_on: date, code: str, network: str, at: datetime) -> Verified:
    """Answer about a referral to somebody in a network. Raises TooMany, before anything is looked up."""
    _count(blind(_NETWORK, network), at=at)
    return find(number, issued_on=issued_on, code=code, at=at)


def forget_tries(*, at: datetime) -> None:
    """Forget who asked when, as soon as it counts no more."""
    VerificationTry.objects.filter(at__lte=at - TRIES_WITHIN).delete()


@transaction.atomic
def _count(network: bytes, *, at: datetime) -> None:
    """Write down a try; those of one network wait for one another, so that none is overlooked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(network[:8], signed=True)])
    of_late = VerificationTry.objects.filter(network=network, at__gt=at - TRIES_WITHIN).order_by("at", "id")
    tries = list(of_late.values_list("at", flat=True)[:MOST_TRIES])
    if len(tries) == MOST_TRIES:
        raise TooMany(tries[0] + TRIES_WITHIN)
    VerificationTry.objects.create(network=network, at=at)
