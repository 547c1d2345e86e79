"""Finds the one complaint a page is about, and writes down that an official looked (R10.6-c)."""

from uuid import UUID

from django.http import Http404

from joldama.complaints.models import Complaint
from joldama.complaints.rules import may_see
from joldama.journal.operations import record_look
from joldama.ui.officials import Desk

_RELATED = (
    "office",
    "place",
    "provider",
    "official",
    "person",
    "application__decision",
    "decision",
    "assigned_to",
    "registered_by",
    "answered_by",
    "executed_by",
    "forwarded_by",
)


def find(desk: Desk, pk: UUID, *, page: str) -> Complaint:
    """Give a complaint the official may see, and write the look down.

    One he may not see answers like a missing one (404), and the attempt is written down too.
    """
    found = Complaint.objects.select_related(*_RELATED).filter(pk=pk).first()
    if found is None:
        raise Http404
    allowed = may_see(desk.staff, found, on=desk.today)
    record_look(
        person=found.subject_of_looks,
        subject=found.pk,
        by=desk.staff.actor,
        at=desk.at,
        page=page,
        allowed=allowed,
    )
    if not allowed:
        raise Http404
    return found
