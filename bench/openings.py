"""How long a specialist waits for openings he asks for, beside the same rows fetched by their ids.

Measured are words of an occupation and of a place as they are typed, whole and begun, in Kazakh, Russian and Latin
letters, in one office with 10,000 openings among 50,000.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random
from statistics import quantiles
from time import perf_counter

OPENINGS = 50_000
ROUNDS = 40
GOAL_MS = 100.0
ASKED = (
    "дәнекерлеуші",
    "сварщик",
    "svarshchik",
    "Danekerleushi",
    "дәнекер",
    "св",
    "сварщик Көктем 7",
    "сварщик темиртау",
    "қоймашы",
    "жоқ сөз",
    "",
)
ON = date(2026, 11, 23)


def run() -> dict[str, float]:
    """Measure; give milliseconds over all questions."""
    from bench.house import house

    with house():
        return _measured()


def _measured() -> dict[str, float]:
    from django.db import connection

    from joldama.openings.finding import MOST, Wanted, find_openings
    from joldama.openings.models import Opening
    from joldama.people.models import Office
    from joldama.standard.kinds import ResultKind

    offices = list(Office.objects.filter(places__is_main=True).distinct().order_by("code")[:5])
    began = perf_counter()
    _enter(offices)
    entered = perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE openings_opening, openings_organisation")
    office = offices[0].pk
    ids = list(Opening.objects.filter(office=office).values_list("pk", flat=True)[:MOST])

    def asked(words: str) -> Callable[[], object]:
        wanted = Wanted(kinds=(ResultKind.JOB_PLACEMENT,), words=words)
        return lambda: find_openings(wanted, office_id=office, on=ON)

    raw = _times(lambda: list(Opening.objects.select_related("organisation").filter(pk__in=ids)))
    by_question = {words: _times(asked(words)) for words in ASKED}
    spent = [one for times in by_question.values() for one in times]
    dearest = max(by_question, key=lambda words: sum(by_question[words]))
    return {
        "openings": OPENINGS,
        "openings_entered_per_second": OPENINGS / entered,
        "p50_ms": quantiles(spent, n=20)[9],
        "p95_ms": quantiles(spent, n=20)[18],
        "goal_ms": GOAL_MS,
        f"dearest_ms: {dearest or 'no word'}": quantiles(by_question[dearest], n=20)[9],
        "raw_ms": quantiles(raw, n=20)[9],
        "ratio": quantiles(spent, n=20)[9] / quantiles(raw, n=20)[9],
    }


def _enter(offices: list) -> None:  # type: ignore[type-arg]
    """Write the rows as the operations would, many at once."""
    from joldama.openings.folding import folded_of
    from joldama.openings.models import Opening, Organisation
    from joldama.standard.kinds import ResultKind
    from joldama.standard.occupations import occupations

    random, at = Random(2015), datetime(2026, 11, 1, tzinfo=UTC)
    names = occupations()
    localities = ("Астана", "Теміртау", "Ақкөл", "Ақтау", "Алматы", "Көктал", "Жаңаарқа", "Сарыөзек")
    organisations = Organisation.objects.bulk_create(
        Organisation(bin=f"{number:012}", name_kk=f"«Көктем {number}» ЖШС", entered_at=at)
        for number in range(1000)
    )
    openings = []
    for number in range(OPENINGS):
        occupation = random.choice(names)
        opening = Opening(
            organisation=random.choice(organisations),
            office=offices[number % len(offices)],
            kind=random.choice((ResultKind.JOB_PLACEMENT, ResultKind.PUBLIC_WORKS)),
            occupation_kk=random.choice(occupation.kk),
            occupation_ru=random.choice(occupation.ru) if number % 3 else "",
            locality=random.choice(localities),
            address=f"Абай даңғылы, {number % 200}",
            wage=random.randrange(85_000, 400_000, 5_000),
            places=3,
            taken=random.randrange(4),
            open_from_on=date(2026, 11, 1),
            entered_at=at,
        )
        opening.folded = folded_of(opening)
        openings.append(opening)
    Opening.objects.bulk_create(openings, batch_size=2000)


def _times(work: Callable[[], object]) -> list[float]:
    """Give milliseconds of each round."""
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1000)
    return times
