"""The window of the official who works: open, paused or closed, since when, and which windows are free."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from joldama.desk.forms_of_line import CallForm
from joldama.desk.showing import Desk
from joldama.procedures.reckoning import doors_of
from joldama.reception.models import Window
from joldama.standard.windows import WindowState


@dataclass(frozen=True)
class WindowCard:
    """One's own window today: `window` is missing where none is open, `lost` is the one another closed."""

    window: Window | None
    lost: Window | None
    lost_at: time | None
    since: time | None
    opens: time | None

    @property
    def is_paused(self) -> bool:
        """Whether nobody is called to it for a while."""
        return self.window is not None and self.window.state == WindowState.PAUSED


def window_card(desk: Desk) -> dict[str, Any]:
    """Give the card of the official's window and the form that calls from one; two parts of a page's context."""
    today = _today(desk)
    mine = [window for window in today if window.specialist_id == desk.staff.pk]
    own = next((window for window in mine if window.state != WindowState.CLOSED), None)
    others = {w.number: w.specialist for w in today if w.state != WindowState.CLOSED and w != own}
    doors = doors_of(desk.place, desk.at)
    lost = _lost(mine, desk) if own is None else None
    card = WindowCard(
        window=own,
        lost=lost,
        lost_at=_wall(lost.closed_at, desk) if lost and lost.closed_at else None,
        since=_wall(own.paused_at or own.opened_at, desk) if own else None,
        opens=None if doors.is_open else _wall(doors.opens_at, desk),
    )
    return {"card": card, "call": CallForm.at(desk, own=own, others=others)}


def _today(desk: Desk) -> list[Any]:  # of Window, with paused_at
    found = Window.objects.at(desk.place, on=desk.today).select_related("specialist", "closed_by")
    return list(found.with_pause().order_by("opened_at", "id"))


def _lost(mine: list[Window], desk: Desk) -> Window | None:
    """The latest window of today, if another official closed it."""
    latest = mine[-1] if mine else None
    is_by_another = latest is not None and latest.closed_by_id not in (None, desk.staff.pk)
    return latest if is_by_another else None


def _wall(at: datetime, desk: Desk) -> time:
    return at.astimezone(desk.zone).time()
