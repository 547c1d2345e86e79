"""The next step of a case for the official who looks at it; the rules say who may."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joldama.cases.models import Application
from joldama.cases.rules import is_held_back, may_ask_about_referral, may_offer, may_prepare, may_take
from joldama.people.models import Staff
from joldama.people.rules import may_sign_for_office
from joldama.referrals.queries import referral_of
from joldama.standard.channels import Channel
from joldama.standard.kinds import ResultKind
from joldama.standard.roles import Role
from joldama.standard.workflows import ApplicationState, ReferralState


class NextStep(StrEnum):
    """What is to be done next, or for whom the case waits."""

    WAIT_REGISTRATION = "wait_registration"
    TAKE = "take"
    ENTER_RESULT = "enter_result"
    WAIT_TAKER = "wait_taker"
    DRAFT = "draft"
    REFUSE = "refuse"
    WAIT_DRAFT = "wait_draft"
    SIGN = "sign"
    WAIT_SIGNATURE = "wait_signature"
    WAIT_RELEASE = "wait_release"
    WAIT_PAPER = "wait_paper"
    OFFER = "offer"
    WAIT_OFFER = "wait_offer"
    HAND_OVER = "hand_over"
    WAIT_HAND_OVER = "wait_hand_over"
    SLIP = "slip"
    WAIT_SLIP = "wait_slip"
    ASK = "ask"
    WAIT_ASKED = "wait_asked"
    NOTHING = "nothing"

    @property
    def text_key(self) -> str:
        """Key of the sentence."""
        return f"desk.next.{self}"

    @property
    def is_waiting(self) -> bool:
        """Say whether the step is another's."""
        return self.value.startswith("wait_") or self is NextStep.NOTHING


@dataclass(frozen=True)
class Turn:
    """How far a case is, as its page watches it: the next step, its sealed document, the register's answer.

    `is_blocked` says that a signature passed and nothing came of it.
    """

    step: NextStep
    has_paper: bool
    is_answered: bool
    is_blocked: bool

    def __str__(self) -> str:
        return f"{self.step} {self.has_paper} {self.is_answered} {self.is_blocked}"

    def is_moving(self, application: Application) -> bool:
        """Say whether somebody else's move is awaited within minutes, so that the page looks out for it."""
        if self.step in (NextStep.WAIT_SIGNATURE, NextStep.WAIT_RELEASE, NextStep.WAIT_PAPER):
            return True
        if application.state == ApplicationState.REFUSED:
            return not self.has_paper
        return self.step in (NextStep.TAKE, NextStep.DRAFT) and not self.is_answered


def may_sign_today(staff: Staff, *, on: date) -> bool:
    """Say whether the official signs for his office on this day: the head, or a deputy by order (A36)."""
    return may_sign_for_office(staff, staff.office_id, on=on)


def next_step(application: Application, staff: Staff, *, may_sign: bool, has_paper: bool) -> NextStep:
    """Tell the next step of a case."""
    if application.correction_asked_at is not None:
        return _while_in_progress(application, staff, may_sign=may_sign)
    match ApplicationState(application.state):
        case ApplicationState.SUBMITTED:
            return NextStep.WAIT_REGISTRATION
        case ApplicationState.REGISTERED if application.is_from_paper and may_sign:
            return NextStep.ENTER_RESULT
        case ApplicationState.REGISTERED:
            return NextStep.TAKE if may_take(staff, application) else NextStep.WAIT_TAKER
        case ApplicationState.IN_PROGRESS:
            return _while_in_progress(application, staff, may_sign=may_sign)
        case ApplicationState.SIGNED if application.channel == Channel.PROVIDER and has_paper:
            return NextStep.OFFER if may_offer(staff, application) else NextStep.WAIT_OFFER
        case ApplicationState.SIGNED:
            return NextStep.WAIT_PAPER
        case ApplicationState.ISSUED:
            return _after_issue(application, staff)
        case _:
            return NextStep.NOTHING


def _after_issue(application: Application, staff: Staff) -> NextStep:
    may_ask = may_ask_about_referral(staff, application)
    if _waits_for_hand_over(application):
        return NextStep.HAND_OVER if staff.role == Role.SPECIALIST else NextStep.WAIT_HAND_OVER
    if _waits_for_slip(application):
        return NextStep.SLIP if may_ask else NextStep.WAIT_SLIP
    if _is_unanswered(application):
        return NextStep.ASK if may_ask else NextStep.WAIT_ASKED
    return NextStep.NOTHING


def _while_in_progress(application: Application, staff: Staff, *, may_sign: bool) -> NextStep:
    if is_held_back(application):
        return NextStep.WAIT_RELEASE
    if application.decision is not None and application.decision.signed_at is None:
        return NextStep.SIGN if may_sign else NextStep.WAIT_SIGNATURE
    return NextStep.DRAFT if may_prepare(staff, application) else NextStep.WAIT_DRAFT


def _waits_for_hand_over(application: Application) -> bool:
    referral = referral_of(application)
    return (
        application.channel == Channel.PROVIDER
        and referral is not None
        and referral.state == ReferralState.ISSUED
    )


def _waits_for_slip(application: Application) -> bool:
    referral = referral_of(application)
    return (
        referral is not None
        and referral.state == ReferralState.HANDED_OVER
        and ResultKind(referral.kind).is_referral
    )


def _is_unanswered(application: Application) -> bool:
    referral = referral_of(application)
    if referral is None or referral.state != ReferralState.EXPIRED:
        return False
    return referral.contacted_at is None and referral.slip_answer is None
