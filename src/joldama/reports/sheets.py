"""Writes a table as CSV that a spreadsheet opens as text: no cell of it is taken for a formula.

UTF-8 with the mark by which spreadsheets know it; cells parted by semicolons, as they are here where the
comma parts decimals; lines end as RFC 4180 has it.
"""

import csv
from collections.abc import Iterable
from io import StringIO

from django.http import HttpResponse

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def sheet(name: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Give a table as a file to download."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([plain(cell) for cell in header])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    response = HttpResponse(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def plain(cell: object) -> object:
    """Give a cell that no spreadsheet takes for a formula; a number stays a number."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    text = str(cell)
    return (
        f"'{text}"
        if text.lstrip(" \u00a0").startswith(_BEGINS_A_FORMULA) or text.startswith(_BEGINS_A_FORMULA)
        else text
    )
