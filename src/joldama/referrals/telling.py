"""What was answered about a referral, each with how it came: for the person and for the office alike."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from joldama.referrals.models import Referral
from joldama.referrals.replies import ReplyOutcome, Way, WithdrawnAnswer
from joldama.standard.workflows import ReferralState


@dataclass(frozen=True)
class Aside:
    """Why an answer was set aside, when (local), and by whom."""

    reason: str
    at: datetime
    by: str


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
    aside: "Aside | None" = None

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
    withdrawn = list(referral.withdrawn_answers.select_related("withdrawn_by").order_by("recorded_at"))
    asides = {one.reply_id: _aside(one, zone) for one in withdrawn}
    told = [
        _told(
            reply.answer,
            reply.said,
            way=Way(reply.way),
            outcome=ReplyOutcome(reply.outcome),
            at=reply.came_at.astimezone(zone),
            reply=reply.pk,
            aside=asides.get(reply.pk),
        )
        for reply in referral.replies.order_by("came_at", "id")
    ]
    told += [
        _told(
            one.answer,
            one.said,
            way=Way(one.way),
            outcome=ReplyOutcome.WITHDRAWN,
            at=one.recorded_at.astimezone(zone),
            aside=_aside(one, zone),
        )
        for one in withdrawn
        if one.reply_id is None
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
    aside: Aside | None = None,
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
        aside=aside,
    )


def _aside(one: WithdrawnAnswer, zone: ZoneInfo) -> Aside:
    return Aside(reason=one.reason, at=one.withdrawn_at.astimezone(zone), by=one.withdrawn_by.name.short)
