"""Writes the line; every change of a ticket or a window is a move of its table, made by compare-and-set."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from joldama.cases.models import Application
from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.models import Event
from joldama.journal.operations import record, record_once
from joldama.people.models import Place, Staff
from joldama.reception.models import Kiosk, Line, Ticket, TicketCase, Window, WindowPause
from joldama.reception.queries import BREACHES
from joldama.standard.clocks import ClockKind
from joldama.standard.terms import Wait
from joldama.standard.tickets import TICKET, ServingEnd, TicketMove, TicketState
from joldama.standard.windows import WINDOW, WindowMove, WindowState


@dataclass
class TicketIsElsewhere(Exception):
    """The ticket has left the state from which this move starts: show it anew."""

    ticket: Ticket


@dataclass
class WindowIsElsewhere(Exception):
    """The window has left the state from which this move starts: show it anew."""

    window: Window


def give(locked: Line, *, key: UUID, by: Staff | Kiosk, at: datetime) -> Ticket:
    """Give the next number of the day from a line that is locked, whose place is loaded (R8.1-c).

    Whoever read the clock first may get the row of the line last: no ticket is taken before the one before it.
    """
    before = Ticket.objects.filter(line=locked, number=locked.given).values_list("taken_at", flat=True)
    at = max([at, *before])
    locked.given += 1
    locked.save(update_fields=["given"])
    step = TICKET.move(TicketMove.TAKE, None)
    ticket = Ticket.objects.create(
        key=key,
        line=locked,
        number=locked.given,
        state=step.target,
        taken_at=at,
        given_by=by if isinstance(by, Staff) else None,
        kiosk=by if isinstance(by, Kiosk) else None,
    )
    _record(ticket, TicketMove.TAKE, by=by.actor, at=at, paragraph=step.paragraph)
    return ticket


def given_before(key: UUID) -> Ticket | None:
    """Give the ticket that was given to this key, with its place: asked twice, it is the same."""
    return Ticket.objects.filter(key=key).select_related("line__place__office", "kiosk").first()


def begin_line(place: Place, *, on: date) -> Line:
    """Lock the line of a day until the transaction ends, and begin it where nobody has yet."""
    Line.objects.bulk_create([Line(place=place, on=on)], ignore_conflicts=True)
    line = Line.objects.select_for_update(of=("self",)).get(place=place, on=on)
    line.place = place
    return line


def lock_line(place: Place, *, on: date) -> Line | None:
    """Lock the line of a day until the transaction ends; None while nobody has taken a ticket.

    Whoever calls waits for this row. SKIP LOCKED is banned here: it would hand the second in line to the
    second caller, and if the first call were rolled back, the first in line would have been overtaken.
    """
    line = Line.objects.select_for_update(of=("self",)).filter(place=place, on=on).first()
    if line is not None:
        line.place = place
    return line


def call(ticket: Ticket, *, window: int, wait: Wait, by: Staff, at: datetime) -> None:
    """Call a ticket to a window; the wait is over and measured (R4.2-a)."""
    _move(
        ticket,
        TicketMove.CALL,
        by=by.actor,
        at=at,
        called_at=at,
        called_by=by,
        window=window,
        waited=wait.counted,
        is_wait_breached=wait.breach,
    )
    _settle_breach(ticket, ClockKind.WAIT, wait, since=ticket.taken_at, at=at)


def call_again(ticket: Ticket, *, by: Staff, at: datetime) -> None:
    """Repeat a call to which nobody has come; the ticket stays where it is. Raises TicketIsElsewhere."""
    at = max(_not_before_call(ticket, at), ticket.repeated_at or at)
    heard = Ticket.objects.filter(pk=ticket.pk, state=TicketState.CALLED, repeats=ticket.repeats)
    if not heard.update(repeats=ticket.repeats + 1, repeated_at=at):
        raise TicketIsElsewhere(ticket)
    ticket.repeats, ticket.repeated_at = ticket.repeats + 1, at
    _record(ticket, "called_again", by=by.actor, at=at, paragraph="8.1")


def serve(ticket: Ticket, *, by: Staff, at: datetime) -> None:
    """The person came to the window."""
    at = _not_before_call(ticket, at)
    _move(ticket, TicketMove.SERVE, by=by.actor, at=at, serving_at=at)


def end(ticket: Ticket, how: ServingEnd, *, serving: Wait, by: Staff, at: datetime) -> None:
    """The person has what he came for, or left; the serving is over and measured (R4.3-a)."""
    _move(
        ticket,
        TicketMove.END,
        by=by.actor,
        at=at,
        ended_at=at,
        end=how,
        served=serving.counted,
        is_serving_breached=serving.breach,
    )
    assert ticket.called_at is not None
    _settle_breach(ticket, ClockKind.SERVING, serving, since=ticket.called_at, at=at)


def mark_no_show(ticket: Ticket, *, by: Staff, at: datetime) -> None:
    """Nobody came: the ticket is over; who comes later takes a new one, at the end (R8.1-c)."""
    at = _not_before_call(ticket, at)
    _move(ticket, TicketMove.MARK_NO_SHOW, by=by.actor, at=at, ended_at=at)


def close(ticket: Ticket, *, wait: Wait, at: datetime) -> None:
    """Reception is over and the ticket was not called: its wait up to closing counts (A6, A32)."""
    _move(
        ticket,
        TicketMove.CLOSE,
        by=SYSTEM,
        at=at,
        ended_at=at,
        waited=wait.counted,
        is_wait_breached=wait.breach,
    )
    _settle_breach(ticket, ClockKind.WAIT, wait, since=ticket.taken_at, at=at)


def record_breach(ticket: Ticket, kind: ClockKind, measured: Wait) -> None:
    """Write down once that a wait or a serving passed its limit, at the moment at which it did (R4.2-a, R4.3-a)."""
    if measured.passed_at is not None:
        record_once(
            BREACHES[kind],
            subject=ticket.pk,
            office=ticket.line.place.office_id,
            by=SYSTEM,
            at=measured.passed_at,
            paragraph=measured.basis[0],
            line=str(ticket.line_id),
            ticket=ticket.number,
            limit=measured.limit,
        )


def record_print(ticket: Ticket, *, again: bool, by: Actor, at: datetime) -> None:
    """Write down that a ticket was printed, or printed again."""
    _record(ticket, "reprinted" if again else "printed", by=by, at=at, paragraph="")


def link(ticket: Ticket, application: Application) -> None:
    """Remember that a case was registered while its person was at the window."""
    TicketCase.objects.create(ticket=ticket, application=application)


def open_window(line: Line, number: int, *, by: Staff, at: datetime) -> Window:
    """Have a specialist sit down at a window of the line, which its caller has locked."""
    step = WINDOW.move(WindowMove.OPEN, None)
    window = Window.objects.create(line=line, number=number, specialist=by, state=step.target, opened_at=at)
    _record_window(window, WindowMove.OPEN, by=by.actor, at=at, paragraph=step.paragraph)
    return window


def pause_window(window: Window, *, by: Staff, at: datetime) -> None:
    """Call nobody to this window for a while."""
    if window.state == WindowState.OPEN:
        WindowPause.objects.create(window=window, paused_at=at)
    _move_window(window, WindowMove.PAUSE, by=by.actor, at=at)


def resume_window(window: Window, *, by: Staff, at: datetime) -> None:
    """Go on at this window."""
    _end_pause(window, at=at)
    _move_window(window, WindowMove.RESUME, by=by.actor, at=at)


def close_window(window: Window, *, by: Staff | None, at: datetime) -> None:
    """Close a window; the end of reception does so by nobody's hand."""
    _end_pause(window, at=at)
    _move_window(window, WindowMove.CLOSE, by=by.actor if by else SYSTEM, at=at, closed_at=at, closed_by=by)


