"""What happens at the counters of an office now: every window, every clock, who is at risk, what was missed today.

The number of queries does not depend on how many places, windows and people there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse

from govkz.workdays import reception_of
from joldama.cases.models import Application
from joldama.desk.clocks import minutes_and_seconds
from joldama.desk.running import Row, result_row, serving_row, waiting_row
from joldama.desk.showing import Desk
from joldama.people.models import Place
from joldama.procedures.breach import RUNNING
from joldama.procedures.reckoning import calendar, doors_of, edition_at, edition_of
from joldama.reception.models import OPEN, Ticket, Window
from joldama.reception.rules import may_close_window
from joldama.standard.channels import Channel
from joldama.standard.clocks import ClockKind
from joldama.standard.moments import Told
from joldama.standard.tickets import TicketState
from joldama.standard.windows import WindowState


@dataclass(frozen=True)
class WindowRow:
    """A window of a place: who sits at it since when, since when it is paused, and whom it serves."""

    number: int
    window: Window | None
    opened: time | None
    paused: time | None
    serving: Row | None
    may_close: bool

    @property
    def state(self) -> WindowState:
        """Open, paused or closed; it has a text."""
        return WindowState(self.window.state) if self.window else WindowState.CLOSED

    @property
    def mark(self) -> str:
        """The mark beside its state."""
        return {WindowState.OPEN: "tick", WindowState.PAUSED: "pause"}.get(self.state, "cross")


@dataclass(frozen=True)
class Breach:
    """A clock of ¶4 that took too long today, by its paragraph."""

    kind: ClockKind
    paragraph: str
    name: str
    address: str
    began: datetime
    took: str
    is_running: bool = False


@dataclass(frozen=True)
class PlaceBoard:
    """One place of the office; `opens` says when reception goes on, where it does not now."""

    place: Place
    opens: Told | None
    windows: list[WindowRow]
    clocks: list[Row]
    waiting: list[Row]
    breaches: list[Breach]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each."""
        return {
            "waiting": len(self.waiting),
            "windows": len(self.windows),
            "clocks": len(self.clocks),
            "breaches": len(self.breaches),
        }

    @property
    def open_windows(self) -> int:
        """How many windows can call somebody now."""
        return 0 if self.opens else sum(row.state is WindowState.OPEN for row in self.windows)

    @property
    def longest(self) -> timedelta | None:
        """How long the one waits who has waited longest."""
        return max((row.passed for row in self.waiting), default=None)


@dataclass(frozen=True)
class Board:
    """All places of the office, and who is at risk at any of them, least time left first."""

    places: list[PlaceBoard]

    @property
    def place_ids(self) -> list[UUID]:
        """The places whose lines this page follows."""
        return [at.place.pk for at in self.places]

    @property
    def has_several(self) -> bool:
        """Whether the office has more places than one."""
        return len(self.places) > 1

    @cached_property
    def at_risk(self) -> list[Row]:
        """Clocks past the first stone."""
        rows = [row for place in self.places for row in place.clocks if row.is_at_risk]
        return sorted(rows, key=_by_rest)

    @property
    def risks(self) -> int:
        """How many clocks are past the first stone."""
        return len(self.at_risk)


def board_of(desk: Desk) -> Board:
    """Read the board of the official's office."""
    places = list(Place.objects.filter(office=desk.staff.office_id).order_by("-is_main", "kk"))
    rows = _rows(places, desk)
    windows = _windows(places)
    breaches = _breaches(places, desk)
    return Board([_place(place, rows, windows, breaches, desk) for place in places])


def _place(
    place: Place, rows: list[Row], windows: list[Any], breaches: list[tuple[Place, Breach]], desk: Desk
) -> PlaceBoard:
    doors = doors_of(place, desk.at)
    here = sorted((row for row in rows if row.place == place), key=_by_rest)
    servings = {row.ticket.window: row for row in here if row.kind is ClockKind.SERVING}
    sitting = [window for window in windows if window.line.place_id == place.pk]
    return PlaceBoard(
        place=place,
        opens=None if doors.is_open else Told(doors.opens_at.astimezone(place.zone), desk.today),
        windows=_window_rows(place, sitting, servings, desk),
        clocks=here,
        waiting=[row for row in here if row.kind is ClockKind.WAIT],
        breaches=[*_running(here), *(breach for at, breach in breaches if at == place)],
    )


def _window_rows(
    place: Place, sitting: list[Any], servings: dict[int | None, Row], desk: Desk
) -> list[WindowRow]:
    """Every window the place has, and one more where somebody is at a window nobody has opened."""
    shown = [_window_row(window.number, window, servings, desk) for window in sitting]
    known = {row.number for row in shown}
    others = {*range(1, place.windows + 1), *(number for number in servings if number)} - known
    return sorted(
        shown + [_window_row(number, None, servings, desk) for number in others], key=lambda row: row.number
    )


