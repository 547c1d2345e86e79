"""How long one will wait in a line, as a range that holds for 9 of 10 people.

The line is played ahead many times: whoever stands first goes to the window that is free first. How long a
call occupies a window is drawn from what the place has really seen, those who did not come included. The same
line and the same past always give the same range: the draws are seeded.

>>> none_yet = Past()
>>> first, second = forecast((None,), 2, none_yet)
>>> first.longest < second.longest
True
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heapreplace
from math import exp
from random import Random
from statistics import NormalDist

HELD, OF = 9, 10
"""The share of people whose wait lies in the range: 9 of 10, as many sooner as later."""

ENOUGH = 30
"""With fewer calls than this a place is completed by what is assumed of any."""

LONGEST = 80
"""People played ahead; who stands further back has no range."""

_DRAWS = 8_000
_ROUNDS = (200, 400)
_SEED = 1414
_TAIL = 8 * 60.0


@dataclass(frozen=True, slots=True)
class Past:
    """What a place has seen, in seconds of reception time.

    `calls`: from a call to its end, whether the person came or not. `turns`: from the end of one to the next
    call of the same window while somebody waited.
    """

    calls: tuple[float, ...] = ()
    turns: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """The wait until the call in seconds of reception time: 1 of 20 waits less than the shortest, 1 more."""

    shortest: float
    longest: float


@lru_cache(maxsize=256)
def forecast(windows: tuple[float | None, ...], people: int, past: Past) -> tuple[Spread, ...]:
    """Return the wait of the first, the second … of so many people in line, at most LONGEST.

    `windows` are the open ones: seconds since the call of whom each serves, None for one that is free. Nobody
    can be told anything where none is open: the answer is then empty. Raises ValueError for a negative time.
    """
    if any(since is not None and since < 0 for since in windows):
        raise ValueError("a serving cannot have begun later than now")
    people = min(people, LONGEST)
    if not windows or people < 1:
        return ()
    calls, turns = _completed(past.calls, CALLS), _completed(past.turns, TURNS)
    least, most = _ROUNDS
    rounds = max(least, min(most, _DRAWS // (people + len(windows))))
    draw = Random(_SEED)
    played = [_play(windows, people, calls, turns, draw) for _ in range(rounds)]
    outside = rounds * (OF - HELD) // (2 * OF)
    return tuple(
        Spread(waits[outside], waits[-1 - outside])
        for waits in (sorted(waits) for waits in zip(*played, strict=True))
    )


def _play(
    windows: Sequence[float | None], people: int, calls: list[float], turns: list[float], draw: Random
) -> list[float]:
    """Play the line ahead once; return when each is called."""
    free = [_rest(since, calls, draw) + draw.choice(turns) for since in windows]
    heapify(free)
    waits = []
    for call, turn in zip(draw.choices(calls, k=people), draw.choices(turns, k=people), strict=True):
        waits.append(free[0])
        heapreplace(free, free[0] + call + turn)
    return waits


def _rest(since: float | None, calls: list[float], draw: Random) -> float:
    """Draw how long a call that has lasted so long goes on."""
    if since is None:
        return 0.0
    longer = [call for call in calls if call > since]
    # Beyond what was ever seen nothing speaks for an early end, nor for a late one.
    return draw.choice(longer) - since if len(longer) > 1 else draw.expovariate(1 / _TAIL)


def _completed(seen: tuple[float, ...], assumed: tuple[float, ...]) -> list[float]:
    """Add assumed lengths, evenly chosen, until there are enough."""
    lacking = ENOUGH - len(seen)
    if lacking <= 0:
        return list(seen)
    step = len(assumed) / lacking
    return [*seen, *(assumed[int((n + 0.5) * step)] for n in range(lacking))]


def _lognormal(median: float, sigma: float) -> tuple[float, ...]:
    """Return 60 evenly spread quantiles of a lognormal distribution."""
    normal = NormalDist(0, sigma)
    return tuple(median * exp(normal.inv_cdf((n + 0.5) / 60)) for n in range(60))


CALLS = _lognormal(12 * 60.0, 0.6)
"""What is assumed of a place without a past: half the calls within 12 minutes, 19 of 20 within 32.

A package is to be registered, decided, signed and handed over in 30 minutes, and a question takes less: an
assumption of this project, which ENOUGH calls of the place itself replace wholly.
"""

TURNS = _lognormal(20.0, 0.7)
"""What is assumed of the time between two people at a window: half within 20 seconds, 19 of 20 within a minute."""
