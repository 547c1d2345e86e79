"""The rows behind a figure: numbers and moments by the wall clock of the place, nobody's name or number."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.reception.models import Ticket
from joldama.reports.figures import COMPLAINTS, TICKETS, Asked
from joldama.standard import moments
from joldama.standard.kinds import ResultKind
from joldama.standard.workflows import ApplicationState
from joldama.ui.templatetags.words import language, say

_OF_CASES = (
    "label.application_number",
    "label.kind",
    "label.registered_at",
    "label.due_at",
    "reports.ended_at",
    "label.status",
)
_OF_TICKETS = ("label.ticket", "reports.taken_at", "reports.called_at", "reports.waited", "reports.served")
_OF_COMPLAINTS = ("label.incoming_number", "label.registered_at", "label.due_at", "reports.answered_at")


def heads_of(asked: Asked) -> list[str]:
    """Name the columns."""
    keys = _OF_TICKETS if asked.figure in TICKETS else _OF_CASES
    return [say(key) for key in (_OF_COMPLAINTS if asked.figure in COMPLAINTS else keys)]


def row_of(asked: Asked, row: Any) -> list[str]:
    """Give the cells of a row."""
    if asked.figure in TICKETS:
        return _of_ticket(row)
    return _of_complaint(row) if asked.figure in COMPLAINTS else _of_case(row)


def _of_case(case: Application) -> list[str]:
    zone = case.place.zone
    return [
        case.number or "",
        say(ResultKind(case.kind).short_key),
        _moment(case.registered_at, zone),
        _moment(case.due_at, zone),
        _moment(case.finished_at, zone),
        say(ApplicationState(case.state)),
    ]


def _of_ticket(ticket: Ticket) -> list[str]:
    zone = ticket.line.place.zone
    return [
        ticket.name,
        _moment(ticket.taken_at, zone),
        _moment(ticket.called_at, zone),
        moments.length(ticket.waited, language()) if ticket.waited is not None else "",
        moments.length(ticket.served, language()) if ticket.served is not None else "",
    ]


def _of_complaint(complaint: Complaint) -> list[str]:
    zone = complaint.place.zone
    return [
        complaint.number or "",
        _moment(complaint.registered_at, zone),
        _moment(complaint.due_at, zone),
        _moment(complaint.answered_at, zone),
    ]


def _moment(at: datetime | None, zone: ZoneInfo) -> str:
    """Write a moment as a spreadsheet understands it: 2015-09-14 10:00."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""
