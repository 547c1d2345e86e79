"""The waiting line: take a ticket, call the next one, serve, end, close; first come, first served (¶8 1)).

Nothing here books a time, changes the order or passes somebody over (R8.1-c, R8.1-d).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from joldama.cases.models import Application
from joldama.people.models import Place, Staff
from joldama.procedures.reckoning import calendar, day_closes_at, edition_at, opens_at
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.windows import sit_down
from joldama.reception import operations as line
from joldama.reception.models import Kiosk, Line, Ticket
from joldama.reception.rules import may_work_line
from joldama.standard import terms
from joldama.standard.tickets import MOST_REPEATS, ServingEnd, TicketState
from joldama.standard.workflows import ReferralState


@transaction.atomic
def take_ticket(place: Place, *, key: UUID, by: Staff, at: datetime) -> Ticket:
    """Give the next ticket of the day; the same key gives one. Raises NotYet out of reception hours."""
    if not may_work_line(by, place):
        raise NotAllowed
    ticket = _take(place, key=key, by=by, at=at)
    _check_right(ticket, by)
    return ticket


@transaction.atomic
def take_ticket_at_kiosk(kiosk: Kiosk, *, key: UUID, at: datetime) -> Ticket:
    """Give the next ticket of the day at a kiosk, to a person nobody knows; the same key gives one.

    Raises NotYet out of reception hours and at a kiosk that was ended.
    """
    if kiosk.ended_at is not None:
        raise NotYet("error.kiosk_ended", name=kiosk.name)
    try:
        ticket = _take(kiosk.place, key=key, by=kiosk, at=at)
    except IntegrityError as error:  # it was ended in this moment: the database looks again
        if "this kiosk gives no tickets here" not in str(error):
            raise
        raise NotYet("error.kiosk_ended", name=kiosk.name) from error
    if ticket.kiosk_id != kiosk.pk:
        raise NotAllowed
    return ticket


@transaction.atomic
def call_next(place: Place, *, window: int, by: Staff, at: datetime) -> Ticket:
    """Call the one who has waited longest to a window.

    The row of the line is locked first, so that two who call at once get different people and a call that
    is rolled back overtakes nobody. Who has called somebody already gets the same ticket again. The window
    is opened, or goes on, with the call. Raises NotYet when reception is closed, nobody waits, his window is
    not free or a colleague sits at it.
    """
    if not may_work_line(by, place) or not 1 <= window <= place.windows:
        raise NotAllowed
    locked = line.lock_line(place, on=_day(place, at))
    held = _held_by(by)
    if held is not None and held.state == TicketState.CALLED:
        return held
    _refuse_when_closed("error.no_calls_now", place, at=at)
    _refuse_when_busy(held or _at_window(locked, window))
    following = _first_waiting(locked)
    if locked is None or following is None:
        raise NotYet("error.queue_empty")
    sit_down(locked, window, by=by, at=at)
    # While this call waited for the row, a ticket may have been taken and others called: nobody is called
    # before he came, nor before those before him.
    called_at = max(at, following.taken_at, following.called_before or at)
    line.call(following, window=window, wait=wait_of(following, called_at), by=by, at=called_at)
    return following


@transaction.atomic
def take_and_call(place: Place, *, key: UUID, window: int, by: Staff, at: datetime) -> Ticket:
    """Give a ticket to somebody who stands at the window without one, and call the first of the line.

    Where nobody can be called no ticket is given either: it would wait for somebody who was told no.
    """
    take_ticket(place, key=key, by=by, at=at)
    return call_next(place, window=window, by=by, at=at)


@transaction.atomic
def call_again(ticket: Ticket, *, after: int, by: Staff, at: datetime) -> None:
    """Repeat a call in the hall; the clocks run on from the first one (A8), the order stays.

    `after` is how often it was repeated when the button was shown, so that a second click repeats nothing.
    Raises NotYet after as many as there may be.
    """
    _check_right(ticket, by)
    _refuse_out_of_turn(ticket)
    if ticket.repeats != after:
        return
    if ticket.state == TicketState.CALLED and ticket.repeats >= MOST_REPEATS:
        raise NotYet("error.called_enough", ticket=ticket.name, count=MOST_REPEATS)
    line.call_again(ticket, by=by, at=at)


@transaction.atomic
def begin_serving(ticket: Ticket, *, by: Staff, at: datetime) -> None:
    """The person who was called has come to the window. Raises NotYet for one who was not called."""
    _check_right(ticket, by)
    _refuse_out_of_turn(ticket)
    line.serve(ticket, by=by, at=at)


@transaction.atomic
def end_serving(ticket: Ticket, how: ServingEnd, *, by: Staff, at: datetime) -> None:
    """Result, refusal or answer was given, or the person left: the clock of ¶4 3) stops (R4.3-a)."""
    _check_right(ticket, by)
    _refuse_out_of_turn(ticket)
    _end(ticket, how, by=by, at=at)


@transaction.atomic
def mark_no_show(ticket: Ticket, *, by: Staff, at: datetime) -> None:
    """Nobody came when called: who comes later takes a new ticket, at the end of the line."""
    _check_right(ticket, by)
    _refuse_out_of_turn(ticket)
    line.mark_no_show(ticket, by=by, at=at)


def case_registered(application: Application, *, by: Staff, at: datetime) -> None:
    """Link a case registered at the counter to the person its specialist has at his window, if any.

    Raises NotYet for a second person at one ticket while others wait: he would be served out of turn (R8.1-c).
    """
    ticket = _held_by(by)
    if ticket is None or ticket.line.place_id != application.place_id:
        return
    before = Application.objects.filter(tickets=ticket, withdrawn_at=None)
    is_somebody_else = before.exclude(person=application.person_id).exists()
    if (
        is_somebody_else
        and Ticket.objects.at(ticket.line.place, on=_day(ticket.line.place, at)).waiting().exists()
    ):
        raise NotYet("error.another_person", ticket=ticket.name)
    if ticket.state == TicketState.CALLED:
        line.serve(ticket, by=by, at=at)
    line.link(ticket, application)


def result_given(application: Application, *, by: Staff, at: datetime) -> None:
    """End the serving with a referral that was handed over, once nothing else is due to this person."""
    ticket = _held_by(by)
    if ticket is None or ticket.state != TicketState.SERVING:
        return
    cases = Application.objects.filter(tickets=ticket)
    in_hand_not_yet = cases.filter(decision__referral__state=ReferralState.ISSUED)
    if cases.contains(application) and not cases.open().exists() and not in_hand_not_yet.exists():
        _end(ticket, ServingEnd.RESULT, by=by, at=at)


def answer_given(place: Place, *, by: Staff, at: datetime) -> None:
    """End the serving of the person at the window with an answer, where no case of his is in hand."""
    ticket = _held_by(by)
    if ticket is None or ticket.line.place_id != place.pk:
        return
    if Application.objects.filter(tickets=ticket).open().exists():
        return
    if ticket.state == TicketState.CALLED:
        line.serve(ticket, by=by, at=at)
    _end(ticket, ServingEnd.ANSWER, by=by, at=at)


def refuse_to_pass_over(place: Place, *, by: Staff, at: datetime) -> None:
    """Raise NotYet where others wait and this specialist has called nobody today: no one is served out of turn.

    Where nobody waits, whoever stands at the window is the first (R8.1-c).
    """
    held, today = _held_by(by), _day(place, at)
    if held is not None and (held.line.place_id, held.line.on) == (place.pk, today):
        return
    if Ticket.objects.at(place, on=today).waiting().exists():
        raise NotYet("error.call_first")


def close_lines(*, at: datetime) -> int:
    """Close the tickets of every line whose day of reception is over; say how many (A6, A32).

    Looks at rows, so it may run late or twice: the wait that counts ends at the closing of the day.
    """
    closed = 0
    waiting = Line.objects.filter(tickets__state=TicketState.WAITING).distinct().select_related("place")
    for one in waiting.order_by("on", "id"):
        closes = day_closes_at(one.place, one.on)
        if closes is None or closes <= at:
            closed += _close(one, until=closes or at, at=at)
    return closed


def wait_of(ticket: Ticket, until: datetime) -> terms.Wait:
    """Measure the wait of a ticket up to a moment that is not before it was taken (A6)."""
    place = ticket.line.place
    figures = edition_at(place, ticket.taken_at).figures
    return terms.wait(
        ticket.taken_at, until, zone=place.zone, calendar=calendar(), figures=figures, explain=False
    )


def serving_of(ticket: Ticket, until: datetime) -> terms.Wait:
    """Measure the serving of a ticket that was called, up to a moment that is not before its call (A8)."""
    assert ticket.called_at is not None
    place = ticket.line.place
    figures = edition_at(place, ticket.called_at).figures
    return terms.serving(
        ticket.called_at, until, zone=place.zone, calendar=calendar(), figures=figures, explain=False
    )


def _take(place: Place, *, key: UUID, by: Staff | Kiosk, at: datetime) -> Ticket:
    locked = line.lock_line(place, on=_day(place, at))
    known = line.given_before(key)
    if known is not None:
        return known
    _refuse_when_closed("error.no_tickets_now", place, at=at)
    if locked is None:
        locked = line.begin_line(place, on=_day(place, at))
        known = line.given_before(key)
    return known or line.give(locked, key=key, by=by, at=at)


@transaction.atomic
def _close(one: Line, *, until: datetime, at: datetime) -> int:
    locked = line.lock_line(one.place, on=one.on)
    tickets = list(Ticket.objects.filter(line=locked).select_related("line__place").waiting())
    for ticket in tickets:
        line.close(ticket, wait=wait_of(ticket, max(until, ticket.taken_at)), at=max(at, ticket.taken_at))
    return len(tickets)


def _end(ticket: Ticket, how: ServingEnd, *, by: Staff, at: datetime) -> None:
    assert ticket.called_at is not None
    at = max(at, ticket.serving_at or ticket.called_at)  # a clock may have been put back since
    line.end(ticket, how, serving=serving_of(ticket, at), by=by, at=at)


def _held_by(staff: Staff) -> Ticket | None:
    return Ticket.objects.select_related("line__place").held_by(staff)


def _first_waiting(locked: Line | None) -> Any:  # a Ticket with `called_before`, or None
    return (
        Ticket.objects.filter(line=locked)
        .select_related("line__place")
        .waiting()
        .after_the_one_before()
        .first()
        if locked
        else None
    )


def _at_window(locked: Line | None, window: int) -> Ticket | None:
    return Ticket.objects.filter(line=locked, window=window).at_windows().first() if locked else None


def _refuse_when_busy(busy: Ticket | None) -> None:
    if busy is not None:
        raise NotYet("error.window_busy", ticket=busy.name)


def _refuse_when_closed(key: str, place: Place, *, at: datetime) -> None:
    opens = opens_at(place, at)
    if opens is not None:
        raise NotYet(key, opens_at=opens.astimezone(place.zone))


def _refuse_out_of_turn(ticket: Ticket) -> None:
    if ticket.state == TicketState.WAITING:
        raise NotYet("error.out_of_turn")


def _check_right(ticket: Ticket, by: Staff) -> None:
    if not may_work_line(by, ticket.line.place):
        raise NotAllowed


def _day(place: Place, at: datetime) -> date:
    return at.astimezone(place.zone).date()
