"""Every quarter of an hour of 2015-2027 against a second reckoning, written apart from the first.

The oracle knows nothing of `govkz.workdays` and of time zone data: it reads the tables of days itself, lays
all minutes of thirteen years in two rows (open at the counter, working time of the portal), gives the day
before a change of the clock its 25 hours, and walks.
"""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from random import Random
from zoneinfo import ZoneInfo

import pytest

from govkz.workdays import OutsideCalendar, published
from joldama.standard import terms
from joldama.standard.terms import Closed, ComplaintAddressee, ComplaintChannel

YEARS = range(2015, 2028)
MINUTE = timedelta(minutes=1)
HOUR = 60

# Hours from UTC on 1 January 2015, and the days that had 25 hours (tz database 2018h and 2024a).
ZONES = {
    "Asia/Almaty": (6, {date(2024, 2, 29)}),
    "Asia/Qyzylorda": (6, {date(2018, 12, 20)}),
    "Asia/Aqtau": (5, set()),
}


class Walk:
    """All minutes of the years in one zone, and walks along them; a place is a number of minutes."""

    def __init__(self, zone: str) -> None:
        offset, long_days = ZONES[zone]
        self.start = datetime(YEARS[0], 1, 1, tzinfo=UTC) - timedelta(hours=offset)
        worked = _worked_days()
        self.reception = b"".join(_minutes(on, on in worked, on in long_days, lunch=True) for on in _days())
        self.portal = b"".join(_minutes(on, on in worked, on in long_days, lunch=False) for on in _days())

    def place(self, at: datetime) -> int:
        return (at - self.start) // MINUTE

    def moment(self, place: int) -> datetime:
        return self.start + place * MINUTE

    def counter_due(self, at: datetime) -> datetime:
        place, left = self.place(at), 30
        while left:
            left -= self.reception[place]
            place += 1
        seconds = at.second
        if seconds:  # the last seconds pass in the next minute that is open
            while not self.reception[place]:
                place += 1
        return self.moment(place) + timedelta(seconds=seconds)

    def portal_accepted(self, at: datetime) -> datetime:
        place = self.place(at)
        return at if self.portal[place] else self.moment(self.portal.index(1, place))

    def portal_due(self, at: datetime) -> datetime:
        place = self.place(at)
        ends_today = self.portal.index(0, self.portal.index(1, place))
        return self.closing_after(ends_today, 1) if self.portal[place] else self.moment(ends_today)

    def posted(self, at: datetime) -> datetime:
        place = self.place(at)
        return at if self.reception[place] else self.moment(self.reception.index(1, place))

    def answer_due(self, registered_at: datetime, days: int) -> datetime:
        return self.closing_after(self.portal.index(0, self.place(registered_at)), days)

    def closing_after(self, place: int, days: int) -> datetime:
        for _ in range(days):
            place = self.portal.index(0, self.portal.index(1, place))
        return self.moment(place)


def _days() -> Iterator[date]:
    on = date(YEARS[0], 1, 1)
    while on.year in YEARS:
        yield on
        on += timedelta(days=1)


def _tables() -> dict[str, str]:
    folder = resources.files("govkz.workdays") / "data"
    rows: dict[str, str] = {}
    for year in YEARS:
        table = tomllib.loads((folder / f"{year}.toml").read_text("utf-8"))
        rows |= {on: row["kind"] for on, row in table["days"].items()}
    return rows


def _worked_days() -> set[date]:
    rows = _tables()
    off = {date.fromisoformat(on) for on, kind in rows.items() if kind != "moved_work"}
    worked = {date.fromisoformat(on) for on, kind in rows.items() if kind == "moved_work"}
    return {on for on in _days() if on in worked or (on.weekday() < 5 and on not in off)}


def _minutes(on: date, is_worked: bool, is_long: bool, *, lunch: bool) -> bytes:
    row = bytearray((25 if is_long else 24) * HOUR)
    if is_worked:
        for minute in range(9 * HOUR, 17 * HOUR + 30):
            in_lunch = 13 * HOUR <= minute < 14 * HOUR + 30
            row[minute] = not (lunch and in_lunch)
    return bytes(row)


def _disagreements(walk: Walk, zone: ZoneInfo, moments: Iterable[datetime]) -> list[tuple[object, ...]]:
    """Return the first few moments at which the two reckonings differ, with both answers."""
    found: list[tuple[object, ...]] = []
    for at in moments:
        for question, expected, reckoned in _answers(walk, zone, at):
            if expected != reckoned:
                found.append((at.isoformat(), question, expected, reckoned))
        if len(found) > 5:
            break
    return found


