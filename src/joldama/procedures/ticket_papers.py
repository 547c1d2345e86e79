"""The printed ticket: what stands on it, and that it is printed again only as a marked copy, with an event.

Nothing on it tells of a person: its name, the rule, until when it should be called, where to follow it (R8.1-c).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from govkz.workdays import reception_of
from joldama.journal.queries import events_of
from joldama.people.models import Office, Staff
from joldama.procedures.reckoning import calendar, edition_at
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.reception.models import Kiosk, Ticket
from joldama.reception.operations import record_print
from joldama.reception.rules import may_work_line

AGAIN_WITHIN = timedelta(minutes=1)
"""How long a kiosk prints a ticket again: who took it still stands there."""


@dataclass(frozen=True, kw_only=True)
class TicketPaper:
    """A ticket as it is printed; moments on the wall clock of the place.

    `first_at` is when it was first printed, None for one that never was; `is_copy` once it was printed again.
    """

    ticket: Ticket
    office: Office
    taken: datetime
    wait_until: datetime
    ahead: int
    first_at: datetime | None
    is_copy: bool


def paper_of(ticket: Ticket) -> TicketPaper:
    """Give a ticket, whose place, office and kiosk are loaded, as it is printed now."""
    place = ticket.line.place
    printings = _printings(ticket)
    first_at = _first_at(ticket, printings)
    return TicketPaper(
        ticket=ticket,
        office=place.office,
        taken=ticket.taken_at.astimezone(place.zone),
        wait_until=wait_until(ticket),
        ahead=ahead_of(ticket),
        first_at=first_at.astimezone(place.zone) if first_at else None,
        is_copy=any(name == _AGAIN for name, _at in printings),
    )


def wait_until(ticket: Ticket) -> datetime:
    """Give the local moment by which a ticket should be called (R4.2-a)."""
    place = ticket.line.place
    figures = edition_at(place, ticket.taken_at).figures
    reception = reception_of(calendar(), figures.hours, place.zone)
    return reception.add(ticket.taken_at, figures.wait.length).astimezone(place.zone)


def ahead_of(ticket: Ticket) -> int:
    """Count those who wait in front of a ticket."""
    return Ticket.objects.filter(line=ticket.line_id, number__lt=ticket.number).waiting().count()


@transaction.atomic
def print_at_desk(ticket: Ticket, *, by: Staff, at: datetime) -> None:
    """Write down that a ticket is printed at the desk: first, or once more. Raise NotAllowed."""
    if not may_work_line(by, ticket.line.place):
        raise NotAllowed
    again = _first_at(ticket, _printings(ticket)) is not None
    record_print(ticket, again=again, by=by.actor, at=at)


@transaction.atomic
def print_again_at_kiosk(ticket: Ticket, *, by: Kiosk, at: datetime) -> None:
    """Write down that the kiosk that gave a ticket prints it once more. Raise NotAllowed, NotYet when it is late."""
    if ticket.kiosk_id != by.pk or not by.prints or by.ended_at is not None:
        raise NotAllowed
    if not may_print_again(ticket, at=at):
        raise NotYet("error.reprint_late", seconds=int(AGAIN_WITHIN.total_seconds()))
    record_print(ticket, again=True, by=by.actor, at=at)


def may_print_again(ticket: Ticket, *, at: datetime) -> bool:
    """Say whether the kiosk that gave a ticket still prints it."""
    return at - ticket.taken_at <= AGAIN_WITHIN


_FIRST, _AGAIN = "ticket.printed", "ticket.reprinted"


def _printings(ticket: Ticket) -> list[tuple[str, datetime]]:
    return list(events_of(ticket.pk).filter(name__in=[_FIRST, _AGAIN]).values_list("name", "at"))


def _first_at(ticket: Ticket, printings: list[tuple[str, datetime]]) -> datetime | None:
    """A kiosk with a printer prints while it gives; elsewhere the first printing is an event."""
    if ticket.kiosk is not None and ticket.kiosk.prints:
        return ticket.taken_at
    return next((at for name, at in printings if name == _FIRST), None)
