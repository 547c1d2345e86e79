"""Whether a line was strict, derived from its log alone: who took a number, who was called, to which window.

>>> from datetime import datetime, timedelta, UTC
>>> nine = datetime(2026, 3, 16, 4, 0, tzinfo=UTC)
>>> log = [
...     Entry(What.TAKEN, 1, nine),
...     Entry(What.TAKEN, 2, nine + timedelta(minutes=1)),
...     Entry(What.CALLED, 2, nine + timedelta(minutes=2), window=1),
... ]
>>> [violation] = prove(log).violations
>>> violation.fault, violation.entry.number, violation.others
(<Fault.OUT_OF_TURN: 'out_of_turn'>, 2, (1,))
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class What(StrEnum):
    """What happened to a ticket."""

    TAKEN = "taken"
    CALLED = "called"
    NO_SHOW = "no_show"
    SERVED = "served"
    CLOSED = "closed"


class Fault(StrEnum):
    """What a strict line never has in its log.

    Who closes a number and then calls one that waited behind it has passed it over by another name.
    """

    OUT_OF_TURN = "out_of_turn"
    CLOSED_OUT_OF_TURN = "closed_out_of_turn"
    NOT_WAITING = "not_waiting"
    NOT_CALLED = "not_called"
    WINDOW_TAKEN = "window_taken"
    NO_WINDOW = "no_window"
    OTHER_WINDOW = "other_window"
    NUMBER_MISSING = "number_missing"
    NUMBER_DOUBLED = "number_doubled"
    NUMBER_BACKWARDS = "number_backwards"
    TIME_BACKWARDS = "time_backwards"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: what happened, to which number (from 1), when (aware); the window of a call.

    `window` may stand with what ended at a window too; it has to be the same one then.
    """

    what: What
    number: int
    at: datetime
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with an entry, whose place in the log counts from 1; the numbers it wronged are `others`.

    Of a missing number there is no entry: `others` names it, and the place is 0.
    """

    fault: Fault
    place: int
    entry: Entry | None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What was derived: how many of each, who still waits or stands at a window, and every violation."""

    taken: int
    called: int
    no_shows: int
    served: int
    closed: int
    waiting: tuple[int, ...]
    at_windows: tuple[int, ...]
    violations: tuple[Violation, ...]

    @property
    def holds(self) -> bool:
        """Whether nobody was called out of turn, and nothing else speaks against the log."""
        return not self.violations


def prove(log: Iterable[Entry], *, given: int = 0, leeway: timedelta = timedelta(0)) -> Proof:
    """Derive the line anew from its log, in the order in which it was kept, and name every violation.

    `given`: how many numbers were given in all, where that is known from elsewhere. `leeway`: by how much a
    moment may lie before an earlier entry's, because a clock is read before the line is locked; of one
    ticket the moments never run backwards. Raises ValueError for a moment without a zone.
    """
    derived = _Line(leeway)
    for place, entry in enumerate(log, start=1):
        if entry.at.tzinfo is None:
            raise ValueError(f"entry {place} has a moment without a zone")
        derived.take_in(place, entry)
    return derived.proof(given)


class _Line:
    """The line as far as the log has been read."""

    def __init__(self, leeway: timedelta) -> None:
        self._leeway = leeway
        self._waiting: set[int] = set()
        self._at_windows: dict[int, int | None] = {}
        self._highest = 0
        self._latest: datetime | None = None
        self._latest_of: dict[int, datetime] = {}
        self._counted = dict.fromkeys(What, 0)
        self._taken: set[int] = set()
        self._closed: dict[int, int] = {}
        self._violations: list[Violation] = []

    def take_in(self, place: int, entry: Entry) -> None:
        """Read one entry more."""
        self._counted[entry.what] += 1
        for fault, *others in (*self._faults_of_time(entry), *self._faults_of(entry)):
            self._violations.append(Violation(fault, place, entry, tuple(others)))
        self._go_on(entry)

    def proof(self, given: int) -> Proof:
        """Say what was derived."""
        expected = set(range(1, max(self._highest, given) + 1)) | self._latest_of.keys()
        missing = sorted(expected - self._taken)
        violations = [*self._violations, *(Violation(Fault.NUMBER_MISSING, 0, None, (n,)) for n in missing)]
        return Proof(
            taken=self._counted[What.TAKEN],
            called=self._counted[What.CALLED],
            no_shows=self._counted[What.NO_SHOW],
            served=self._counted[What.SERVED],
            closed=self._counted[What.CLOSED],
            waiting=tuple(sorted(self._waiting)),
            at_windows=tuple(sorted(self._at_windows)),
            violations=tuple(violations),
        )

    def _faults_of_time(self, entry: Entry) -> Iterable[tuple[Fault, *tuple[int, ...]]]:
        before, of_ticket = self._latest, self._latest_of.get(entry.number)
        if (before is not None and entry.at < before - self._leeway) or (
            of_ticket is not None and entry.at < of_ticket
        ):
            yield (Fault.TIME_BACKWARDS,)

    def _faults_of(self, entry: Entry) -> Iterable[tuple[Fault, *tuple[int, ...]]]:
        match entry.what:
            case What.TAKEN:
                yield from self._faults_of_taking(entry.number)
            case What.CALLED:
                yield from self._faults_of_a_call(entry)
            case What.CLOSED:
                if entry.number not in self._waiting:
                    yield (Fault.NOT_WAITING,)
            case What.NO_SHOW | What.SERVED:
                yield from self._faults_of_an_end(entry)

    def _faults_of_taking(self, number: int) -> Iterable[tuple[Fault, *tuple[int, ...]]]:
        if number in self._taken:
            yield (Fault.NUMBER_DOUBLED,)
        elif number < self._highest:
            yield (Fault.NUMBER_BACKWARDS, self._highest)

    def _faults_of_a_call(self, entry: Entry) -> Iterable[tuple[Fault, *tuple[int, ...]]]:
        if entry.number not in self._waiting:
            yield (Fault.NOT_WAITING,)
        if passed_over := sorted(other for other in self._waiting if other < entry.number):
            yield (Fault.OUT_OF_TURN, *passed_over)
        if set_aside := sorted(one for one, highest in self._closed.items() if one < entry.number <= highest):
            yield (Fault.CLOSED_OUT_OF_TURN, *set_aside)
        if entry.window is None:
            yield (Fault.NO_WINDOW,)
        elif there := sorted(one for one, window in self._at_windows.items() if window == entry.window):
            yield (Fault.WINDOW_TAKEN, *there)

    def _faults_of_an_end(self, entry: Entry) -> Iterable[tuple[Fault, *tuple[int, ...]]]:
        if entry.number not in self._at_windows:
            yield (Fault.NOT_CALLED,)
        elif entry.window not in (None, self._at_windows[entry.number]):
            yield (Fault.OTHER_WINDOW,)

    def _go_on(self, entry: Entry) -> None:
        number = entry.number
        if entry.what is What.TAKEN:
            if number not in self._taken:
                self._waiting.add(number)
            self._taken.add(number)
            self._highest = max(self._highest, number)
        else:
            if entry.what is What.CLOSED and number in self._waiting:
                self._closed[number] = self._highest
            self._waiting.discard(number)
            self._at_windows.pop(number, None)
            if entry.what is What.CALLED:
                self._at_windows[number] = entry.window
        self._latest = entry.at if self._latest is None else max(self._latest, entry.at)
        self._latest_of[number] = max(entry.at, self._latest_of.get(number, entry.at))
