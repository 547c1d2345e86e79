"""What a ticket says on the phone of whoever holds it: its state, until when, what one can do; no person (¶4 2))."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from govkz.workdays import reception_of
from joldama.procedures.forecast import Range, forecast_of_ticket
from joldama.procedures.reckoning import calendar, day_closes_at, doors_of, edition_at
from joldama.procedures.ticket_papers import ahead_of, wait_until
from joldama.reception.models import Ticket
from joldama.standard.moments import Told
from joldama.standard.terms import ClosedReason
from joldama.standard.tickets import STONES, ServingEnd, TicketState

LEFT_BEHIND = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVING})
"""States that mean nothing any more once the day of the ticket is over."""


@dataclass(frozen=True)
class Turn:
    """A ticket at a moment, as its holder reads it.

    `values` are those of the sentence of its state; `past_stone` is the warning that was passed (R4.2-b),
    `is_breached` once ¶4 2) was: `waited` are reception minutes (A6). `wait` is the range of what is left.
    """

    ticket: Ticket
    state: TicketState
    local_now: datetime
    is_past: bool
    values: dict[str, Any]
    ahead: int | None = None
    wait_until: time | Told | None = None
    wait: Range | None = None
    waited: int = 0
    past_stone: int = 0
    is_breached: bool = False
    is_lunch: bool = False

    @property
    def sentence_key(self) -> str:
        """The sentence of the state; others for a state that a past day left behind, and for who left with nothing."""
        if self.is_past and self.state in LEFT_BEHIND:
            return "hall.ticket.past"
        return "hall.ticket.left" if self.has_left else f"{self.state.text_key}.text"

    @property
    def is_waiting(self) -> bool:
        """Whether it may still be called today."""
        return self.state == TicketState.WAITING and not self.is_past

    @property
    def is_called(self) -> bool:
        """Whether its holder should go to the window now."""
        return self.state == TicketState.CALLED and not self.is_past

    @property
    def is_over(self) -> bool:
        """Whether nothing happens with it any more."""
        return self.is_past or self.state not in LEFT_BEHIND

    @property
    def needs_another(self) -> bool:
        """Whether who still wants to be served takes another ticket."""
        return self.is_over and (self.state != TicketState.SERVED or self.has_left)

    @property
    def has_left(self) -> bool:
        """Whether its holder went before he was given anything."""
        return self.ticket.end == ServingEnd.LEFT

    @property
    def mark(self) -> str:
        """What tells this call from every other."""
        return f"{self.ticket.pk}-{self.ticket.repeats}"

    @property
    def called_at(self) -> datetime | None:
        """When it was called, the last time."""
        return self.ticket.repeated_at or self.ticket.called_at


def turn_of(ticket: Ticket, *, at: datetime) -> Turn:
    """Tell how a ticket stands, whose place is loaded."""
    local = at.astimezone(ticket.line.place.zone)
    turn = Turn(
        ticket=ticket,
        state=TicketState(ticket.state),
        local_now=local,
        is_past=ticket.line.on < local.date(),
        values=_values(ticket, local),
    )
    return _waiting(turn, at=at) if turn.is_waiting else turn


def _waiting(turn: Turn, *, at: datetime) -> Turn:
    ticket, place = turn.ticket, turn.ticket.line.place
    figures = edition_at(place, ticket.taken_at).figures
    waited = reception_of(calendar(), figures.hours, place.zone).between(
        ticket.taken_at, max(at, ticket.taken_at)
    )
    ahead, until = ahead_of(ticket), _told(wait_until(ticket), turn.local_now)
    return replace(
        turn,
        values={**turn.values, "ahead": ahead, "wait_until_at": until},
        ahead=ahead,
        wait_until=until,
        wait=forecast_of_ticket(ticket, at=at),
        waited=waited // _MINUTE,
        past_stone=max((stone for stone in STONES if waited >= stone * _MINUTE), default=0),
        is_breached=waited > figures.wait.length,
        is_lunch=doors_of(place, at).reason is ClosedReason.LUNCH,
    )


def _values(ticket: Ticket, local: datetime) -> dict[str, Any]:
    """Give what the sentences of all states name; a moment of another day comes with its day."""
    place, on = ticket.line.place, ticket.line.on
    closes = day_closes_at(place, on)
    known = {
        "called_at": ticket.called_at,
        "finished_at": ticket.ended_at,
        "serving_until_at": ticket.called_at and _serving_until(ticket),
        "close": closes,
        "opens_at": doors_of(place, local).opens_at,
    }
    told = {name: _told(at.astimezone(place.zone), local) for name, at in known.items() if at is not None}
    return {"ticket": ticket.name, "window": ticket.window, "on": Told(on, local.date()), **told}


def _serving_until(ticket: Ticket) -> datetime:
    assert ticket.called_at is not None
    place = ticket.line.place
    figures = edition_at(place, ticket.called_at).figures
    return reception_of(calendar(), figures.hours, place.zone).add(ticket.called_at, figures.serving.length)


def _told(at: datetime, local: datetime) -> time | Told:
    return at.time() if at.date() == local.date() else Told(at, local.date())


_MINUTE = timedelta(minutes=1)
