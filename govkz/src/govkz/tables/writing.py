"""Write tables that a spreadsheet opens as they are: nothing in them is reckoned with."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from govkz.tables.cells import protected

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name of at most 31 characters, its headings, its rows; all of it is text."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def write_text(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Write a table as Excel opens it with a double click: UTF-8 with its mark, semicolons."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for row in (headings, *rows):
        writer.writerow([protected(_writable(one)) for one in row])
    return written.getvalue().encode("utf-8-sig")


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook; its headings stay in sight, every cell is a text."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        drawn = book.create_sheet(sheet.name)
        drawn.freeze_panes = "A2"
        for at, heading in enumerate(sheet.headings, start=1):
            longest = max([len(heading), *(len(row[at - 1]) for row in sheet.rows[:100] if len(row) >= at)])
            column = drawn.column_dimensions[get_column_letter(at)]
            column.width = min(longest + 2, _WIDEST)
            # As text, so that a number of twelve digits that is typed there keeps its zeros.
            column.number_format = "@"
        drawn.append([_heading(drawn, one) for one in sheet.headings])
        for row in sheet.rows:
            drawn.append([_text(drawn, one) for one in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _heading(sheet: Any, text: str) -> Any:
    cell = _literal(sheet, _writable(text))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _text(sheet: Any, text: str) -> Any:
    writable = _writable(text)
    # What begins with "=" would become a formula, and what begins with "#" an error.
    return _literal(sheet, writable) if writable.startswith(("=", "#")) else writable


def _literal(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
