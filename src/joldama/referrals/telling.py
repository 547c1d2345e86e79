"""What was answered about a referral, each with how it came: for the person and for the office alike."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from joldama.referrals.models import Referral
from joldama.referrals.replies import ReplyOutcome, Way
from joldama.standard.workflows import ReferralState


@dataclass(frozen=True)
class Told:
    """One answer: `answer` is one of `Referral.Answer`, `at` local, `reply` the row of one that came by itself."""

    answer: str
    way: Way
    outcome: ReplyOutcome
    at: datetime
    start_on: date | None
    order: str
    reason: str
    by: str = ""
    reply: UUID | None = None

    @property
    def text_key(self) -> str:
        """Key of what was answered."""
        return f"desk.slip.{self.answer}"

    @property
    def is_open(self) -> bool:
        """Whether a specialist has yet to ask the organisation."""
        return self.outcome is ReplyOutcome.STATED


def answers_about(referral: Referral, zone: ZoneInfo) -> list[Told]:
    """Give every answer in the order in which they came; a slip of paper is one of them."""
    if referral.state == ReferralState.ISSUED:
        return []  # nobody has it in his hand yet
    told = [
        _told(
            reply.answer,
            reply.said,
            way=Way(reply.way),
            outcome=ReplyOutcome(reply.outcome),
            at=reply.came_at.astimezone(zone),
            reply=reply.pk,
        )
        for reply in referral.replies.order_by("came_at", "id")
    ]
    if referral.slip_answer is not None and referral.slip_way == Way.PAPER:
        assert referral.slip_recorded_at is not None
        on_paper = _told(
            referral.slip_answer,
            referral.slip or {},
            way=Way.PAPER,
            outcome=ReplyOutcome.TAKEN,
            at=referral.slip_recorded_at.astimezone(zone),
        )
        told.append(on_paper)
    return sorted(told, key=lambda one: one.at)


def _told(
    answer: str,
    said: dict[str, str],
    *,
    way: Way,
    outcome: ReplyOutcome,
    at: datetime,
    reply: UUID | None = None,
) -> Told:
    return Told(
        answer=answer,
        way=way,
        outcome=outcome,
        at=at,
        start_on=date.fromisoformat(said["start_on"]) if "start_on" in said else None,
        order=said.get("order", ""),
        reason=said.get("reason", ""),
        by=said.get("by", ""),
        reply=reply,
    )
