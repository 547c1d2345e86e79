"""What happens on a virtual day, made from a seed: the same seed is the same day."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random

from joldama.standard.kinds import ResultKind

WINDOWS = 3
HOURS = 7
"""Hours of reception, lunch left out (¶8 1))."""

_SHARES = (0.2, 0.2, 0.16, 0.12, 0.14, 0.1, 0.08)
"""Who comes in which hour: most in the morning."""

_HOUR = timedelta(hours=1)


class Wish(StrEnum):
    """Why somebody comes, and how it ends."""

    QUESTION = "question"
    REFERRAL = "referral"
    WRONG_DOCUMENT = "wrong_document"
    LEAVES = "leaves"
    STAYS_AWAY = "stays_away"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who comes: when, in reception time since the opening; why; how long he is at the window.

    `lasts` counts reception time from the call to the end. Whoever wants a referral wants a kind.
    """

    comes: timedelta
    wish: Wish
    lasts: timedelta
    kind: ResultKind | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """When a window is open, in reception time since the opening, and its break."""

    window: int
    opens: timedelta
    rests: timedelta
    goes_on: timedelta
    closes: timedelta


@dataclass(frozen=True, slots=True)
class Script:
    """A day: who comes, in order, and which window is open when."""

    seed: int
    visits: tuple[Visit, ...]
    shifts: tuple[Shift, ...]


def script(seed: int, *, people: int) -> Script:
    """Write a day for so many people: all six kinds, and at least one of everything else that happens."""
    draw = Random(seed)
    comes = sorted(_moments(draw, people))
    wishes = _wishes(draw, people)
    kinds = iter(_kinds(draw, people))
    visits = []
    for at, wish in zip(comes, wishes, strict=True):
        kind = next(kinds) if wish is Wish.REFERRAL else None
        visits.append(Visit(at, wish, _lasts(draw, wish), kind))
    return Script(seed, tuple(_one_long(draw, visits)), tuple(_shift(draw, n + 1) for n in range(WINDOWS)))


def _moments(draw: Random, people: int) -> list[timedelta]:
    hours = draw.choices(range(HOURS), _SHARES, k=people)
    return [timedelta(seconds=round((hour + draw.random()) * 3600)) for hour in hours]


def _wishes(draw: Random, people: int) -> list[Wish]:
    """Give six referrals or a quarter, one or more of what goes otherwise, and questions."""
    referrals = max(len(ResultKind), people // 4)
    others = [Wish.WRONG_DOCUMENT, Wish.LEAVES, Wish.STAYS_AWAY] * max(1, people // 30)
    questions = people - referrals - len(others)
    wishes = [Wish.REFERRAL] * referrals + others + [Wish.QUESTION] * questions
    draw.shuffle(wishes)
    return wishes[:people]


def _kinds(draw: Random, people: int) -> list[ResultKind]:
    kinds = [kind for _ in range(people // len(ResultKind) + 1) for kind in ResultKind]
    draw.shuffle(kinds[len(ResultKind) :])
    return kinds


def _lasts(draw: Random, wish: Wish) -> timedelta:
    match wish:
        case Wish.STAYS_AWAY:
            return timedelta(seconds=90)
        case Wish.REFERRAL:
            return timedelta(seconds=draw.randint(16 * 60, 28 * 60))
        case _:
            return timedelta(seconds=max(120, min(1500, round(draw.lognormvariate(6.0, 0.5)))))


def _one_long(draw: Random, visits: list[Visit]) -> list[Visit]:
    """Have one question take longer than ¶4 3) permits."""
    questions = [n for n, visit in enumerate(visits) if visit.wish is Wish.QUESTION]
    if questions:
        one = draw.choice(questions)
        long = timedelta(minutes=draw.randint(31, 40))
        visits[one] = Visit(visits[one].comes, Wish.QUESTION, long)
    return visits


def _shift(draw: Random, window: int) -> Shift:
    """Have the first window open all day, the others from later or to earlier; each has a short break."""
    opens = timedelta(minutes=draw.choice((0, 10, 30)) if window > 1 else 0)
    closes = HOURS * _HOUR - (timedelta(minutes=draw.choice((0, 20, 40))) if window > 1 else timedelta())
    rests = timedelta(minutes=draw.randint(70, 170))
    return Shift(window, opens, rests, rests + timedelta(minutes=draw.randint(8, 14)), closes)
