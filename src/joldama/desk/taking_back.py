"""What a case's page says of taking a decision back: recalled before it is sealed, annulled by two after that."""

from datetime import timedelta
from math import ceil
from typing import Any

from joldama.cases.models import Application
from joldama.cases.rules import is_held_back, may_annul, may_propose_annulment, may_recall
from joldama.desk.clocks import minutes_and_seconds
from joldama.desk.finding import proposed_annulment_of, recalled_of
from joldama.desk.showing import Desk
from joldama.procedures.annul import may_decline
from joldama.referrals.models import Referral


def taken_back(desk: Desk, application: Application, referral: Referral | None) -> dict[str, Any]:
    """Give what the page shows and offers of both."""
    return {**_recall(desk, application), **_annulment(desk, application, referral)}


def _recall(desk: Desk, application: Application) -> dict[str, Any]:
    """Tell until when the signed decision may be recalled, and which ones were (A38)."""
    told: dict[str, Any] = {"recalled": recalled_of(application), "held": None}
    if application.decision is None or not is_held_back(application):
        return told
    held = application.decision.recall
    left = held.until_at - desk.at
    if left <= timedelta():
        return told  # over, and put in force within a minute
    return told | {
        "held": held,
        "seconds_left": ceil(left / timedelta(seconds=1)),
        "left_to_recall": minutes_and_seconds(left),
        "may_recall": may_recall(desk.staff, application, on=desk.today),
    }


def _annulment(desk: Desk, application: Application, referral: Referral | None) -> dict[str, Any]:
    """Tell whether the result may be annulled, and which proposal of that waits for its second person (R6.2-b)."""
    if referral is None or referral.annulled_at or not may_propose_annulment(desk.staff, application):
        return {"may_annul": False, "annulment": None}
    waiting = proposed_annulment_of(application)
    if waiting is None:
        return {"may_annul": True, "annulment": None}
    may_sign = may_annul(desk.staff, application, on=desk.today)
    return {
        "may_annul": False,
        "annulment": waiting,
        "may_confirm": may_sign and waiting.is_second_person(desk.staff),
        "may_decline": may_decline(waiting, application, by=desk.staff, at=desk.at),
        "is_own": waiting.proposed_by_id == desk.staff.pk,
    }
