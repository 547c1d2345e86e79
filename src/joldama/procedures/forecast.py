"""How long one will wait at a place, told before one waits: a range in which 9 of 10 people are called.

Told of the line as it stands: who waits, who is at a window since when, and how long calls took here lately.
It binds nobody, changes no order, and is no term: the longest wait that is permitted stays that of ¶4 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

from govkz.queue import forecast as ahead
from govkz.workdays import Reception, reception_of
from joldama.people.models import Place
from joldama.procedures.reckoning import calendar, edition_at
from joldama.reception.models import OPEN, Line, Ticket, Window
from joldama.standard.figures import Figure
from joldama.standard.tickets import TicketState

DAYS = 5
"""Earlier days of a place whose calls are looked at."""

CALLS = 200
"""Latest calls that are looked at: those of about two days."""

PAUSE = timedelta(minutes=20)
"""A window that called nobody for longer, though somebody waited, was closed: that is no turn."""

STILL = timedelta(seconds=5)
"""The range is told anew as often: many who ask at once are answered with one reckoning."""


@dataclass(frozen=True)
class Range:
    """The wait from now until the call, in whole minutes, outward; `held` of `of` people are called in it.

    `shortest` and `longest` are reception minutes (A6), the others pass on the wall clock, lunch included;
    `earliest_at` and `latest_at` are the same in UTC. Where reception may close before the call, the range
    ends with the day. `calls` of this place are what it rests on.
    """

    shortest: int
    longest: int
    shortest_elapsed: int
    longest_elapsed: int
    earliest_at: datetime
    latest_at: datetime
    crosses_lunch: bool
    may_not_be_reached_today: bool
    limit: Figure
    calls: int
    held: int = ahead.HELD
    of: int = ahead.OF

    @property
    def may_exceed_limit(self) -> bool:
        """Whether it may take longer than ¶4 2) permits; such a wait is a breach, foreseen or not."""
        return self.longest > self.limit.amount


def forecast_of(place: Place, *, at: datetime) -> Range | None:
    """Tell the wait of somebody who takes a ticket now; None where reception or every window is closed."""
    if not _reception_of(place, at).is_open(at):
        return None
    rows = _today(place, at)
    return _told(place, rows, sum(row.state == TicketState.WAITING for row in rows), at=at)


def forecast_of_ticket(ticket: Ticket, *, at: datetime) -> Range | None:
    """Tell the rest of the wait of somebody who holds a ticket; None once it was called or closed."""
    place = ticket.line.place
    if ticket.line.on != at.astimezone(place.zone).date():
        return None
    rows = _today(place, at)
    waiting = [row.number for row in rows if row.state == TicketState.WAITING]
    return _told(place, rows, waiting.index(ticket.number), at=at) if ticket.number in waiting else None


@dataclass(frozen=True, slots=True)
class _Row:
    """What a range needs of a ticket."""

    number: int
    state: str
    taken_at: datetime
    called_at: datetime | None
    ended_at: datetime | None
    window: int | None


def _today(place: Place, at: datetime) -> list[_Row]:
    return _rows(Ticket.objects.at(place, on=at.astimezone(place.zone).date()).order_by("number"))


def _rows(tickets: Iterable[Ticket]) -> list[_Row]:
    columns = ("number", "state", "taken_at", "called_at", "ended_at", "window")
    return [_Row(*row) for row in tickets.values_list(*columns)]  # type: ignore[attr-defined]


def _told(place: Place, rows: list[_Row], before: int, *, at: datetime) -> Range | None:
    reception = _reception_of(place, at)
    spans = [span for span in reception.spans(reception.local_date(at)) if span.closes_at > at]
    past = _past(place, rows, reception, on=reception.local_date(at))
    spreads = ahead.forecast(_windows(place, rows, reception, at=_stilled(at)), before + 1, past)
    if not spans or len(spreads) <= before:
        return None
    closes_at = spans[-1].closes_at
    spread = spreads[before]
    left = reception.between(at, closes_at)
    shortest, longest = (min(timedelta(seconds=one), left) for one in (spread.shortest, spread.longest))
    earliest_at, latest_at = reception.add(at, shortest), reception.add(at, longest)
    return Range(
        shortest=shortest // _MINUTE,
        longest=_begun(longest),
        shortest_elapsed=(earliest_at - at) // _MINUTE,
        longest_elapsed=_begun(latest_at - at),
        earliest_at=earliest_at,
        latest_at=latest_at,
        crosses_lunch=latest_at - at > longest,
        may_not_be_reached_today=timedelta(seconds=spread.longest) >= left,
        limit=edition_at(place, at).figures.wait,
        calls=len(past.calls),
    )


def _windows(
    place: Place, rows: list[_Row], reception: Reception, *, at: datetime
) -> tuple[float | None, ...]:
    """Give since how many seconds each open window serves somebody; None for a free one.

    Where one is paused or closed with somebody still at it, nobody is called there next.
    """
    open_ = Window.objects.open_at(place, on=reception.local_date(at)).values_list("number", flat=True)
    began = {row.window: row.called_at for row in rows if row.called_at and row.state in OPEN}
    return tuple(
        _seconds(reception, began[number], max(at, began[number])) if number in began else None
        for number in open_
    )


def _past(place: Place, rows: list[_Row], reception: Reception, *, on: date) -> ahead.Past:
    before = _before(place.pk, on, reception)
    today = _seen(rows, reception)
    return ahead.Past(
        calls=(*before.calls, *today.calls)[-CALLS:], turns=(*before.turns, *today.turns)[-CALLS:]
    )


@lru_cache(maxsize=256)
def _before(place: UUID, on: date, reception: Reception) -> ahead.Past:
    """Give what earlier days saw; those are over, so each process asks once a day."""
    lines = Line.objects.filter(place=place, on__lt=on).order_by("-on").values_list("id", flat=True)[:DAYS]
    seen = [
        _seen(_rows(Ticket.objects.filter(line=line).order_by("number")), reception)
        for line in reversed(lines)
    ]
    return ahead.Past(
        calls=tuple(call for one in seen for call in one.calls)[-CALLS:],
        turns=tuple(turn for one in seen for turn in one.turns)[-CALLS:],
    )


def _seen(rows: list[_Row], reception: Reception) -> ahead.Past:
    """Give how long the calls of a day took, and how long windows then took to call again."""
    over = [row for row in rows if row.called_at and row.ended_at]
    at_window = sorted(over, key=lambda row: (row.window or 0, row.number))
    turns = [
        _seconds(reception, one.ended_at, following.called_at)
        for one, following in pairwise(at_window)
        if one.window == following.window
        and one.ended_at
        and following.called_at
        and following.taken_at <= one.ended_at <= following.called_at
    ]
    return ahead.Past(
        calls=tuple(_seconds(reception, row.called_at, row.ended_at) for row in over),
        turns=tuple(turn for turn in turns if turn <= PAUSE.total_seconds()),
    )


def _seconds(reception: Reception, start: datetime | None, end: datetime | None) -> float:
    assert start is not None
    assert end is not None
    return reception.between(start, end).total_seconds()


def _reception_of(place: Place, at: datetime) -> Reception:
    return reception_of(calendar(), edition_at(place, at).figures.hours, place.zone)


def _stilled(at: datetime) -> datetime:
    return at - timedelta(seconds=at.timestamp() % STILL.total_seconds())


def _begun(of: timedelta) -> int:
    return -(-of // _MINUTE)


_MINUTE = timedelta(minutes=1)
