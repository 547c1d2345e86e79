"""How long a table of 10,000 openings takes: read, judged, entered; beside the bare reading of its bytes."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any
from uuid import uuid4
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
    """Measure; seconds of a whole table."""
    from bench.house import house

    with house():
        return _measured()


def _measured() -> dict[str, float]:
    from govkz.tables import Sheet, read, write_text, write_workbook
    from joldama.openings.tables.columns import TableSort
    from joldama.openings.tables.judging import judge
    from joldama.people.models import Staff
    from joldama.procedures.import_table import take_file

    headings, rows = list(ROW), [[text.format(n) for text in ROW.values()] for n in range(ROWS)]
    text, book = write_text(headings, rows), write_workbook([Sheet("Орындар", headings, rows)])
    bad = write_text(
        headings, [[*row[:9], "0", *row[10:]] if n % 10 == 0 else row for n, row in enumerate(rows)]
    )
    by = Staff.objects.select_related("office", "place").filter(role="specialist").order_by("pk")[0]

    def take(data: bytes) -> Any:
        return take_file(data, sort=TableSort.OPENINGS, key=uuid4(), by=by, at=AT)

    table = read(text)
    return {
        "rows": ROWS,
        "read_text": _seconds(lambda: read(text)),
        "raw_text": _seconds(lambda: list(csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";"))),
        "read_workbook": _seconds(lambda: read(book)),
        "raw_workbook": _seconds(lambda: _events_of(book)),
        "judge": _seconds(lambda: judge(table, TableSort.OPENINGS, today=ON)),
        "refuse_with_every_tenth_wrong": _seconds(lambda: take(bad)),
        "enter_workbook_whole": _seconds(lambda: take(book)),
        "enter_it_again": _seconds(lambda: take(text)),
    }


def _events_of(book: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(book)) as package, package.open("xl/worksheets/sheet1.xml") as sheet:
        return sum(1 for _event in iterparse(sheet))


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
