"""Clocks that run at the counter, as rows: how long already, what is left of ¶4, and who is at risk (R4.2-b)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from govkz.workdays import reception_of
from joldama.cases.models import Application
from joldama.desk.clocks import STONES, minutes_and_seconds
from joldama.people.models import Place
from joldama.procedures.reckoning import calendar, edition_at, edition_of
from joldama.reception.models import Ticket
from joldama.standard import words
from joldama.standard.clocks import ClockKind
from joldama.standard.tickets import TicketState
from joldama.ui.templatetags.words import language

_MARKS = {"warn": "warn", "late": "warn", "breach": "stop", "calm": "ring"}


@dataclass(frozen=True)
class Row:
    """A ticket or a case whose clock runs; `rest` is what is left of its limit, negative once it is over."""

    kind: ClockKind
    paragraph: str
    of: Ticket | Application
    place: Place
    began: datetime
    passed: timedelta
    rest: timedelta
    left: str
    state: str
    warning: str

    @property
    def ticket(self) -> Ticket:
        """The ticket of a wait or a serving."""
        assert isinstance(self.of, Ticket)
        return self.of

    @property
    def word(self) -> TicketState:
        """The state of the ticket, which has a text."""
        return TicketState(self.ticket.state)

    @property
    def address(self) -> str:
        """The page of the ticket or the case."""
        page = "desk:case" if isinstance(self.of, Application) else "desk:ticket"
        return reverse(page, args=[self.of.pk])

    @property
    def shown(self) -> str:
        """What has passed, as mm:ss."""
        return minutes_and_seconds(self.passed)

    @property
    def is_at_risk(self) -> bool:
        """Whether the first stone is behind it."""
        return self.state != "calm"

    @property
    def mark(self) -> str:
        """The mark beside the warning."""
        return _MARKS[self.state]

    @property
    def tag(self) -> str:
        """The kind of its tag."""
        return "bad" if self.state == "breach" else "warn"


def waiting_row(ticket: Ticket, *, at: datetime) -> Row:
    """Tell how long a ticket has waited and how much of ¶4 2) is left."""
    return _of_ticket(ClockKind.WAIT, ticket, ticket.taken_at, at=at)


def serving_row(ticket: Ticket, *, at: datetime) -> Row:
    """Tell how long somebody has been at a window and how much of ¶4 3) is left."""
    assert ticket.called_at is not None
    return _of_ticket(ClockKind.SERVING, ticket, ticket.called_at, at=at)


def result_row(case: Application, *, at: datetime) -> Row:
    """Tell how long the result of a package has taken and how much of ¶4 1) is left.

    Where the calendar was corrected, the due moment that was told stands (R4.1-a).
    """
    assert case.registered_at is not None
    figures = edition_of(case).figures
    reception = reception_of(calendar(), figures.hours, case.place.zone)
    passed = reception.between(case.registered_at, max(at, case.registered_at))
    if at > case.due_at:
        over = reception.between(case.due_at, at)
        return _row(ClockKind.RESULT, case, case.place, case.registered_at, passed, -over, is_over=True)
    rest = reception.between(max(at, case.registered_at), case.due_at)
    return _row(ClockKind.RESULT, case, case.place, case.registered_at, passed, rest, is_over=False)


def _of_ticket(kind: ClockKind, ticket: Ticket, began: datetime, *, at: datetime) -> Row:
    place = ticket.line.place
    figures = edition_at(place, began).figures
    passed = reception_of(calendar(), figures.hours, place.zone).between(began, max(at, began))
    rest = kind.limit(figures).length - passed
    return _row(kind, ticket, place, began, passed, rest, is_over=rest < timedelta(0))


def _row(
    kind: ClockKind,
    of: Ticket | Application,
    place: Place,
    began: datetime,
    passed: timedelta,
    rest: timedelta,
    *,
    is_over: bool,
) -> Row:
    state = _state(passed, is_over=is_over)
    return Row(
        kind=kind,
        paragraph=kind.limit(edition_at(place, began).figures).paragraph or "",
        of=of,
        place=place,
        began=began.astimezone(place.zone),
        passed=passed,
        rest=rest,
        left=_left(rest, is_over=is_over),
        state=state,
        warning=_warning(state),
    )


def _state(passed: timedelta, *, is_over: bool) -> str:
    if is_over:
        return "breach"
    reached = [state for minute, state in STONES.items() if passed >= timedelta(minutes=minute)]
    return reached[-1] if reached else "calm"


def _left(rest: timedelta, *, is_over: bool) -> str:
    if is_over:
        return words.say("desk.left.over", language(), over=-rest)
    return words.say("desk.left", language(), left=rest)


def _warning(state: str) -> str:
    if state == "breach":
        return words.say("line.over_limit", language())
    stones = [minute for minute, known in STONES.items() if known == state]
    return words.say("line.past", language(), stone=stones[0]) if stones else ""
