"""Public verification of a referral by number, date and control code (A33, R6.2-b)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hmac import compare_digest

from joldama.cases.codes import read_code
from joldama.cases.numbers import read_number
from joldama.referrals.models import Referral
from joldama.standard.workflows import ReferralState


class Standing(StrEnum):
    """What can be said of a referral to whoever holds it."""

    VALID = "VALID"
    EXPIRED = "EXPIRED"
    REPLACED = "REPLACED"
    VOID = "VOID"
    NOT_OURS = "NOT_OURS"

    @property
    def text_key(self) -> str:
        return f"verify.{self}"


@dataclass(frozen=True)
class Verified:
    """The answer: the referral stands only where all three fitted together."""

    standing: Standing
    referral: Referral | None = None


def find(number: str, *, issued_on: date, code: str, at: datetime) -> Verified:
    """Answer about a referral; a wrong number, date or code all give the same answer.

    `issued_on` is a local day of the place that issued it; its last day ends there as well.
    """
    found = (
        Referral.objects.select_related("application__office", "application__place", "application__person")
        .filter(number=read_number(number))
        .first()
    )
    typed = read_code(code).encode()
    fits = compare_digest(typed, (found.control_code if found else "?").encode())
    if found is None or not fits or _local_day(found, found.issued_at) != issued_on:
        return Verified(Standing.NOT_OURS)
    return Verified(_standing(found, today=_local_day(found, at)), found)


def _local_day(referral: Referral, at: datetime) -> date:
    return at.astimezone(referral.application.place.zone).date()


def _standing(referral: Referral, *, today: date) -> Standing:
    if referral.state == ReferralState.ANNULLED:
        return Standing.VOID if referral.replaced_by_id is None else Standing.REPLACED
    # Whatever the organisation answered: what is over is over for everybody who holds the paper.
    is_over = not referral.is_good(on=today)
    return Standing.EXPIRED if is_over or referral.state == ReferralState.EXPIRED else Standing.VALID
