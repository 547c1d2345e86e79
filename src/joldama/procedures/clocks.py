"""The three clocks of ¶4 at a place over days: result, wait, serving, each a figure of its own (R4.4-a).

Every figure keeps the rows it was counted from, so that each number opens its list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from govkz.workdays import reception_of
from joldama.cases.models import Application
from joldama.people.models import Place
from joldama.procedures.reckoning import calendar, edition_at
from joldama.reception.models import PaperTicket, Ticket
from joldama.standard.channels import Channel
from joldama.standard.figures import Figure
from joldama.standard.tickets import TicketState


@dataclass(frozen=True)
class Measured:
    """How much reception time one ticket or one case took, and whether that was too much."""

    of: Ticket | PaperTicket | Application
    began_at: datetime
    took: timedelta
    is_breached: bool


@dataclass(frozen=True)
class ClockFigure:
    """One clock over a period: the limit of the standard, and everything that was measured against it."""

    limit: Figure
    measured: tuple[Measured, ...]

    @property
    def count(self) -> int:
        return len(self.measured)

    @property
    def in_time(self) -> int:
        return self.count - len(self.violations)

    @property
    def share(self) -> int | None:
        """Whole per cent in time, rounded down, so that 100 means all; None where nothing was measured."""
        return self.in_time * 100 // self.count if self.count else None

    @property
    def median(self) -> timedelta | None:
        if not self.measured:
            return None
        return timedelta(seconds=median(one.took.total_seconds() for one in self.measured))

    @property
    def longest(self) -> timedelta | None:
        return max((one.took for one in self.measured), default=None)

    @property
    def violations(self) -> tuple[Measured, ...]:
        return tuple(one for one in self.measured if one.is_breached)


@dataclass(frozen=True)
class ThreeClocks:
    """What ¶4 asks of a counter, and those who did not come when called: they are counted apart (A32)."""

    result: ClockFigure
    wait: ClockFigure
    serving: ClockFigure
    no_shows: int


def three_clocks(place: Place, *, first: date, last: date, at: datetime) -> ThreeClocks:
    """Count the clocks of a place from a local day to a local day, both included.

    A case counts on the day it was registered at the counter, once its result is offered or its term is
    missed; one that was withdrawn has no result. A ticket counts on its day, once its wait or serving is over;
    one that was on paper counts like every other (S26).
    """
    figures = edition_at(place, _begins(place, last)).figures
    tickets: list[Ticket | PaperTicket] = [
        *Ticket.objects.filter(line__place=place, line__on__range=(first, last)).order_by(
            "line__on", "number"
        ),
        *PaperTicket.objects.between(place, first=first, last=last),
    ]
    came = [ticket for ticket in tickets if ticket.state != TicketState.NO_SHOW]
    return ThreeClocks(
        result=ClockFigure(figures.counter_result, tuple(_results(place, first, last, at))),
        wait=ClockFigure(figures.wait, tuple(_waits(came))),
        serving=ClockFigure(figures.serving, tuple(_servings(came))),
        no_shows=len(tickets) - len(came),
    )


def _results(place: Place, first: date, last: date, at: datetime) -> Iterable[Measured]:
    cases = Application.objects.filter(
        place=place,
        channel=Channel.PROVIDER,
        registered_at__gte=_begins(place, first),
        registered_at__lt=_begins(place, last + timedelta(days=1)),
        withdrawn_at=None,
    ).defer("contact")
    known = calendar()
    for case in cases.order_by("registered_at", "id"):
        is_missed = case.is_overdue(at=at)
        if case.offered_at is None and not is_missed:
            continue
        assert case.registered_at is not None
        hours = edition_at(place, case.registered_at).figures.hours
        took = reception_of(known, hours, place.zone).between(case.registered_at, case.offered_at or at)
        yield Measured(case, case.registered_at, took, is_missed)


def _waits(tickets: Iterable[Ticket | PaperTicket]) -> Iterable[Measured]:
    for ticket in tickets:
        if ticket.waited is not None:
            yield Measured(ticket, ticket.taken_at, ticket.waited, bool(ticket.is_wait_breached))


def _servings(tickets: Iterable[Ticket | PaperTicket]) -> Iterable[Measured]:
    for ticket in tickets:
        if ticket.served is not None and ticket.called_at is not None:
            yield Measured(ticket, ticket.called_at, ticket.served, bool(ticket.is_serving_breached))


def _begins(place: Place, on: date) -> datetime:
    return datetime.combine(on, time(0), tzinfo=place.zone)
