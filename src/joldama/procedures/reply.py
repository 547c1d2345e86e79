"""A receiving organisation says what became of a referral, without an account (§3.6, S28).

Three ways, told apart for good: a one-time code that went to the contact staff confirmed, a signature for the
organisation (procedures.reply_signed), and the word of whoever holds the paper, which changes nothing until a
specialist has asked.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application
from joldama.cases.rules import may_ask_about_referral, may_see
from joldama.people.models import Staff
from joldama.procedures import letters
from joldama.procedures.answered import follow_up
from joldama.procedures.reckoning import edition_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.slip import Slip, check_days, stored
from joldama.referrals import codes, replying
from joldama.referrals import operations as referrals
from joldama.referrals.codes import Tried
from joldama.referrals.models import Referral
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.referrals.replies import MOST_MISSES, Reply, ReplyCode, ReplyOutcome, Way
from joldama.signatures.models import Signature
from joldama.standard.kinds import ResultKind
from joldama.standard.workflows import ReferralState

MOST_STATEMENTS = 3
"""Statements about one referral that may wait for a specialist: the paper can be copied."""


class Answerable(StrEnum):
    """Whether an organisation can still answer to a referral."""

    OPEN = "open"
    LATE = "late"
    """Its last day is over: the answer is kept, and the referral stays expired (§4.7)."""
    ANSWERED = "answered"
    CHECKING = "checking"
    """A signed answer came whose key is still being checked (A31)."""
    ANNULLED = "annulled"
    NOT_GIVEN = "not_given"
    """Nobody has it in his hand yet."""

    @property
    def is_open(self) -> bool:
        return self in (Answerable.OPEN, Answerable.LATE)

    @property
    def text_key(self) -> str:
        """Key of the sentences that say so, where it is not open."""
        return f"reply.{self}"


class WrongCode(Exception):
    """The code does not fit; `left` tries are left."""

    def __init__(self, left: int) -> None:
        super().__init__(str(left))
        self.left = left


class CodeOver(Exception):
    """The code opens nothing any more: used, locked, replaced, or its time is over."""


def answerable(referral: Referral) -> Answerable:
    """Say whether an organisation can still answer."""
    if not ResultKind(referral.kind).is_referral:
        return Answerable.NOT_GIVEN
    if referral.state == ReferralState.ANNULLED:
        return Answerable.ANNULLED
    if referral.state == ReferralState.ISSUED:
        return Answerable.NOT_GIVEN
    if referral.slip_answer is not None:
        return Answerable.ANSWERED
    if referral.replies.filter(outcome=ReplyOutcome.WAITING).exists():
        return Answerable.CHECKING
    return Answerable.LATE if referral.state == ReferralState.EXPIRED else Answerable.OPEN


def code_of(code_id: UUID) -> ReplyCode | None:
    """Give a code by the id in its letter, with what its page shows."""
    shown = ("contact", *(f"referral__{one}" for one in _SHOWN))
    return ReplyCode.objects.select_related(*shown).filter(pk=code_id).first()


def reply_of(reply_id: UUID) -> Reply | None:
    """Give a reply with what its page shows."""
    shown = [f"referral__{one}" for one in _SHOWN]
    return Reply.objects.select_related(*shown).filter(pk=reply_id).first()


def referral_to_answer(referral_id: UUID) -> Referral:
    """Give a referral by its id with what its pages show."""
    found: Referral = Referral.objects.select_related(*_SHOWN).get(pk=referral_id)
    return found


def by_code(code: ReplyCode, typed: str, slip: Slip, *, at: datetime) -> Reply:
    """Take an answer with the one-time code; sent twice, it is the same answer.

    Raises WrongCode, CodeOver, CannotHaveAnswered, NotYet where the referral takes no answer.
    """
    with transaction.atomic():
        referral = locked(code.referral)
        held = _lock(code)
        known = Reply.objects.filter(code=held).first()
        if known is not None:
            return known
        check_days(referral, slip, at=at)
        tried = codes.try_code(held, typed, at=at)
        if tried is Tried.FITS:
            check_open(referral)
            codes.use_up(held, at=at)
            reply = keep(referral, slip, way=Way.CODE, code=held, at=at)
            take(reply, slip, at=at)
            return reply
    if tried is Tried.WRONG:
        raise WrongCode(MOST_MISSES - held.misses)
    raise CodeOver


@transaction.atomic
def state(referral: Referral, slip: Slip, *, at: datetime) -> Reply:
    """Keep what the holder of the paper says: unconfirmed, it changes nothing and a specialist asks.

    Raises CannotHaveAnswered, NotYet.
    """
    referral = locked(referral)
    check_open(referral)
    check_days(referral, slip, at=at)
    waiting = list(referral.replies.filter(outcome=ReplyOutcome.STATED).order_by("came_at"))
    for known in waiting:
        if known.answer == slip.answer and known.said == stored(slip):
            return known
    if len(waiting) >= MOST_STATEMENTS:
        raise NotYet("reply.stated_enough", phone=phone_of(referral))
    return keep(referral, slip, way=Way.STATED, outcome=ReplyOutcome.STATED, at=at)


@transaction.atomic
def confirm(application: Application, reply: Reply, *, by: Staff, at: datetime) -> None:
    """Take what was stated as the answer: the specialist asked the organisation himself.

    Raises NotAllowed, ReferralIsElsewhere where it was settled, or answered another way.
    """
    referral = _asked_about(application, reply, by=by)
    if not replying.settle(reply, ReplyOutcome.CONFIRMED, by=by, at=at, since=ReplyOutcome.STATED):
        raise ReferralIsElsewhere(str(referral.pk))
    answer = Referral.Answer(reply.answer)
    referrals.record_slip(referral, answer=answer, slip=reply.said, by=by, at=at, way=Way.STATED)
    follow_up(referral, by=by, at=at)


@transaction.atomic
def set_aside(application: Application, reply: Reply, *, by: Staff, at: datetime) -> None:
    """Say that what was stated is not what the organisation says. Raises NotAllowed."""
    _asked_about(application, reply, by=by)
    replying.settle(reply, ReplyOutcome.SET_ASIDE, by=by, at=at, since=ReplyOutcome.STATED)


def locked(referral: Referral) -> Referral:
    """Give the referral as it is now, held until the transaction ends."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related(*_SHOWN)
    found: Referral = rows.get(pk=referral.pk)
    return found


