"""A signature on a referral passed when none could be given any more, so that nothing came of it (A31).

It had waited for the centre; meanwhile an earlier referral was opened (§3.6), or what is known of the person changed.
"""

from datetime import datetime

from django.conf import settings

from joldama.cases.models import Decision, Outcome
from joldama.procedures.granting import check_still_granted
from joldama.procedures.official_signing import is_passed
from joldama.procedures.refusing import NotYet
from joldama.procedures.second_referral import other_open
from joldama.signatures.models import Purpose
from joldama.standard.kinds import ResultKind


def is_blocked(decision: Decision) -> bool:
    """Say whether the signature on a draft passed, and nothing came of it."""
    if decision.signed_at is not None or decision.outcome != Outcome.GRANT:
        return False
    return is_passed(decision, purpose=Purpose.DECISION, since=decision.drafted_at)


def blocked(decision: Decision, *, at: datetime) -> NotYet | None:
    """Tell why nothing came of a signature that passed, and what to do now; None where nothing is blocked."""
    return why_blocked(decision, at=at) if is_blocked(decision) else None


def why_blocked(decision: Decision, *, at: datetime) -> NotYet:
    """Tell why nothing came of a signature that passed on this draft, and what to do now."""
    try:
        check_still_granted(decision.application, decision)
    except NotYet as changed:
        return changed
    earlier = other_open(decision.application, ResultKind(decision.kind or ""), at=at)
    if earlier is None or settings.JOLDAMA_SECOND_REFERRALS:
        return NotYet("desk.blocked.over")
    return NotYet("desk.blocked", number=earlier.number)
