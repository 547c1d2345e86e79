"""What the board of a hall shows at a moment: names of tickets and windows, and nothing of a person (¶8 1))."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from govkz.workdays import Hours, reception_of
from joldama.people.models import Place
from joldama.procedures.forecast import Range, forecast_of
from joldama.procedures.reckoning import calendar, doors_of, edition_at
from joldama.reception.models import Ticket, Window
from joldama.standard import words
from joldama.standard.announcements import announced_at
from joldama.standard.editions import Edition
from joldama.standard.moments import Told
from joldama.standard.tickets import TicketState
from joldama.standard.typography import bound
from joldama.standard.voice import call_said, window_opened
from joldama.standard.windows import WindowState

Said = tuple[tuple[str, str], ...]
"""A sentence in each language of the hall: (language, words)."""

EARLIER = 3
"""Calls shown beside the latest one."""

FOLLOWING = {2: 6, 3: 3}
"""Tickets shown of those that wait, by the number of languages; how many wait is said in a figure."""

LONG_NAME = 4
"""Letters and figures of a name that fit at full size: А999."""


OPENED_NOW = timedelta(minutes=1)
"""How long a window that opened is news."""

LONG_OFFICE = 80
"""Letters of an office's name that fit on one line."""


@dataclass(frozen=True)
class Call:
    """A ticket that was called, as the hall reads and hears it."""

    ticket: Ticket
    said: Said

    @property
    def at(self) -> datetime:
        """When it was called, the last time."""
        called = self.ticket.repeated_at or self.ticket.called_at
        assert called is not None
        return called

    @property
    def mark(self) -> str:
        """What tells this call from every other: the ticket, and how often it was called."""
        return f"{self.ticket.pk}-{self.ticket.repeats}"

    @property
    def is_awaited(self) -> bool:
        """Whether nobody has come yet: only then it is said aloud."""
        return self.ticket.state == TicketState.CALLED

    @property
    def is_long(self) -> bool:
        """Whether its name needs a smaller size."""
        return len(self.ticket.name) > LONG_NAME


@dataclass(frozen=True)
class News:
    """What the whole hall is told by the clock: as it is read, and aloud where that is said now."""

    since: datetime
    mark: str
    read: Said
    aloud: Said
    is_pause: bool


@dataclass(frozen=True)
class Opened:
    """A window that opened while people wait: said aloud, and the order stays."""

    at: datetime
    mark: str
    said: Said


@dataclass(frozen=True)
class Board:
    """The board of a place at a moment; `spoken` are its languages, Kazakh first."""

    place: Place
    spoken: tuple[str, ...]
    local_now: datetime
    edition: Edition
    latest: Call | None
    earlier: list[Call]
    following: list[Ticket]
    waiting: int
    wait: Range | None
    news: News | None
    opened: tuple[Opened, ...]

    @property
    def has_long_name(self) -> bool:
        """Whether the office's name takes more than one line of the board."""
        return max(len(self.place.office.name(side)) for side in self.spoken) > LONG_OFFICE

    @property
    def hours(self) -> Hours:
        """The hours of reception of this edition."""
        return self.edition.figures.hours


def board_of(place: Place, *, spoken: tuple[str, ...], at: datetime) -> Board:
    """Give the board of a place at a moment."""
    local = at.astimezone(place.zone)
    today = Ticket.objects.at(place, on=local.date())
    called = [_call(ticket, spoken) for ticket in today.as_called()[: EARLIER + 1]]
    waiting = list(today.waiting())
    windows = list(Window.objects.at(place, on=local.date()).unclosed())
    return Board(
        place=place,
        spoken=spoken,
        local_now=local,
        edition=edition_at(place, at),
        latest=called[0] if called else None,
        earlier=called[1:],
        following=waiting[: FOLLOWING[len(spoken)]],
        waiting=len(waiting),
        wait=forecast_of(place, at=at),
        news=_news(place, spoken, windows, at=at),
        opened=_opened(windows, called, spoken, at=at) if waiting else (),
    )


def _call(ticket: Ticket, spoken: tuple[str, ...]) -> Call:
    assert ticket.window is not None
    said = [
        (side, call_said(ticket.number, ticket.window, side, is_again=ticket.repeats > 0)) for side in spoken
    ]
    return Call(ticket, tuple(said))


def _opened(
    windows: list[Window], called: list[Call], spoken: tuple[str, ...], *, at: datetime
) -> tuple[Opened, ...]:
    """Give the windows that opened just now beside others; one that has called somebody is heard of by that."""
    heard = {call.ticket.window for call in called}
    fresh = [one for one in windows if at - one.opened_at < OPENED_NOW and one.number not in heard]
    if len(fresh) == len(windows):
        return ()
    return tuple(
        Opened(
            one.opened_at,
            f"window-{one.pk}",
            tuple((side, window_opened(one.number, side)) for side in spoken),
        )
        for one in fresh
    )


def _news(place: Place, spoken: tuple[str, ...], windows: list[Window], *, at: datetime) -> News | None:
    hours = edition_at(place, at).figures.hours
    told = announced_at(at, reception_of(calendar(), hours, place.zone))
    if told is None:
        return (
            _no_window(spoken, at=at) if not any(one.state == WindowState.OPEN for one in windows) else None
        )
    values = {
        "minutes": told.minutes,
        "from_": hours.lunch_from,
        "to": hours.lunch_to,
        "opens_at": _opens(place, at),
    }
    read = tuple((side, bound(words.say(told.what.text_key, side, **values))) for side in spoken)
    aloud = tuple((side, words.say(told.spoken_key, side)) for side in spoken) if told.spoken_key else ()
    mark = f"{told.what}-{told.since:%Y%m%d}"
    return News(told.since, mark, read, aloud, is_pause=not doors_of(place, at).is_open)


def _no_window(spoken: tuple[str, ...], *, at: datetime) -> News:
    read = tuple((side, bound(words.say("hall.told.no_window", side))) for side in spoken)
    return News(at, "no-window", read, (), is_pause=False)


def _opens(place: Place, at: datetime) -> time | Told:
    """Give when it opens next: the time alone where that is today."""
    opens, today = doors_of(place, at).opens_at.astimezone(place.zone), at.astimezone(place.zone).date()
    return opens.time() if opens.date() == today else Told(opens, today)