def check_open(referral: Referral) -> None:
    """Raise NotYet where a referral takes no answer."""
    standing = answerable(referral)
    if not standing.is_open:
        raise NotYet(standing.text_key, number=referral.number, phone=phone_of(referral))


def keep(
    referral: Referral,
    slip: Slip,
    *,
    way: Way,
    at: datetime,
    outcome: ReplyOutcome = ReplyOutcome.TAKEN,
    reply_id: UUID | None = None,
    code: ReplyCode | None = None,
    signature: Signature | None = None,
    by: str = "",
) -> Reply:
    """Keep a reply with what it says, and of a signed one who signed."""
    return replying.keep_reply(
        referral,
        way=way,
        answer=slip.answer,
        said=stored(slip) | ({"by": by} if by else {}),
        outcome=outcome,
        at=at,
        reply_id=reply_id,
        code=code,
        signature=signature,
    )


def take(reply: Reply, slip: Slip, *, at: datetime) -> None:
    """Make a reply the answer to its referral, and tell the contact that it was."""
    referral = reply.referral
    actor = replying.receiver(reply.pk)
    referrals.take_reply(referral, answer=slip.answer, slip=stored(slip), way=Way(reply.way), by=actor, at=at)
    follow_up(referral, by=None, at=at)
    letters.tell_of_reply(reply, at=at)


def phone_of(referral: Referral) -> str:
    """Give the telephone of the office, as a sentence names it."""
    application = referral.application
    phones = application.place.phones or application.office.phones
    return phones[0] if phones else edition_of(application).contact_centre


_SHOWN = ("application__office", "application__place", "application__person", "decision")


def _lock(code: ReplyCode) -> ReplyCode:
    rows = ReplyCode.objects.select_for_update(of=("self",))
    return rows.select_related("contact", "referral__application").get(pk=code.pk)


def _asked_about(application: Application, reply: Reply, *, by: Staff) -> Referral:
    if not may_see(by, application) or not may_ask_about_referral(by, application):
        raise NotAllowed
    if reply.referral.application_id != application.pk:
        raise NotAllowed
    return locked(reply.referral)
