"""Writes complaints; every change of state is a move of the workflow, made by compare-and-set."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joldama.complaints.models import Complaint
from joldama.journal.actors import Actor
from joldama.journal.operations import Fact, record
from joldama.standard.complaint_workflow import COMPLAINT, ComplaintMove
from joldama.standard.terms import Term, told
from joldama.standard.words import LANGUAGES
from joldama.vault.fields import SealedField, closed


@dataclass
class ComplaintIsElsewhere(Exception):
    """The complaint has left the state from which this move starts: show it anew."""

    complaint: Complaint


def file(complaint: Complaint, *, event: ComplaintMove, by: Actor, at: datetime) -> Complaint:
    """Write a new complaint and record how it came."""
    complaint.save(force_insert=True)
    step = COMPLAINT.find(event, None)
    assert step is not None
    record(
        f"complaint.{event}",
        subject=complaint.pk,
        office=complaint.office_id,
        by=by,
        at=at,
        paragraph=step.paragraph,
    )
    return complaint


def move(
    complaint: Complaint,
    by_move: ComplaintMove,
    *,
    by: Actor,
    at: datetime,
    event_facts: dict[str, Fact] | None = None,
    **columns: Any,
) -> None:
    """Move a complaint along the workflow and record it; raise ComplaintIsElsewhere when it is elsewhere.

    `columns` are written in the same statement; encrypted ones are given in the clear.
    """
    step = COMPLAINT.find(by_move, complaint.state)
    if step is None:
        raise ComplaintIsElsewhere(complaint)
    stored = {name: _stored(complaint, name, value) for name, value in columns.items()}
    changed = Complaint.objects.filter(pk=complaint.pk, state=step.source).update(state=step.target, **stored)
    if not changed:
        raise ComplaintIsElsewhere(complaint)
    complaint.state = step.target
    for name, value in columns.items():
        setattr(complaint, name, value)
    record(
        f"complaint.{by_move}",
        subject=complaint.pk,
        office=complaint.office_id,
        by=by,
        at=at,
        paragraph=step.paragraph,
        from_paper=None,
        **(event_facts or {}),
    )


def reckoned(term: Term, *, zone: Any) -> dict[str, Any]:
    """Give how a term was counted, as it is stored with the complaint."""
    return {
        "steps": {language: told(term, language, zone=zone) for language in LANGUAGES},
        "basis": list(term.basis),
        "edition": term.edition,
        "calendar_version": term.calendar_version,
        "is_provisional": term.provisional,
    }


def _stored(complaint: Complaint, name: str, value: Any) -> Any:
    field = Complaint._meta.get_field(name)
    return closed(complaint, name, value) if isinstance(field, SealedField) else value
