"""The clocks of ¶4 in reception minutes, with stones at 20, 25 and 30 (A2, A3, A8): wait, serving and result.

The result clock runs from registration (¶4 1)), the wait ends with the call (¶4 2)), with which the serving clock
begins (¶4 3)). On the portal the term is a business day (R4.1-b): no clock, only what is left.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from govkz.workdays import reception_of
from joldama.cases.models import Application
from joldama.people.models import Place
from joldama.procedures.reckoning import calendar, doors_of, edition_at, edition_of
from joldama.reception.models import Ticket
from joldama.standard import tickets, words
from joldama.standard.channels import Channel
from joldama.standard.moments import Told
from joldama.standard.terms import ClosedReason
from joldama.standard.workflows import ApplicationState
from joldama.ui.templatetags.words import language

STONES = dict(zip(tickets.STONES, ("warn", "late"), strict=True))
"""From which minute on the clock warns, and how."""

_MARKS = {
    "idle": "ring",
    "calm": "ring",
    "warn": "warn",
    "late": "warn",
    "breach": "stop",
    "paused": "pause",
    "done": "tick",
}


@dataclass(frozen=True)
class Sentence:
    """What the clock says from a second of its run on."""

    second: int
    state: str
    text: str

    @property
    def mark(self) -> str:
        """The mark beside the words."""
        return _MARKS[self.state]


@dataclass(frozen=True)
class Clock:
    """A clock as it stands: seconds elapsed, whether it runs on, what it says now and later."""

    elapsed: timedelta
    limit: int
    said: Sentence
    ahead: tuple[Sentence, ...]
    stops_in: int | None
    name_key: str = "label.clock_result"
    of_key: str = "desk.clock.of"
    paragraph: str = "4.1"

    @property
    def shown(self) -> str:
        """The elapsed time as mm:ss; a dash before it begins."""
        return "–" if self.said.state == "idle" else minutes_and_seconds(self.elapsed)

    @property
    def seconds(self) -> int:
        """Whole seconds elapsed."""
        return int(self.elapsed.total_seconds())

    @property
    def filled(self) -> str:
        """Minutes for the meter, up to its end."""
        return f"{min(self.elapsed.total_seconds() / 60, self.limit):.1f}"


def result_clock(application: Application, *, at: datetime) -> Clock | None:
    """Give the clock of a package registered at the counter; None on the portal and before registration."""
    if application.channel != Channel.PROVIDER or application.registered_at is None:
        return None
    place = application.place
    figures = edition_of(application).figures
    reception = reception_of(calendar(), figures.hours, place.zone)
    limit = figures.counter_result.amount
    elapsed = reception.between(application.registered_at, application.finished_at or at)
    if (application.finished_at or at) <= application.due_at:
        # Where the calendar was corrected, what was told stands (R4.1-a).
        elapsed = min(elapsed, _length(limit))
    if application.finished_at:
        return Clock(elapsed, limit, _finished(application, elapsed, limit), (), None)
    return _running(place, application.due_at, elapsed, limit, at=at)


def serving_clock(place: Place, called_at: datetime, *, at: datetime) -> Clock:
    """Give the clock of a serving that goes on at a place; it began with the call (A8)."""
    figures = edition_at(place, called_at).figures
    reception = reception_of(calendar(), figures.hours, place.zone)
    due_at = reception.add(called_at, figures.serving.length)
    elapsed = reception.between(called_at, max(at, called_at))
    running = _running(place, due_at, elapsed, figures.serving.amount, at=at)
    return replace(running, name_key="label.clock_serving", of_key="line.clock.of", paragraph="4.3")


def wait_clock(ticket: Ticket) -> Clock:
    """Give the clock of the wait of somebody who was called: it stands still (A32)."""
    assert ticket.waited is not None
    limit = edition_at(ticket.line.place, ticket.taken_at).figures.wait.amount
    said = _ended(ticket.waited, limit, is_kept=not ticket.is_wait_breached)
    return Clock(ticket.waited, limit, said, (), None, "label.clock_wait", "cockpit.clock_wait_of", "4.2")


def clock_before_registration(place: Place, *, at: datetime) -> Clock:
    """Give the result clock of somebody whose package was not registered yet: it has not begun."""
    limit = edition_at(place, at).figures.counter_result.amount
    said = Sentence(0, "idle", words.say("cockpit.clock_idle", language()))
    return Clock(timedelta(), limit, said, (), None)


def _running(place: Place, due_at: datetime, elapsed: timedelta, limit: int, *, at: datetime) -> Clock:
    doors = doors_of(place, at)
    if not doors.is_open and at <= due_at:
        return Clock(elapsed, limit, _paused(place, at), (), None)
    until = _until(place, due_at, at)
    sentences = [_sentence(*stretch, until, elapsed, limit) for stretch in _stretches(limit)]
    second = int(elapsed.total_seconds())
    said = [sentence for sentence in sentences if sentence.second <= second][-1]
    if at > due_at:
        said = sentences[-1]
    ahead = tuple(sentence for sentence in sentences if sentence.second > max(second, said.second))
    stops_in = int((doors.closes_at - at).total_seconds()) if doors.is_open else None
    return Clock(elapsed, limit, said, ahead, stops_in)


def left(application: Application, *, at: datetime) -> str:
    """Say in a word how much is left of a term, or by how much it is over; empty once it is finished."""
    if application.finished_at or application.registered_at is None:
        return ""
    if at > application.due_at:
        return words.say("desk.left.over", language(), over=_spent(application, application.due_at, at))
    return words.say("desk.left", language(), left=_spent(application, at, application.due_at))


def minutes_and_seconds(of: timedelta) -> str:
    """Write a length as mm:ss."""
    minutes, seconds = divmod(int(of.total_seconds()), 60)
    return f"{minutes:02}:{seconds:02}"


def _stretches(limit: int) -> list[tuple[int, str]]:
    """Give from which second on the clock is in which state; overdue begins after the last minute."""
    warnings = [(minute * 60, state) for minute, state in STONES.items()]
    return [(0, "calm"), *warnings, (limit * 60 + 1, "breach")]


def _sentence(start: int, state: str, until: time | Told, elapsed: timedelta, limit: int) -> Sentence:
    """Give the sentence of a stretch: as it reads now if it has begun, else as it reads when it begins."""
    shown = max(elapsed, timedelta(seconds=start))
    rest = minutes_and_seconds(max(_length(limit) - shown, timedelta()))
    match state:
        case "calm":
            text = words.say("desk.clock.left", language(), left=rest, until_at=until)
            return Sentence(start, state, text)
        case "breach":
            over = minutes_and_seconds(max(shown - _length(limit), timedelta()))
            return Sentence(start, state, words.say("desk.clock.breach", language(), over=over))
        case _:
            text = words.say("desk.clock.past", language(), left=rest, stone=start // 60)
            return Sentence(start, state, text)


def _finished(application: Application, elapsed: timedelta, limit: int) -> Sentence:
    second = int(elapsed.total_seconds())
    if application.state == ApplicationState.WITHDRAWN:
        return Sentence(second, "done", words.say("desk.clock.withdrawn", language()))
    return _ended(elapsed, limit, is_kept=application.finished_at <= application.due_at)


def _ended(elapsed: timedelta, limit: int, *, is_kept: bool) -> Sentence:
    second = int(elapsed.total_seconds())
    if is_kept:
        return Sentence(second, "done", words.say("desk.clock.kept", language()))
    over = minutes_and_seconds(max(elapsed - _length(limit), timedelta()))
    return Sentence(second, "breach", words.say("desk.clock.missed", language(), over=over))


def _paused(place: Place, at: datetime) -> Sentence:
    doors = doors_of(place, at)
    opens = doors.opens_at.astimezone(place.zone)
    if doors.reason is ClosedReason.LUNCH:
        return Sentence(0, "paused", words.say("desk.clock.lunch", language(), opens_at=opens.time()))
    today = at.astimezone(place.zone).date()
    return Sentence(0, "paused", words.say("desk.clock.closed", language(), opens_at=Told(opens, today)))


def _until(place: Place, due_at: datetime, at: datetime) -> time | Told:
    due, today = due_at.astimezone(place.zone), at.astimezone(place.zone).date()
    return due.time() if due.date() == today else Told(due, today)


def _spent(application: Application, start: datetime, end: datetime) -> timedelta:
    if application.channel == Channel.PORTAL:
        return end - start
    figures = edition_of(application).figures
    reception = reception_of(calendar(), figures.hours, application.place.zone)
    return reception.between(start, end)


def _length(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)
