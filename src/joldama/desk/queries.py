"""Reads the work of an office: open cases by time left, what waits for the head, what to hand over."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import Application, Outcome, SealedPaper
from joldama.complaints.models import Complaint
from joldama.people.models import Person, Staff
from joldama.people.queries import person_by_iin
from joldama.reception.models import Ticket
from joldama.referrals.annulments import Annulment
from joldama.referrals.replies import Reply, ReplyOutcome
from joldama.registries.models import Attempt, Inquiry
from joldama.signatures.models import Purpose, Signature, Status
from joldama.standard.channels import Channel
from joldama.standard.roles import Role
from joldama.standard.workflows import ApplicationState, ReferralState

PAGE = 50
"""Rows on a page of the work list."""

# What a list does not show and need not open.
_UNSHOWN = ("contact", "decision__document", "decision__fields", "decision__reasons")


class Shown(StrEnum):
    """Which of the open cases are shown."""

    ALL = "all"
    MINE = "mine"
    UNTAKEN = "untaken"

    @property
    def text_key(self) -> str:
        """Key of its name."""
        return f"desk.shown.{self}"


@dataclass(frozen=True)
class Counts:
    """How many open cases there are of each sort."""

    all: int
    mine: int
    untaken: int
    overdue: int
    drafted: int

    def of(self, shown: Shown) -> int:
        """Give the number of one choice."""
        return getattr(self, shown.value)


_DRAFTED = Q(decision__isnull=False, decision__signed_at=None) & (
    Q(state=ApplicationState.IN_PROGRESS) | Q(correction_asked_at__isnull=False)
)


def counts(staff: Staff, *, at: datetime) -> Counts:
    """Count the open cases of the office."""
    numbers = (
        Application.objects.visible_to(staff)
        .open()
        .aggregate(
            all=Count("pk"),
            mine=Count("pk", filter=Q(taken_by=staff)),
            untaken=Count("pk", filter=Q(state=ApplicationState.REGISTERED)),
            overdue=Count("pk", filter=Q(due_at__lt=at, offered_at=None)),
            drafted=Count("pk", filter=_DRAFTED),
        )
    )
    return Counts(**numbers)


def open_cases(staff: Staff, shown: Shown, *, page: int) -> list[Application]:
    """Give a page of the open cases of the office, the soonest due first; one row more says there are more."""
    found = _rows(staff).open()
    if shown is Shown.MINE:
        found = found.filter(taken_by=staff)
    if shown is Shown.UNTAKEN:
        found = found.filter(state=ApplicationState.REGISTERED)
    start = (page - 1) * PAGE
    return list(found.by_time_left()[start : start + PAGE + 1])


@dataclass(frozen=True)
class Complaints:
    """How many open complaints the official may see, and how many of them are overdue (R10.4-a)."""

    open: int
    overdue: int


def complaints(staff: Staff, *, on: date, at: datetime) -> Complaints:
    """Count the complaints that lie with the official; never those about him (R10.6-c)."""
    numbers = (
        Complaint.objects.visible_to(staff, on=on)
        .open()
        .aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=at)))
    )
    return Complaints(**numbers)


def to_sign(staff: Staff) -> list[Application]:
    """Give the drafted cases of the office that wait for a signature: the counter's first, the soonest due first.

    At the counter somebody stands and waits, and its term is half an hour (R4.1-a).
    """
    is_at_counter = Case(When(channel=Channel.PROVIDER, then=Value(0)), default=Value(1))
    return list(_rows(staff).filter(_DRAFTED).order_by(is_at_counter, "due_at", "id")[:PAGE])


def to_annul(staff: Staff) -> list[Application]:
    """Give the cases of the office whose annulment somebody else proposed and this official may confirm (R6.2-b)."""
    waiting = Annulment.objects.awaited().exclude(proposed_by=staff).order_by("proposed_at", "id")
    found = _rows(staff).filter(referrals__annulments__in=waiting)
    return list(found.order_by("due_at", "id")[:PAGE])


def blocked(staff: Staff) -> list[Application]:
    """Give the cases whose signature passed when no referral could be given any more, so that nothing came of it.

    Who signs for the office is told of each; a specialist of those he took or drafted.
    """
    signed = Signature.objects.filter(
        purpose=Purpose.DECISION,
        subject=OuterRef("decision_id"),
        received_at__gte=OuterRef("decision__drafted_at"),
    )
    latest = Subquery(signed.order_by("-received_at").values("status")[:1])
    found = _rows(staff).filter(_DRAFTED, decision__outcome=Outcome.GRANT).alias(latest=latest)
    if staff.role == Role.SPECIALIST:
        found = found.filter(Q(taken_by=staff) | Q(decision__drafted_by=staff))
    return list(found.filter(latest=Status.PASSED).order_by("due_at", "id")[:PAGE])


def unknown_signatures(staff: Staff, *, at: datetime) -> list[Application]:
    """Give the delivered cases of the office whose signature nobody could check in half of the term (A31)."""
    return list(_rows(staff).unknown_at_half_term(at).by_time_left()[:PAGE])


def to_hand_over(staff: Staff) -> list[Application]:
    """Give the offered cases of the office whose referral has not been handed over, the newest first."""
    found = _rows(staff).filter(
        state=ApplicationState.ISSUED,
        channel=Channel.PROVIDER,
        decision__referral__state=ReferralState.ISSUED,
    )
    return list(found.order_by("-offered_at", "id")[:PAGE])


def to_answer(staff: Staff) -> list[Application]:
    """Give the cases of the office whose slip is awaited, the soonest last day first."""
    found = _rows(staff).filter(decision__referral__state=ReferralState.HANDED_OVER)
    found = found.exclude(decision__referral__valid_until_on=None)
    return list(found.order_by("decision__referral__valid_until_on", "id")[:PAGE])


def case_of_referral(number: str, staff: Staff) -> Application | None:
    """Find the case of the own office whose standing referral has this number."""
    found = Application.objects.visible_to(staff).filter(decision__referral__number=number)
    return found.defer("contact").first()


def to_ask(staff: Staff) -> list[Any]:
    """Give the cases of the office whose referral somebody has to ask about, the soonest last day first.

    It expired without an answer, until somebody has asked; or an answer was stated that nobody confirmed
    (`stated_at`).
    """
    stated = Reply.objects.filter(referral=OuterRef("decision__referral"), outcome=ReplyOutcome.STATED)
    expired = Q(
        decision__referral__state=ReferralState.EXPIRED,
        decision__referral__contacted_at=None,
        decision__referral__slip_answer=None,
    )
    found = _rows(staff).annotate(stated_at=Subquery(stated.order_by("came_at").values("came_at")[:1]))
    found = found.filter(expired | Q(stated_at__isnull=False))
    return list(found.order_by("decision__referral__valid_until_on", "id")[:PAGE])


def other_cases(application: Application, staff: Staff) -> list[Application]:
    """Give the person's other cases at the own office, the newest first."""
    found = Application.objects.visible_to(staff).filter(person=application.person_id)
    return list(found.exclude(pk=application.pk).defer("contact").order_by("-accepted_at", "id")[:PAGE])


