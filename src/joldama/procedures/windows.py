"""The windows of a hall: open, pause, resume, close; whoever calls somebody sits at an open window (¶8 1)).

The row of the line is locked before a window changes, as before a call: nobody is called to a window that
is being closed, and two who sit down at once sit at two windows.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from joldama.people.models import Place, Staff
from joldama.procedures.reckoning import day_closes_at, doors_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.reception import operations as line
from joldama.reception.models import Line, Ticket, Window
from joldama.reception.rules import may_close_window, may_run_window, may_work_line
from joldama.standard.windows import WindowState


class WindowTaken(NotYet):
    """Somebody else sits at this window; `window` is his turn, which may be taken over."""

    def __init__(self, window: Window) -> None:
        since = window.opened_at.astimezone(window.line.place.zone).time()
        super().__init__(
            "error.window_taken", window=window.number, by=window.specialist.name.short, since=since
        )
        self.window = window


@transaction.atomic
def open_window(place: Place, *, number: int, by: Staff, at: datetime, over: UUID | None = None) -> Window:
    """Sit down at a window of the place; the window at which he sat before is closed.

    `over` names the turn of somebody else that this takes over. Opening one's own window again goes on at
    it. Raises NotYet when reception of the day is over, somebody is at one of the two windows, and
    WindowTaken when a colleague sits there.
    """
    if not may_work_line(by, place) or not 1 <= number <= place.windows:
        raise NotAllowed
    _refuse_when_day_is_over(place, at=at)
    locked = line.begin_line(place, on=_day(place, at))
    own = Window.objects.select_related("line__place").of(by)
    if own is None or not _is(own, locked, number):
        _refuse_with(Ticket.objects.held_by(by))
    return sit_down(locked, number, by=by, at=at, over=over)


@transaction.atomic
def pause_window(window: Window, *, by: Staff, at: datetime) -> None:
    """Call nobody to one's window for a while. Raises NotYet while somebody is at it."""
    if not may_run_window(by, window):
        raise NotAllowed
    _lock(window)
    _refuse_with(_at(window))
    line.pause_window(window, by=by, at=max(at, window.opened_at))


@transaction.atomic
def resume_window(window: Window, *, by: Staff, at: datetime) -> None:
    """Go on at one's window."""
    if not may_run_window(by, window):
        raise NotAllowed
    _lock(window)
    line.resume_window(window, by=by, at=_not_before_pause(window, at))


@transaction.atomic
def close_window(window: Window, *, by: Staff, at: datetime) -> None:
    """Close one's window; head and deputy any of their office. Raises NotYet while somebody is at it."""
    if not may_close_window(by, window):
        raise NotAllowed
    _lock(window)
    _refuse_with(_at(window))
    line.close_window(window, by=by, at=_not_before_pause(window, at))


def sit_down(locked: Line, number: int, *, by: Staff, at: datetime, over: UUID | None = None) -> Window:
    """Have a specialist at an open window of a locked line: opens it, goes on at it, or moves him there.

    Raises WindowTaken when a colleague sits there, unless `over` names just that turn; NotYet when somebody
    is at the window he takes over.
    """
    own = Window.objects.select_related("line__place").of(by)
    if own is not None and _is(own, locked, number):
        if own.state == WindowState.PAUSED:
            line.resume_window(own, by=by, at=_not_before_pause(own, at))
        return own
    sitting = Window.objects.select_related("line__place", "specialist").filter(line=locked, number=number)
    other = sitting.unclosed().first()
    if other is not None:
        if other.pk != over:
            raise WindowTaken(other)
        _refuse_with(_at(other))
        line.close_window(other, by=by, at=_not_before_pause(other, at))
    if own is not None:
        line.close_window(own, by=by, at=_not_before_pause(own, at))
    return line.open_window(locked, number, by=by, at=at)


def open_windows(place: Place, *, at: datetime) -> int:
    """Count the windows that can call somebody now: none in lunch and outside reception, whatever is open."""
    if not doors_of(place, at).is_open:
        return 0
    return Window.objects.open_at(place, on=_day(place, at)).count()


def close_windows(*, at: datetime) -> int:
    """Close the windows of every line whose day of reception is over; say how many.

    Looks at rows, so it may run late or twice. A window at which somebody still is stays open until he is
    served.
    """
    closed = 0
    lines = Line.objects.filter(windows__in=Window.objects.unclosed().unattended())
    for one in lines.distinct().select_related("place").order_by("on", "id"):
        closes = day_closes_at(one.place, one.on)
        if closes is None or closes <= at:
            closed += _close_all(one, at=at)
    return closed


@transaction.atomic
def _close_all(one: Line, *, at: datetime) -> int:
    locked = line.lock_line(one.place, on=one.on)
    windows = list(Window.objects.filter(line=locked).select_related("line__place").unclosed().unattended())
    for window in windows:
        line.close_window(window, by=None, at=_not_before_pause(window, at))
    return len(windows)


def _lock(window: Window) -> None:
    line.lock_line(window.line.place, on=window.line.on)
    window.refresh_from_db(fields=["state"])


def _is(window: Window, locked: Line, number: int) -> bool:
    return (window.line_id, window.number) == (locked.pk, number)


def _at(window: Window) -> Ticket | None:
    return Ticket.objects.filter(line=window.line_id, window=window.number).at_windows().first()


def _not_before_pause(window: Window, at: datetime) -> datetime:
    """Moments of one window follow each other, also when two machines' clocks differ a little."""
    latest = window.pauses.order_by("-paused_at").first()
    return max(at, window.opened_at, *((latest.paused_at,) if latest else ()))


def _refuse_with(ticket: Ticket | None) -> None:
    if ticket is not None:
        raise NotYet("error.window_has_person", ticket=ticket.name)


def _refuse_when_day_is_over(place: Place, *, at: datetime) -> None:
    closes = day_closes_at(place, _day(place, at))
    if closes is None or closes <= at:
        opens_at = doors_of(place, at).opens_at
        raise NotYet("error.window_day_over", opens_at=opens_at.astimezone(place.zone))


def _day(place: Place, at: datetime) -> date:
    return at.astimezone(place.zone).date()
