"""Virtual days of a line, in seconds of reception time, and what each person was told when he came.

No database and no pages: as many days as a share needs. Clerks differ, take breaks, come later and leave
earlier; some people do not come when called; none of this is known to who tells the range.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random

from govkz.queue.forecast import Past, Spread, forecast

MINUTE = 60.0
HOUR = 60 * MINUTE
DAY = 7 * HOUR
ARRIVALS = (14, 16, 15, 11, 13, 12, 8)
"""People who come in each hour of reception: most in the morning."""

SHIFTS = ((0.0, DAY), (0.0, 6.5 * HOUR), (0.5 * HOUR, DAY))
"""From when to when each window is open, but for its breaks."""

NO_SHOWS = 0.07

Teller = Callable[[tuple[float | None, ...], int, Past], Spread | None]


@dataclass(frozen=True)
class Told:
    """What a person was told, and how long he really waited."""

    spread: Spread
    waited: float

    @property
    def held(self) -> bool:
        """Whether he was called in the range, as it is shown: in whole minutes, outward."""
        begun = self.spread.shortest // MINUTE
        ended = -(-self.spread.longest // MINUTE)
        return begun * MINUTE <= self.waited <= ended * MINUTE


@dataclass
class Window:
    """A window: its shift, its break, how fast its clerk is, and since when it is occupied."""

    opens: float
    closes: float
    rests_from: float
    rests_to: float
    pace: float
    called: float | None = None
    ended: float | None = None

    def is_open(self, at: float) -> bool:
        return self.opens <= at < self.closes and not self.rests_from <= at < self.rests_to

    def may_call(self, at: float) -> bool:
        return self.called is None and self.is_open(at)


class Line:
    """A day as it runs: people come, windows call whoever stands first."""

    def __init__(self, draw: Random, past: Past, tell: Teller) -> None:
        self.told: list[Told] = []
        self.calls: list[float] = []
        self.turns: list[float] = []
        self._draw, self._past, self._tell = draw, past, tell
        self._windows = [self._window(opens, closes) for opens, closes in SHIFTS]
        self._waiting: deque[tuple[float, Spread | None]] = deque()
        self._ahead: list[tuple[float, int, Callable[[float], None]]] = []
        self._planned = count()

    def run(self) -> None:
        """Let the day pass until reception closes."""
        for hour, people in enumerate(ARRIVALS):
            for _ in range(round(people * self._draw.uniform(0.8, 1.2))):
                self._later((hour + self._draw.random()) * HOUR, self._comes)
        for window in self._windows:
            self._later(window.opens, partial(self._calls, window))
            self._later(window.rests_to, partial(self._calls, window))
        while self._ahead and self._ahead[0][0] < DAY:
            at, _, happens = heappop(self._ahead)
            happens(at)

    def _window(self, opens: float, closes: float) -> Window:
        rests = self._draw.uniform(opens + HOUR, opens + 3 * HOUR)
        break_ = self._draw.uniform(8, 14) * MINUTE
        return Window(opens, closes, rests, rests + break_, pace=self._draw.uniform(0.8, 1.25))

    def _later(self, at: float, happens: Callable[[float], None]) -> None:
        heappush(self._ahead, (at, next(self._planned), happens))

    def _comes(self, at: float) -> None:
        sitting = [window for window in self._windows if window.is_open(at) or window.called is not None]
        since = tuple(None if window.called is None else at - window.called for window in sitting)
        self._waiting.append((at, self._tell(since, len(self._waiting), self._past)))
        for window in self._windows:
            if window.may_call(at):
                self._later(at + self._draw.lognormvariate(2.3, 0.5), partial(self._calls, window))

    def _calls(self, window: Window, at: float) -> None:
        if not self._waiting or not window.may_call(at):
            return
        came, spread = self._waiting.popleft()
        if window.ended is not None and came <= window.ended:
            self.turns.append(at - window.ended)
        if spread is not None:
            self.told.append(Told(spread, at - came))
        window.called = at
        comes = self._draw.random() >= NO_SHOWS
        lasts = self._draw.lognormvariate(6.3, 0.55) * window.pace if comes else 1.5 * MINUTE
        self._later(at + lasts, partial(self._ends, window))

    def _ends(self, window: Window, at: float) -> None:
        assert window.called is not None
        self.calls.append(at - window.called)
        window.called, window.ended = None, at
        self._later(at + self._draw.lognormvariate(2.9, 0.5), partial(self._calls, window))


def last_of(windows: tuple[float | None, ...], ahead: int, past: Past) -> Spread | None:
    """Tell who has so many before him his range."""
    spreads = forecast(windows, ahead + 1, past)
    return spreads[-1] if len(spreads) > ahead else None


def days(number: int, *, seed: int, tell: Teller = last_of) -> list[Told]:
    """Run days one after the other, each with the past of those before it; give what everybody was told."""
    draw, told = Random(seed), []
    calls: list[float] = []
    turns: list[float] = []
    for _ in range(number):
        line = Line(draw, Past(tuple(calls[-200:]), tuple(turns[-200:])), tell)
        line.run()
        told += line.told
        calls += line.calls
        turns += line.turns
    return told
