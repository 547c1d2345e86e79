"""The waiting line on one screen: who waits and how long, who is at a window, what was missed today."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse

from joldama.cases.models import Application
from joldama.desk.clocks import Clock, serving_clock
from joldama.desk.running import Row, serving_row, waiting_row
from joldama.desk.showing import Desk, show
from joldama.desk.window_card import window_card
from joldama.procedures.breach import RUNNING
from joldama.procedures.reckoning import doors_of
from joldama.reception.models import Ticket, TicketCase, Window
from joldama.reception.rules import may_work_line
from joldama.standard.moments import Told
from joldama.standard.tickets import ServingEnd, TicketState

SHOWN_ENDED = 30
"""Ended tickets shown; the figures of the day show them all."""


def line_page(
    request: HttpRequest,
    desk: Desk,
    *,
    fault: tuple[str, ...] = (),
    taken: Window | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the line of the official's place; `fault` says why a step was not made.

    `taken` is the window of a colleague that the official asked for: it may be taken over.
    """
    today = Ticket.objects.at(desk.place, on=desk.today).select_related("line__place", "called_by")
    waiting = [waiting_row(ticket, at=desk.at) for ticket in today.waiting()]
    at_windows = [serving_row(ticket, at=desk.at) for ticket in today.at_windows()]
    doors = doors_of(desk.place, desk.at)
    return show(
        request,
        "desk/line.html",
        desk,
        status=status,
        fault=fault,
        taken=taken,
        waiting=waiting,
        waiting_count=len(waiting),
        longest=waiting[0].passed if waiting else None,
        at_windows=at_windows,
        ended=[_told_end(ticket, desk) for ticket in today.ended()[:SHOWN_ENDED]],
        breached=len({*today.breached().values_list("pk", flat=True), *_over(waiting + at_windows)}),
        opens=None if doors.is_open else Told(doors.opens_at.astimezone(desk.zone), desk.today),
        key=uuid4(),
        **_own(desk),
    )


def _over(rows: list[Row]) -> Iterable[UUID]:
    """Tickets that wait, or are served, longer than the standard allows."""
    return (row.ticket.pk for row in rows if row.state == "breach" and row.word in RUNNING.values())


def held_by(desk: Desk) -> Ticket | None:
    """Give the ticket the official has at his window."""
    return Ticket.objects.select_related("line__place").held_by(desk.staff)


def clock_of(held: Ticket | None, *, at: datetime) -> Clock | None:
    """Give the serving clock of a ticket that was called; None where nobody is at the window."""
    if held is None or held.called_at is None:
        return None
    return serving_clock(held.line.place, held.called_at, at=at)


def cases_of(ticket: Ticket) -> list[Application]:
    """Give the cases that were registered during a call, in order."""
    linked = TicketCase.objects.filter(ticket=ticket).select_related("application").order_by("id")
    return [one.application for one in linked.defer("application__contact")]


def _own(desk: Desk) -> dict[str, Any]:
    """Tell what the official himself may do: his window, and whom he has at it."""
    if not may_work_line(desk.staff, desk.place):
        return {"may_work": False, "held": None}
    own: dict[str, Any] = {"may_work": True, "held": held_by(desk), **window_card(desk)}
    if own["held"] is None:
        return own
    return {
        **own,
        "clock": clock_of(own["held"], at=desk.at),
        "is_called": own["held"].state == TicketState.CALLED,
        "ends": list(ServingEnd),
        "cases": cases_of(own["held"]),
    }


def _told_end(ticket: Ticket, desk: Desk) -> dict[str, Any]:
    assert ticket.ended_at is not None
    return {
        "ticket": ticket,
        "ended": ticket.ended_at.astimezone(desk.zone),
        "how": ServingEnd(ticket.end) if ticket.end else TicketState(ticket.state),
    }
