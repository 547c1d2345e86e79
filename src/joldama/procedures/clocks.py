"""The three clocks of ¶4 at the places of an office over days: result, wait, serving, each a figure (R4.4-a).

Every figure keeps the rows it was counted from, so that each number opens its list.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from statistics import median

from django.db.models import Q

from govkz.workdays import reception_of
from joldama.cases.models import Application
from joldama.people.models import Place
from joldama.procedures.breach import RUNNING, measured_by
from joldama.procedures.explaining import where_and_when
from joldama.procedures.reckoning import calendar, edition_at
from joldama.reception.models import PaperTicket, Ticket
from joldama.standard.channels import Channel
from joldama.standard.clocks import ClockKind
from joldama.standard.figures import Figure, Figures
from joldama.standard.tickets import TicketState


@dataclass(frozen=True)
class Measured:
    """How much reception time a ticket or a case took, the local day it counts on, whether that was too much."""

    kind: ClockKind
    of: Ticket | PaperTicket | Application
    place: Place
    on: date
    began_at: datetime
    took: timedelta
    is_breached: bool


@dataclass(frozen=True)
class ClockFigure:
    """One clock over a period: the limit of the standard, and everything that was measured against it."""

    kind: ClockKind
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

    @cached_property
    def violations(self) -> tuple[Measured, ...]:
        return tuple(one for one in self.measured if one.is_breached)


@dataclass(frozen=True)
class ThreeClocks:
    """What ¶4 asks of a counter, and those who did not come when called: they are counted apart (A32)."""

    figures: Figures
    measured: tuple[Measured, ...]
    absent: tuple[Measured, ...]
    running: tuple[Measured, ...] = ()
    """Waits and servings past their limit that go on: breaches that no figure counts before they are over."""

    def of(self, kind: ClockKind) -> ClockFigure:
        """Give one clock."""
        here = tuple(one for one in self.measured if one.kind is kind)
        return ClockFigure(kind, kind.limit(self.figures), here)

    def at(self, place: Place) -> "ThreeClocks":
        """Give the clocks of one place."""
        return replace(
            self,
            measured=tuple(one for one in self.measured if one.place == place),
            absent=tuple(one for one in self.absent if one.place == place),
        )

    def by_day(self) -> list[tuple[date, "ThreeClocks"]]:
        """Give the clocks of each local day that has any, or somebody who did not come; the latest first."""
        measured, absent = _grouped(self.measured), _grouped(self.absent)
        days = sorted({*measured, *absent}, reverse=True)
        return [
            (day, replace(self, measured=tuple(measured[day]), absent=tuple(absent[day]))) for day in days
        ]


def three_clocks(places: Sequence[Place], *, first: date, last: date, at: datetime) -> ThreeClocks:
    """Count the clocks of places of one office from a local day to a local day, both included.

    A case counts on the day it was registered at the counter, once its result is offered or its term is
    missed; one that was withdrawn has no result. A ticket counts on its day, once its wait or serving is over;
    one that was on paper counts like every other (S26).
    """
    of_line = Ticket.objects.filter(line__place__in=places, line__on__range=(first, last))
    on_paper = PaperTicket.objects.filter(place__in=places, on__range=(first, last))
    tickets: list[Ticket | PaperTicket] = [
        *of_line.select_related("line__place").order_by("line__on", "taken_at", "number"),
        *on_paper.select_related("place", "blank").order_by("on", "taken_at", "blank__number", "number"),
    ]
    absent = [ticket for ticket in tickets if ticket.state == TicketState.NO_SHOW]
    came = [ticket for ticket in tickets if ticket.state != TicketState.NO_SHOW]
    return ThreeClocks(
        figures=edition_at(places[0], _begins(places[0], last)).figures,
        measured=(*_results(places, first, last, at), *_waits(came), *_servings(came)),
        absent=tuple(_waits(absent)),
        running=tuple(_running(came, at)),
    )


def _results(places: Sequence[Place], first: date, last: date, at: datetime) -> Iterable[Measured]:
    registered = Q(pk=None)
    for place in places:
        begins, ends = _begins(place, first), _begins(place, last + timedelta(days=1))
        registered |= Q(place=place, registered_at__gte=begins, registered_at__lt=ends)
    cases = Application.objects.filter(registered, channel=Channel.PROVIDER, withdrawn_at=None)
    known = calendar()
    for case in cases.select_related("place").defer("contact").order_by("registered_at", "id"):
        is_missed = case.is_overdue(at=at)
        if case.offered_at is None and not is_missed:
            continue
        assert case.registered_at is not None
        hours = edition_at(case.place, case.registered_at).figures.hours
        took = reception_of(known, hours, case.place.zone).between(case.registered_at, case.offered_at or at)
        on = case.registered_at.astimezone(case.place.zone).date()
        yield Measured(ClockKind.RESULT, case, case.place, on, case.registered_at, took, is_missed)


def _running(tickets: Iterable[Ticket | PaperTicket], at: datetime) -> Iterable[Measured]:
    kinds = {state: kind for kind, state in RUNNING.items()}
    for ticket in tickets:
        kind = kinds.get(TicketState(ticket.state))
        if kind is None or isinstance(ticket, PaperTicket):
            continue
        so_far = measured_by(ticket, kind, at=at)
        if so_far is not None and so_far.breach:
            place, on = where_and_when(ticket)
            began_at = ticket.called_at or ticket.taken_at
            yield Measured(kind, ticket, place, on, began_at, so_far.counted, is_breached=True)


def _waits(tickets: Iterable[Ticket | PaperTicket]) -> Iterable[Measured]:
    for ticket in tickets:
        if ticket.waited is not None:
            place, on = where_and_when(ticket)
            is_breached = bool(ticket.is_wait_breached)
            yield Measured(ClockKind.WAIT, ticket, place, on, ticket.taken_at, ticket.waited, is_breached)


def _servings(tickets: Iterable[Ticket | PaperTicket]) -> Iterable[Measured]:
    for ticket in tickets:
        if ticket.served is not None and ticket.called_at is not None:
            place, on = where_and_when(ticket)
            is_breached = bool(ticket.is_serving_breached)
            yield Measured(ClockKind.SERVING, ticket, place, on, ticket.called_at, ticket.served, is_breached)


def _grouped(rows: Iterable[Measured]) -> defaultdict[date, list[Measured]]:
    days: defaultdict[date, list[Measured]] = defaultdict(list)
    for one in rows:
        days[one.on].append(one)
    return days


def _begins(place: Place, on: date) -> datetime:
    return datetime.combine(on, time(0), tzinfo=place.zone)