def _not_before_call(ticket: Ticket, at: datetime) -> datetime:
    """Moments of one ticket follow each other, also when a machine's clock was put back."""
    return max(at, ticket.called_at or at)


def _end_pause(window: Window, *, at: datetime) -> None:
    WindowPause.objects.filter(window=window, ended_at=None).update(ended_at=at)


def _move_window(window: Window, by_move: WindowMove, *, by: Actor, at: datetime, **columns: Any) -> None:
    step = WINDOW.find(by_move, window.state)
    if not step or not _has_moved(window, step.source, step.target, columns):
        raise WindowIsElsewhere(window)
    _record_window(window, by_move, by=by, at=at, paragraph=step.paragraph)


def _record_window(window: Window, name: str, *, by: Actor, at: datetime, paragraph: str) -> None:
    record(
        f"window.{name}",
        subject=window.pk,
        office=window.line.place.office_id,
        by=by,
        at=at,
        paragraph=paragraph,
        line=str(window.line_id),
        window=window.number,
    )


def _move(ticket: Ticket, by_move: TicketMove, *, by: Actor, at: datetime, **columns: Any) -> None:
    step = TICKET.find(by_move, ticket.state)
    if not step or not _has_moved(ticket, step.source, step.target, columns):
        raise TicketIsElsewhere(ticket)
    _record(ticket, by_move, by=by, at=at, paragraph=step.paragraph)


def _has_moved(row: Ticket | Window, source: str | None, target: str, columns: dict[str, Any]) -> bool:
    """Change a row that still stands in the source state, and say whether it did."""
    if not type(row)._default_manager.filter(pk=row.pk, state=source).update(state=target, **columns):
        return False
    for name, value in {"state": target, **columns}.items():
        setattr(row, name, value)
    return True


def _record(ticket: Ticket, name: str, *, by: Actor, at: datetime, paragraph: str) -> None:
    record(
        f"ticket.{name}",
        subject=ticket.pk,
        office=ticket.line.place.office_id,
        by=by,
        at=at,
        paragraph=paragraph,
        line=str(ticket.line_id),
        ticket=ticket.number,
        window=ticket.window,
        end=ticket.end,
    )


def _settle_breach(ticket: Ticket, kind: ClockKind, measured: Wait, *, since: datetime, at: datetime) -> None:
    """See to it that the journal says of a clock that stops what was measured.

    A breach that stands is not added again. Where the calendar was corrected while it ran, a breach may stand that
    is none by what was measured: it stays, and another event says that it does not count.
    """
    record_breach(ticket, kind, measured)
    if measured.breach or at - since <= timedelta(minutes=measured.limit):
        return
    if Event.objects.filter(subject=ticket.pk, name=BREACHES[kind]).exists():
        record(
            f"ticket.{kind}_breach_lifted",
            subject=ticket.pk,
            office=ticket.line.place.office_id,
            by=SYSTEM,
            at=at,
            paragraph=measured.basis[0],
            line=str(ticket.line_id),
            ticket=ticket.number,
            limit=measured.limit,
        )
