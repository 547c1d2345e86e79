"""What happened to a case, from the journal, with the names of the officials who did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from joldama.journal.models import RESULT_BREACHED, SERVING_BREACHED, WAIT_BREACHED, ActorKind, Event
from joldama.people.models import Staff
from joldama.referrals.replies import Way
from joldama.standard import words
from joldama.standard.names import PersonName
from joldama.ui.templatetags.words import language

LONGEST = 50
"""Events shown; a case has about ten."""

_TOLD = (
    "case.delivered",
    "case.registered",
    "case.registered_at_counter",
    "case.not_accepted",
    "inquiry.answered",
    "deadline.recomputed",
    "case.taken",
    "fact.entered",
    "offer.made",
    "offer.answered",
    "decision.drafted",
    "decision.signature_waits",
    "decision.signature_failed",
    "decision.blocked",
    "decision.held_back",
    "decision.recalled",
    "case.signed",
    "case.refused",
    "decision.sealed",
    "case.issued",
    "case.result_breached",
    "court.recorded",
    "court.execution",
    "case.granted_by_court",
    "case.withdrawn",
    "referral.handed_over",
    "referral.taken",
    "referral.accepted_by_organisation",
    "referral.rejected_by_organisation",
    "referral.no_show",
    "referral.code_made",
    "referral.code_locked",
    "referral.answer_stated",
    "referral.answer_waits",
    "referral.answer_failed",
    "referral.answer_set_aside",
    "referral.answer_withdrawn",
    "referral.expired",
    "referral.contacted",
    "annulment.proposed",
    "annulment.signature_waits",
    "annulment.signature_failed",
    "annulment.declined",
    "referral.annulled",
)


_TOLD_OF_TICKETS = (
    "ticket.taken",
    "ticket.called",
    "ticket.serving",
    "ticket.served",
    "ticket.no_show",
    "ticket.closed",
    "ticket.wait_breached",
    "ticket.serving_breached",
    "ticket.wait_breach_lifted",
    "ticket.serving_breach_lifted",
    "ticket.out_of_turn",
)


_TOLD_OF_OPENINGS = (
    "organisation.entered",
    "organisation.corrected",
    "contact.confirmed",
    "contact.ended",
    "opening.entered",
    "opening.corrected",
    "opening.closed",
    "opening.restored",
    "organisation.restored",
)


_FOUND_OUT = frozenset({WAIT_BREACHED, SERVING_BREACHED, RESULT_BREACHED})


@dataclass(frozen=True)
class Happening:
    """One thing that happened: what, when by the wall clock, and by whom."""

    name: str
    at: datetime
    by: str
    actor: UUID | None
    is_outside_hours: bool
    way: Way | None = None
    """How an answer came."""
    entered_at: datetime | None = None
    """When it was entered from paper; None for what was never on paper."""

    @property
    def text_key(self) -> str:
        """Key of what happened."""
        return f"desk.event.{self.name}"


def happened(subjects: Sequence[UUID], zone: ZoneInfo) -> list[Happening]:
    """Give what happened to a case and its referral, in order; the register's silences are told elsewhere."""
    return _events(subjects, _TOLD, zone)


def happened_to_ticket(subject: UUID, zone: ZoneInfo) -> list[Happening]:
    """Give what happened to a ticket, in order."""
    return _events([subject], _TOLD_OF_TICKETS, zone)


def happened_to_opening(subject: UUID, zone: ZoneInfo) -> list[Happening]:
    """Give what was done to an organisation or an opening, in order."""
    return _events([subject], _TOLD_OF_OPENINGS, zone)


def _events(subjects: Sequence[UUID], told: Sequence[str], zone: ZoneInfo) -> list[Happening]:
    names = JSONObject(surname="surname", given_name="given_name", patronymic="patronymic")
    staff = Staff.objects.filter(pk=OuterRef("actor")).values(name=names)
    events = Event.objects.filter(subject__in=subjects, name__in=told).annotate(staff=Subquery(staff))
    shown = _breaches_in_place(list(events.order_by("id")[:LONGEST]))
    return [_happening(event, zone) for event in shown]


def _breaches_in_place(events: list[Any]) -> list[Any]:
    """Put what was found out later to where it happened: a limit was passed before the call that came too late."""
    shown = [event for event in events if event.name not in _FOUND_OUT]
    for event in events:
        if event.name in _FOUND_OUT:
            before = [place for place, other in enumerate(shown) if other.at > event.at]
            shown.insert(before[0] if before else len(shown), event)
    return shown


def _happening(event: Any, zone: ZoneInfo) -> Happening:
    return Happening(
        name=event.name,
        at=event.at.astimezone(zone),
        by=_by(event),
        actor=event.actor,
        way=Way(event.facts["way"]) if "way" in event.facts else None,
        is_outside_hours=bool(event.facts.get("outside_hours")),
        entered_at=event.entered_at.astimezone(zone) if event.facts.get("paper") else None,
    )


def _by(event: Any) -> str:
    if event.staff:
        return PersonName(**event.staff).short
    return words.say(_PARTIES.get(event.actor_kind, "role.system"), language())


_PARTIES = {ActorKind.PERSON.value: "role.recipient", ActorKind.RECEIVER.value: "label.organisation"}
