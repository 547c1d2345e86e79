"""How long a table of 10,000 openings takes: its request, and its errand, which reads, judges and enters.

Beside them stand the steps by themselves and the bare reading of the bytes.
"""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4
from xml.etree.ElementTree import iterparse

ROWS = 10_000
ON = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
ROW = {
    "external_id": "A-{}",
    "bin": "120340005670",
    "name_kk": "«Шеберхана» жауапкершілігі шектеулі серіктестігі",
    "name_ru": "ТОО «Шеберхана»",
    "kind": "Жұмысқа орналасу",
    "occupation_kk": "Дәнекерлеуші",
    "occupation_ru": "Сварщик",
    "locality": "Астана",
    "address": "Астана қаласы, Мәңгілік Ел даңғылы, 8",
    "places": "3",
    "wage": "85 000",
    "work_hours": "9:00-18:00",
    "start_on": "01.12.2026",
    "open_from_on": "23.11.2026",
    "open_until_on": "31.12.2026",
}


def run() -> dict[str, float]:
    """Measure; seconds of a whole table, those of a request of the median of three."""
    from bench.house import house

    with house():
        return _measured()


def _measured() -> dict[str, float]:
    from govkz.tables import Sheet, read, write_text, write_workbook
    from joldama.openings.tables.columns import TableSort
    from joldama.openings.tables.judging import judge
    from joldama.people.models import Staff
    from joldama.procedures import import_table

    headings, rows = list(ROW), [[text.format(n) for text in ROW.values()] for n in range(ROWS)]
    text, book = write_text(headings, rows), write_workbook([Sheet("Орындар", headings, rows)])
    bad = write_text(
        headings, [[*row[:9], "0", *row[10:]] if n % 10 == 0 else row for n, row in enumerate(rows)]
    )
    by = Staff.objects.select_related("office", "place").filter(role="specialist").order_by("pk")[0]

    def receive(data: bytes) -> Any:
        return import_table.receive(data, sort=TableSort.OPENINGS, key=uuid4(), by=by, at=AT)

    def errand(data: bytes) -> float:
        table = receive(data)
        return _seconds(lambda: run_errand(table.pk))

    def run_errand(table: UUID) -> None:
        waiting = import_table.begin(table, at=AT)
        assert waiting is not None
        import_table.settle(waiting, import_table.read_and_judge(waiting), at=AT)

    table = read(text)
    return {
        "rows": ROWS,
        "read_text": _seconds(lambda: read(text)),
        "raw_text": _seconds(lambda: list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))),
        "read_workbook": _seconds(lambda: read(book)),
        "raw_workbook": _seconds(lambda: _events_of(book)),
        "judge": _seconds(lambda: judge(table, TableSort.OPENINGS, today=ON)),
        "request_with_workbook": median(_seconds(lambda: receive(book)) for _ in range(3)),
        "request_with_text": median(_seconds(lambda: receive(text)) for _ in range(3)),
        "errand_with_every_tenth_wrong": errand(bad),
        "errand_enters_workbook_whole": errand(book),
        "errand_enters_it_again": errand(text),
    }


def _events_of(book: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(book)) as package, package.open("xl/worksheets/sheet1.xml") as sheet:
        return sum(1 for _event in iterparse(sheet))


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
