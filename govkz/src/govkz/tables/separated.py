"""Tables as text: what Excel, LibreOffice and 1C save as CSV, in the encodings they save it in."""

import codecs
import csv
import io
from collections.abc import Iterator

from govkz.tables.cells import Cell, CellKind, Table, is_formula_like
from govkz.tables.limits import Limits, Unread, Unreadable, table_of

# Kazakh letters stand where the Cyrillic page of Windows has letters of other languages; Russian ones are
# the same in both (СТ РК 1048-2002), so one page reads whatever is no Unicode.
_ONE_BYTE = "kz1048"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (";", "\t", ",", "|")


def read(data: bytes, *, limits: Limits) -> Table:
    """Read a text with separators. Raise Unreadable."""
    return table_of(_records(_decoded(data)), limits=limits)


def glance(data: bytes, *, limits: Limits) -> None:
    """Raise Unreadable for what is no text, or for a blank one."""
    if not _decoded(data).strip():
        raise Unreadable(Unread.EMPTY)


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    try:
        text = data.decode(encoding) if encoding else _unmarked(data)
    except UnicodeDecodeError:
        raise Unreadable(Unread.NO_TABLE) from None
    if "\0" in text:
        raise Unreadable(Unread.NO_TABLE)
    return text


def _unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_ONE_BYTE)


def _records(text: str) -> Iterator[tuple[int, list[Cell]]]:
    first, _, rest = text.partition("\n")
    # Excel's own way to name the separator; it shows no row for it.
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        separator, text = first.strip()[-1], rest
    else:
        separator = _separator_of(first)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            yield number, [_cell(one) for one in record]
    except csv.Error:
        # Mostly a quotation mark that nobody closed: everything after it would become one cell.
        raise Unreadable(Unread.BROKEN, row=number + 1) from None


def _separator_of(line: str) -> str:
    bare = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=bare.count)


def _cell(text: str) -> Cell:
    bare = text.strip()
    return Cell(bare, CellKind.FORMULA if is_formula_like(bare) else CellKind.TEXT)
