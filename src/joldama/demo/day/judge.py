"""What a virtual day proves: order, nobody lost or doubled, clocks reckoned a second time, breaches recorded."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median

from joldama.demo.day.play import Played
from joldama.journal.models import Event
from joldama.procedures.forecast import Range
from joldama.reception.models import Ticket
from joldama.standard.tickets import ServingEnd, TicketState

A_MINUTE = timedelta(minutes=1)
LIMIT = timedelta(minutes=30)
OPEN = ((time(9), time(13)), (time(14, 30), time(17, 30)))
"""The hours of ¶8 1) once more, and the minutes of ¶4: whoever judges does not ask those whom he judges."""


@dataclass(frozen=True)
class Judgement:
    """The figures of a day, and what is wrong with it: empty on a day that holds."""

    faults: tuple[str, ...]
    tickets: int
    called: int
    no_shows: int
    closed: int
    turned_away: int
    cases: int
    wait_median: timedelta
    wait_longest: timedelta
    waits_breached: int
    servings_breached: int
    told: int
    held: int
    waiting: int
    held_of_waiting: int


def judge(seen: Played) -> Judgement:
    """Hold the rows and the journal of a day to what was seen on it."""
    tickets = list(Ticket.objects.at(seen.place, on=seen.on).select_related("line__place").order_by("number"))
    waits = [ticket.waited for ticket in tickets if ticket.waited is not None]
    called = [ticket for ticket in tickets if ticket.called_at]
    held = [_is_held(seen.told[ticket.pk], ticket) for ticket in tickets if ticket.pk in seen.told]
    waiting = [
        _is_held(seen.told[ticket.pk], ticket)
        for ticket in tickets
        if ticket.pk in seen.told and ticket.waited and ticket.waited > A_MINUTE
    ]
    return Judgement(
        faults=(*_order(seen, tickets), *_ends(tickets), *_clocks(tickets), *_breaches(tickets)),
        tickets=len(tickets),
        called=len(called),
        no_shows=sum(ticket.state == TicketState.NO_SHOW for ticket in tickets),
        closed=sum(ticket.state == TicketState.CANCELLED_AT_CLOSING for ticket in tickets),
        turned_away=seen.turned_away,
        cases=len(seen.cases),
        wait_median=timedelta(seconds=median(wait.total_seconds() for wait in waits))
        if waits
        else timedelta(),
        wait_longest=max(waits, default=timedelta()),
        waits_breached=sum(bool(ticket.is_wait_breached) for ticket in tickets),
        servings_breached=sum(bool(ticket.is_serving_breached) for ticket in tickets),
        told=len(held),
        held=sum(held),
        waiting=len(waiting),
        held_of_waiting=sum(waiting),
    )


def _is_held(told: Range, ticket: Ticket) -> bool:
    if ticket.waited is None:
        return False
    return told.shortest * A_MINUTE <= ticket.waited <= told.longest * A_MINUTE


def _order(seen: Played, tickets: list[Ticket]) -> list[str]:
    """Compare numbers, the order in which people came and the order in which windows called."""
    faults = []
    if [ticket.number for ticket in tickets] != list(range(1, len(tickets) + 1)):
        faults.append("a number is missing or doubled")
    if [ticket.pk for ticket in tickets] != seen.taken:
        faults.append("tickets are not numbered as people came")
    called = [ticket for ticket in tickets if ticket.called_at]
    if [ticket.pk for ticket in called] != seen.called:
        faults.append("people were not called as they took their tickets")
    if sorted(called, key=lambda one: (one.called_at, one.number)) != called:
        faults.append("moments of calls are not in the order of tickets")
    return faults


def _ends(tickets: list[Ticket]) -> list[str]:
    """Hold that each ticket has one end, and that each way of serving was ended."""
    over = (TicketState.SERVED, TicketState.NO_SHOW, TicketState.CANCELLED_AT_CLOSING)
    faults = [f"{ticket.name} has no end: {ticket.state}" for ticket in tickets if ticket.state not in over]
    ended = [ServingEnd(ticket.end) for ticket in tickets if ticket.end]
    if len(ended) != sum(ticket.state == TicketState.SERVED for ticket in tickets):
        faults.append("a serving has no way in which it ended")
    return faults


def _clocks(tickets: list[Ticket]) -> list[str]:
    """Reckon waits and servings once more, by the wall clock of the place alone."""
    faults = []
    for ticket in tickets:
        until = ticket.called_at or ticket.ended_at
        if ticket.waited is not None and ticket.waited != _passed(ticket, ticket.taken_at, until):
            faults.append(f"{ticket.name} waited otherwise than {ticket.waited}")
        if ticket.served is not None and ticket.served != _passed(ticket, ticket.called_at, ticket.ended_at):
            faults.append(f"{ticket.name} was served otherwise than {ticket.served}")
        if ticket.waited is not None and ticket.is_wait_breached != (ticket.waited > LIMIT):
            faults.append(f"{ticket.name}: the wait is judged wrongly")
        if ticket.served is not None and ticket.is_serving_breached != (ticket.served > LIMIT):
            faults.append(f"{ticket.name}: the serving is judged wrongly")
    return faults


def _passed(ticket: Ticket, start: datetime | None, end: datetime | None) -> timedelta:
    assert start is not None
    assert end is not None
    zone, on = ticket.line.place.zone, ticket.line.on
    begun, over = start.astimezone(zone), end.astimezone(zone)
    passed = timedelta()
    for opens, closes in OPEN:
        first, last = datetime.combine(on, opens, zone), datetime.combine(on, closes, zone)
        passed += max(timedelta(), min(over, last) - max(begun, first))
    return passed


def _breaches(tickets: list[Ticket]) -> list[str]:
    """Hold that the journal names each breach once and no other."""
    names = ("ticket.wait_breached", "ticket.serving_breached")
    told = Event.objects.filter(subject__in=[ticket.pk for ticket in tickets], name__in=names)
    found = Counter(told.values_list("subject", "name"))
    expected = Counter(
        (ticket.pk, name)
        for ticket in tickets
        for name, is_breached in zip(
            names, (ticket.is_wait_breached, ticket.is_serving_breached), strict=True
        )
        if is_breached
    )
    return [] if found == expected else ["the journal does not name the breaches"]