def known_here(iin: str, staff: Staff) -> tuple[Person | None, list[Application]]:
    """Give the person with this number and his cases at the own office; nobody where there are none."""
    person = person_by_iin(iin)
    if person is None:
        return None, []
    found = Application.objects.visible_to(staff).of(person).defer("contact").order_by("-accepted_at", "id")
    cases = list(found[:PAGE])
    return (person if cases else None), cases


def at_window(ticket: Ticket) -> list[Application]:
    """Give the cases that were registered during a call, in order."""
    found = Application.objects.filter(tickets=ticket).select_related("place", "decision__referral")
    return list(found.defer(*_UNSHOWN).order_by("registered_at", "id"))


def inquiry_of(application: Application) -> Any:
    """Give the inquiry of a case with the number of its attempts and how the latest ended."""
    latest = Attempt.objects.filter(inquiry=OuterRef("pk")).order_by("-id").values("ended")[:1]
    asked = Inquiry.objects.filter(subject=application.pk)
    return asked.annotate(tried=Count("attempts"), ended=Subquery(latest)).first()


def usable_blanks(staff: Staff) -> list[PaperBlank]:
    """Give the blanks of the office on which something may be entered, in order; each sheet with its tickets."""
    tickets = Count("tickets")
    found = _blanks(staff).usable().annotate(entered_tickets=tickets)
    return list(found.select_related("place__office").order_by("number"))


def used_blanks(staff: Staff) -> list[PaperBlank]:
    """Give the blanks of the office that were used up, the latest first."""
    found = _blanks(staff).filter(used_at__isnull=False).select_related("application", "note")
    return list(found.defer("application__contact").order_by("-number")[:PAGE])


def voided_blanks(staff: Staff) -> list[PaperBlank]:
    """Give the voided blanks of the office, the latest first."""
    found = _blanks(staff).filter(voided_at__isnull=False).select_related("voided_by")
    return list(found.order_by("-number")[:PAGE])


def _blanks(staff: Staff) -> Any:
    return PaperBlank.objects.of_office(staff.office_id)


def _rows(staff: Staff) -> Any:
    papers = SealedPaper.objects.filter(decision=OuterRef("decision"), copy=SealedPaper.Copy.RECIPIENT)
    return (
        Application.objects.visible_to(staff)
        .select_related("place", "taken_by", "decision__referral")
        .defer(*_UNSHOWN)
        .annotate(has_paper=Exists(papers))
    )
