"""A complaint in words, for the chancery and for the complainant: its marks, and the confirmation of ¶10.3."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from joldama.complaints.models import Complaint
from joldama.journal.models import Event
from joldama.people.models import Staff
from joldama.standard.complaint_workflow import COMPLAINT, ComplaintState
from joldama.standard.complaints import ComplaintAddressee, ComplaintOutcome, ConsiderationGround
from joldama.standard.roles import Role


@dataclass(frozen=True)
class Mark:
    """One mark in the history of a complaint: which, its local moment, whose it is (R10.6-a).

    `staff` is None for what the complainant did himself.
    """

    state: ComplaintState
    at: datetime
    staff: Staff | None

    @property
    def duty(self) -> Role | None:
        """The role of who made it."""
        return self.staff.duty if self.staff else None

    @property
    def is_bad(self) -> bool:
        """Whether it ends the complaint without an answer on its matter."""
        return self.state is ComplaintState.CONSIDERATION_REFUSED


@dataclass(frozen=True)
class Confirmation:
    """The six facts of ¶10.3 part three: stamp (the body's), number, date, who took it, when and where."""

    number: str
    registered_on: date
    accepted_by: str
    answer_from_on: date
    due_at: datetime
    addressee: ComplaintAddressee
    sides: tuple["Side", ...]


@dataclass(frozen=True)
class Side:
    """What a confirmation says in one language."""

    language: str
    office: str
    address: str


@dataclass(frozen=True)
class Reply:
    """An answer, or a refusal to consider, as it is printed: to whom, on what, the text, who signed it and when."""

    number: str
    answered_on: date
    signer: str
    languages: tuple[str, ...]
    outcome: ComplaintOutcome | None
    ground: ConsiderationGround | None


_STATES = {f"complaint.{move.name}": move.target for move in COMPLAINT.moves}


def marks_of(complaint: Complaint, events: list[Event], officials: dict[UUID, Staff]) -> list[Mark]:
    """Give the marks of a complaint from its events, in order; `officials` are those who made them."""
    zone = complaint.place.zone
    return [
        Mark(ComplaintState(_STATES[event.name]), event.at.astimezone(zone), officials.get(event.actor))
        for event in events
        if event.name in _STATES and event.actor
    ]


def reply_of(complaint: Complaint) -> Reply | None:
    """Give the answer as it is printed; None before there is one (R10.4-a)."""
    if complaint.answered_at is None or complaint.answered_by is None:
        return None
    return Reply(
        number=complaint.number or complaint.reference,
        answered_on=complaint.answered_at.astimezone(complaint.place.zone).date(),
        signer=complaint.answered_by.name.full,
        languages=tuple(dict.fromkeys(("kk", complaint.language))),
        outcome=ComplaintOutcome(complaint.outcome) if complaint.outcome else None,
        ground=ConsiderationGround(complaint.ground) if complaint.ground else None,
    )


def confirmation_of(complaint: Complaint) -> Confirmation | None:
    """Give the confirmation of a registered complaint; None before registration (R10.3-a)."""
    if complaint.registered_at is None or complaint.registered_by is None or complaint.number is None:
        return None
    zone = complaint.place.zone
    languages = dict.fromkeys(("kk", complaint.language))
    return Confirmation(
        number=complaint.number,
        registered_on=complaint.registered_at.astimezone(zone).date(),
        accepted_by=complaint.registered_by.name.full,
        answer_from_on=complaint.answer_from_on,
        due_at=complaint.due_at.astimezone(zone),
        addressee=ComplaintAddressee(complaint.addressee),
        sides=tuple(Side(one, complaint.office.name(one), complaint.place.address(one)) for one in languages),
    )
