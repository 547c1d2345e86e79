"""How many terms a second: reckoned without steps, beside the bare clock arithmetic under them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter
from zoneinfo import ZoneInfo

from govkz.workdays import published, reception_of
from joldama.standard import terms

COUNT = 100_000
ALMATY = ZoneInfo("Asia/Almaty")


def run() -> dict[str, float]:
    """Reckon 100,000 terms, half at the counter and half on the portal, spread over 2015-2026.

    The raw limit is one conversion to the zone of the place, one addition and one conversion back, for the
    same moments. No day is known beforehand.
    """
    calendar = published()
    moments = _moments(Random(2015))
    in_hours = [at for at in moments if terms.opening(at, zone=ALMATY, calendar=calendar).is_open]
    at_counter = [in_hours[n % len(in_hours)] for n in range(COUNT // 2)]

    reception_of.cache_clear()
    raw = _seconds(lambda: [_bare(at) for at in moments])
    seconds = _seconds(
        lambda: (
            [terms.counter(at, zone=ALMATY, calendar=calendar, explain=False) for at in at_counter],
            [terms.portal(at, zone=ALMATY, calendar=calendar, explain=False) for at in moments[: COUNT // 2]],
        )
    )
    return {
        "terms": COUNT,
        "seconds": seconds,
        "per_second": COUNT / seconds,
        "raw_seconds": raw,
        "ratio": seconds / raw,
    }


def _moments(random: Random) -> list[datetime]:
    start = datetime(2015, 1, 1, tzinfo=UTC)
    seconds = int(timedelta(days=12 * 365).total_seconds())
    return [start + timedelta(seconds=random.randrange(seconds)) for _ in range(COUNT)]


def _bare(at: datetime) -> datetime:
    return (at.astimezone(ALMATY) + timedelta(minutes=30)).astimezone(UTC)


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:12} {value:12.3f}")
