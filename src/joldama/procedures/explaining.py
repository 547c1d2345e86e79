"""How long a wait, a serving or a result took, or has taken by now, step by step (¶4.1-¶4.3, ¶8.1).

What was written when it ended stands. Where the calendar has been corrected since, the explanation says so.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from joldama.cases.models import Application
from joldama.people.models import Place
from joldama.procedures.reckoning import calendar, day_closes_at, edition_at, edition_of
from joldama.reception.models import PaperTicket, Ticket
from joldama.standard import terms
from joldama.standard.clocks import ClockKind
from joldama.standard.terms.steps import clock_length
from joldama.standard.tickets import TicketState
from joldama.standard.words import say


@dataclass(frozen=True)
class Explained:
    """A clock with its steps; `written` is what was measured when it ended, `is_breached` what it says."""

    kind: ClockKind
    began_at: datetime
    measured: terms.Wait
    written: timedelta | None
    is_running: bool
    is_breached: bool

    @property
    def took(self) -> str:
        """How long it took, or has taken, as a clock shows it."""
        is_as_written = self.written in (None, self.measured.counted)
        return self.measured.took if is_as_written else clock_length(self.written or timedelta(0))

    @property
    def paragraph(self) -> str:
        """The paragraph of its limit."""
        return self.measured.basis[0]

    def lines(self, language: str) -> tuple[str, ...]:
        """Tell it in a language: how long against which limit, then step by step, then by which points."""
        told = terms.told_measured(self.measured, language, is_running=self.is_running)
        if self.written in (None, self.measured.counted):
            return told
        return (*told, say("term.measured.stands", language, took=self.took))


def where_and_when(ticket: Ticket | PaperTicket) -> tuple[Place, date]:
    """Give the place and the local day of a ticket, of the machine or of paper."""
    if isinstance(ticket, PaperTicket):
        return ticket.place, ticket.on
    return ticket.line.place, ticket.line.on


def explain_wait(ticket: Ticket | PaperTicket, *, at: datetime) -> Explained:
    """Explain a wait up to the call, to the closing that ended it (A32), or to now."""
    place, _ = where_and_when(ticket)
    until = max(ticket.called_at or _closing(ticket) or at, ticket.taken_at)
    figures = edition_at(place, ticket.taken_at).figures
    measured = terms.wait(ticket.taken_at, until, zone=place.zone, calendar=calendar(), figures=figures)
    is_breached = measured.breach if ticket.is_wait_breached is None else ticket.is_wait_breached
    return Explained(
        kind=ClockKind.WAIT,
        began_at=ticket.taken_at,
        measured=measured,
        written=ticket.waited,
        is_running=ticket.waited is None,
        is_breached=is_breached,
    )


def explain_serving(ticket: Ticket | PaperTicket, *, at: datetime) -> Explained | None:
    """Explain a serving up to its end or to now; None for who was not called or did not come."""
    if ticket.called_at is None or ticket.state == TicketState.NO_SHOW:
        return None
    place, _ = where_and_when(ticket)
    until = max(ticket.ended_at or at, ticket.called_at)
    figures = edition_at(place, ticket.called_at).figures
    measured = terms.serving(ticket.called_at, until, zone=place.zone, calendar=calendar(), figures=figures)
    is_breached = measured.breach if ticket.is_serving_breached is None else ticket.is_serving_breached
    return Explained(
        kind=ClockKind.SERVING,
        began_at=ticket.called_at,
        measured=measured,
        written=ticket.served,
        is_running=ticket.ended_at is None,
        is_breached=is_breached,
    )


def explain_result(case: Application, *, at: datetime) -> Explained:
    """Explain how long a result of the counter took up to its offer, or to now; breached by its due moment."""
    assert case.registered_at is not None
    figures = edition_of(case).figures
    until = max(case.offered_at or at, case.registered_at)
    measured = terms.result(
        case.registered_at, until, zone=case.place.zone, calendar=calendar(), figures=figures
    )
    return Explained(
        kind=ClockKind.RESULT,
        began_at=case.registered_at,
        measured=measured,
        written=None,
        is_running=case.offered_at is None,
        is_breached=case.is_overdue(at=at),
    )


def _closing(ticket: Ticket | PaperTicket) -> datetime | None:
    """When reception closed a ticket nobody called: the sweep may have come later."""
    if ticket.ended_at is None:
        return None
    closes = day_closes_at(*where_and_when(ticket))
    return min(closes, ticket.ended_at) if closes else ticket.ended_at
