"""Tables as workbooks (ISO/IEC 29500, XLSX): the first sheet, by openpyxl, of a package that was looked at."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from govkz.tables.cells import Cell, CellKind, Table, is_formula_like
from govkz.tables.limits import Limits, Unread, Unreadable, table_of
from govkz.tables.package import look_over, looked_at

# A cell that is not closed at once has something in it.
_FILLED = re.compile(rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"'][A-Z]{1,3}(\d{1,9})[\"'][^>]*(?<!/)>")
_EMPTY = Cell("")
_ROOM = 1000
"""Rows that may stand empty between filled ones."""

# What a damaged part makes the library raise; it has no one name for it.
_DAMAGED = (
    ParseError,
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
)


def read(data: bytes, *, limits: Limits) -> Table:
    """Read the first sheet of a workbook. Raise Unreadable."""
    with looked_at(data, limits=limits) as package:
        try:
            return table_of(_rows(package, limits), limits=limits)
        except Unreadable:
            raise
        except _DAMAGED:
            raise Unreadable(Unread.BROKEN) from None


def glance(data: bytes, *, limits: Limits) -> None:
    """Raise Unreadable for a package that is no workbook by the list of its parts; none is unpacked."""
    look_over(data, limits=limits)


def _rows(package: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[int, list[Cell]]]:
    assert package.fp is not None
    most = limits.rows + _ROOM
    with warnings.catch_warnings():
        # It warns of styles and extensions it does not keep; a table has none.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(package.fp, read_only=True, keep_links=False)
    try:
        sheet: Any = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise Unreadable(Unread.EMPTY)
        # Past this row nothing is read, so nothing may stand there; and a row may call itself any number.
        if any(int(found[1]) > most for found in _FILLED.finditer(package.read(sheet._worksheet_path))):
            raise Unreadable(Unread.TOO_MANY_ROWS)
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=most, max_col=limits.columns + 1)
        for number, row in enumerate(rows, start=1):
            yield number, [_cell(one) for one in row]
    finally:
        book.close()


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return _EMPTY
    if cell.data_type in ("f", "e"):
        return Cell(value if isinstance(value, str) else "=", CellKind.FORMULA)
    if isinstance(value, bool):
        return Cell(str(value).lower())
    if isinstance(value, int | float):
        return Cell(_figure(value), CellKind.NUMBER)
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return (
            Cell(value.date().isoformat(), CellKind.DAY) if is_day else Cell(value.isoformat(" ", "minutes"))
        )
    if isinstance(value, date):
        return Cell(value.isoformat(), CellKind.DAY)
    bare = str(value).strip()
    return Cell(bare, CellKind.FORMULA if is_formula_like(bare) else CellKind.TEXT)


def _figure(value: float) -> str:
    """Write a number as a person would: 85000 and not 85000.0, 0.5, never an exponent."""
    return f"{Decimal(repr(value)).normalize():f}"