def _window_row(number: int, window: Any, servings: dict[int | None, Row], desk: Desk) -> WindowRow:
    serving = servings.get(number)
    if window is None:
        return WindowRow(number, None, None, None, serving, may_close=False)
    return WindowRow(
        number=number,
        window=window,
        opened=_wall(window.opened_at, window.line.place),
        paused=_wall(window.paused_at, window.line.place) if window.paused_at else None,
        serving=serving,
        may_close=serving is None and may_close_window(desk.staff, window),
    )


def _windows(places: list[Place]) -> list[Any]:  # of Window, with paused_at
    found = Window.objects.filter(line__place__in=places).select_related("line__place", "specialist")
    return list(found.with_pause().unclosed())


def _rows(places: list[Place], desk: Desk) -> list[Row]:
    tickets = Ticket.objects.filter(line__place__in=places, state__in=[TicketState.WAITING, *OPEN])
    rows = [
        serving_row(ticket, at=desk.at) if ticket.called_at else waiting_row(ticket, at=desk.at)
        for ticket in tickets.select_related("line__place", "called_by").order_by("line__on", "number")
    ]
    cases = _at_counter(places).open().filter(offered_at=None).order_by("due_at", "id")
    return rows + [result_row(case, at=desk.at) for case in cases]


def _breaches(places: list[Place], desk: Desk) -> list[tuple[Place, Breach]]:
    days = {place.pk: desk.at.astimezone(place.zone).date() for place in places}
    today = Q(pk=None)
    for place in places:
        today |= Q(line__place=place, line__on=days[place.pk])
    tickets = Ticket.objects.filter(today).select_related("line__place").breached()
    missed = _at_counter(places).filter(Q(offered_at=None) | Q(offered_at__gt=F("due_at")), withdrawn_at=None)
    missed = missed.filter(due_at__lt=desk.at, due_at__gte=desk.at - timedelta(days=1)).order_by(
        "due_at", "id"
    )
    cases = [case for case in missed if case.due_at.astimezone(case.place.zone).date() == days[case.place_id]]
    of_tickets = ((ticket.line.place, breach) for ticket in tickets for breach in _of_ticket(ticket))
    return [*of_tickets, *((case.place, _of_case(case, desk)) for case in cases)]


def _running(rows: list[Row]) -> Iterable[Breach]:
    """Waits and servings past their limit that go on; who has not come yet is not served."""
    for row in rows:
        if row.state == "breach" and not isinstance(row.of, Application) and row.of.state in RUNNING.values():
            yield _breach(row.kind, row.of, row.place, row.began, row.passed, is_running=True)


def _of_ticket(ticket: Ticket) -> Iterable[Breach]:
    waited, served = ticket.waited, ticket.served
    if ticket.is_wait_breached and waited is not None:
        yield _breach(ClockKind.WAIT, ticket, ticket.line.place, ticket.taken_at, waited)
    if ticket.is_serving_breached and served is not None and ticket.called_at:
        yield _breach(ClockKind.SERVING, ticket, ticket.line.place, ticket.called_at, served)


def _of_case(case: Application, desk: Desk) -> Breach:
    assert case.registered_at is not None
    hours = edition_of(case).figures.hours
    took = reception_of(calendar(), hours, case.place.zone).between(
        case.registered_at, case.offered_at or desk.at
    )
    is_running = case.offered_at is None
    return _breach(ClockKind.RESULT, case, case.place, case.registered_at, took, is_running=is_running)


def _breach(
    kind: ClockKind,
    of: Ticket | Application,
    place: Place,
    began: datetime,
    took: timedelta,
    *,
    is_running: bool = False,
) -> Breach:
    page = "desk:case" if isinstance(of, Application) else "desk:ticket"
    return Breach(
        kind=kind,
        paragraph=kind.limit(edition_at(place, began).figures).paragraph or "",
        name=str(of),
        address=reverse(page, args=[of.pk]),
        began=began.astimezone(place.zone),
        took=minutes_and_seconds(took),
        is_running=is_running,
    )


def _at_counter(places: list[Place]) -> Any:
    found = Application.objects.filter(place__in=places, channel=Channel.PROVIDER)
    return found.exclude(registered_at=None).select_related("place").defer("contact")


def _by_rest(row: Row) -> tuple[timedelta, datetime, str]:
    return row.rest, row.began, str(row.of)


def _wall(at: datetime, place: Place) -> time:
    return at.astimezone(place.zone).time()