def _answers(walk: Walk, zone: ZoneInfo, at: datetime) -> Iterator[tuple[str, object, object]]:
    head, _, quality = ComplaintAddressee
    hand, post, by_portal = ComplaintChannel
    settings = {"zone": zone, "calendar": published(), "explain": False}
    is_open = bool(walk.reception[walk.place(at)])

    def due(reckon, *asked, **how):
        try:
            term = reckon(*asked, **how, **settings)
        except Closed as closed:
            return ("closed", closed.opens_at)
        except OutsideCalendar:
            return "outside"
        return (term.accepted_at, term.due_at)

    def walked(accepted, finished):
        try:
            return (accepted(at), finished())
        except (ValueError, IndexError):  # the rows end
            return "outside"

    def at_counter(finished):
        return (
            walked(lambda _: at, finished) if is_open else walked(lambda _: "closed", lambda: walk.posted(at))
        )

    yield "counter", at_counter(lambda: walk.counter_due(at)), due(terms.counter, at)
    yield "portal", walked(walk.portal_accepted, lambda: walk.portal_due(at)), due(terms.portal, at)
    yield (
        "head by hand",
        at_counter(lambda: walk.answer_due(at, 5)),
        due(terms.complaint, head, at, channel=hand),
    )
    yield (
        "head by post",
        walked(walk.posted, lambda: walk.answer_due(walk.posted(at), 5)),
        due(terms.complaint, head, at, channel=post),
    )
    yield (
        "quality body by portal",
        walked(walk.portal_accepted, lambda: walk.answer_due(walk.portal_accepted(at), 15)),
        due(terms.complaint, quality, at, channel=by_portal),
    )


def _quarters(walk: Walk) -> list[datetime]:
    return [walk.moment(place) for place in range(0, len(walk.portal), 15)]


@pytest.mark.parametrize("zone", ZONES)
def test_one_quarter_of_an_hour_in_twenty_agrees_with_the_walk_to_the_second(zone):
    walk, random = Walk(zone), Random(20150428)
    chosen = random.sample(_quarters(walk), k=len(walk.portal) // 15 // 20)
    moments = [at + timedelta(seconds=random.randrange(60)) for at in chosen]

    assert _disagreements(walk, ZoneInfo(zone), moments) == []


def test_every_quarter_of_an_hour_of_the_days_around_closed_days_agrees_with_the_walk():
    walk, almaty = Walk("Asia/Almaty"), ZoneInfo("Asia/Almaty")
    named = [date.fromisoformat(on) for on in _tables()]
    around = {on + timedelta(days=n) for on in named for n in (-1, 0, 1)}
    moments = [at for at in _quarters(walk) if at.astimezone(almaty).date() in around]

    assert _disagreements(walk, almaty, moments) == []


@pytest.mark.long
@pytest.mark.parametrize("zone", ZONES)
def test_every_quarter_of_an_hour_of_thirteen_years_agrees_with_the_walk(zone):
    walk = Walk(zone)

    assert _disagreements(walk, ZoneInfo(zone), _quarters(walk)) == []


def test_waits_between_random_moments_are_the_open_minutes_between_them():
    walk, random, zone = Walk("Asia/Almaty"), Random(42), ZoneInfo("Asia/Almaty")
    pairs = []
    for _ in range(2_000):
        first = random.randrange(len(walk.reception) - 10_000)
        pairs.append((first, first + random.randrange(10_000)))

    reckoned = [
        terms.wait(
            walk.moment(first), walk.moment(second), zone=zone, calendar=published(), explain=False
        ).minutes
        for first, second in pairs
    ]

    assert reckoned == [walk.reception.count(1, first, second) for first, second in pairs]


def test_a_day_moved_in_the_walk_alone_is_noticed():
    walk, almaty = Walk("Asia/Almaty"), ZoneInfo("Asia/Almaty")
    place = walk.place(datetime(2026, 3, 25, 4, tzinfo=UTC))  # 9:00 of a substitute day
    walk.portal = walk.portal[:place] + b"\x01" * 510 + walk.portal[place + 510 :]

    assert _disagreements(walk, almaty, [datetime(2026, 3, 20, 13, tzinfo=UTC)]) != []
