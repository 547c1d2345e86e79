"""Writes replies: what came over the open page, and what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.models import ActorKind
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.referrals.models import Referral
from joldama.referrals.replies import Reply, ReplyCode, ReplyOutcome, Way
from joldama.signatures.models import Signature


def receiver(reply_id: UUID) -> Actor:
    """Give the receiving organisation as the journal names it: by its reply."""
    return Actor(ActorKind.RECEIVER, reply_id)


def keep_reply(
    referral: Referral,
    *,
    way: Way,
    answer: Referral.Answer,
    said: dict[str, str],
    outcome: ReplyOutcome,
    at: datetime,
    reply_id: UUID | None = None,
    code: ReplyCode | None = None,
    signature: Signature | None = None,
) -> Reply:
    """Keep what came; a statement and a signature that is still being checked are events of their own."""
    made = Reply.objects.create(
        id=reply_id or uuid4(),
        referral=referral,
        way=way,
        answer=answer,
        said=said,
        outcome=outcome,
        came_at=at,
        code=code,
        signature=signature,
    )
    names = {
        ReplyOutcome.STATED: "referral.answer_stated",
        ReplyOutcome.WAITING: "referral.answer_waits",
    }
    if outcome in names:
        _record(names[outcome], made, by=receiver(made.pk), at=at)
    return made


def settle(
    reply: Reply, outcome: ReplyOutcome, *, by: Staff | None, at: datetime, since: ReplyOutcome
) -> bool:
    """Say what became of a reply that was open; whether it was this call that did."""
    settled: dict[str, Any] = {"outcome": outcome, "settled_at": at, "settled_by": by}
    changed = Reply.objects.filter(pk=reply.pk, outcome=since).update(**settled)
    if changed:
        reply.refresh_from_db()
        name = _SETTLED.get(outcome)
        if name:
            _record(name, reply, by=by.actor if by else SYSTEM, at=at)
    return bool(changed)


def set_statements_aside(referral: Referral, *, by: Staff | None, at: datetime) -> None:
    """Set aside what was stated and nobody confirmed: an answer that counts has come."""
    for reply in Reply.objects.filter(referral=referral, outcome=ReplyOutcome.STATED):
        settle(reply, ReplyOutcome.SET_ASIDE, by=by, at=at, since=ReplyOutcome.STATED)


_SETTLED = {
    ReplyOutcome.SET_ASIDE: "referral.answer_set_aside",
    ReplyOutcome.FAILED: "referral.answer_failed",
}


def _record(name: str, reply: Reply, *, by: Actor, at: datetime) -> None:
    office = reply.referral.application.office_id
    record(name, subject=reply.referral_id, office=office, by=by, at=at, paragraph="6", way=reply.way)
