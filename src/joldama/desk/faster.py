"""Of two officials who act on a case at once, one wins; the other is told who it was, and what he did."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from joldama.desk.timeline import Happening, happened
from joldama.referrals.models import Referral
from joldama.standard import words
from joldama.ui.templatetags.words import language

_TOLD = {
    "case.signed": "error.decided_by_other",
    "case.refused": "error.decided_by_other",
    "case.granted_by_court": "error.decided_by_other",
    "decision.held_back": "error.decided_by_other",
    "decision.recalled": "error.recalled_by_other",
    "annulment.proposed": "error.annulment_proposed_by_other",
    "annulment.declined": "error.annulment_declined_by_other",
    "referral.annulled": "error.annulled_by_other",
}
"""What is said of an act; of any other only who changed the case."""


def latest_act(case: UUID, zone: ZoneInfo) -> Happening | None:
    """Give what somebody did last to a case or its referrals; what the system made of it since does not count."""
    referrals = Referral.objects.filter(application=case).values_list("pk", flat=True)
    acts = [one for one in happened([case, *referrals], zone) if one.actor is not None]
    return acts[-1] if acts else None


def told_of(act: Happening | None) -> tuple[str, ...]:
    """Say what happened, who did it and when, and what to do."""
    if act is None:
        return words.parts("error.stale", language(), actor=words.say("role.system", language()))
    values: dict[str, Any] = {"actor": act.by}
    key = _TOLD.get(act.name, "error.stale")
    if key != "error.stale":
        values["decided_at"] = act.at
    return words.parts(key, language(), **values)
