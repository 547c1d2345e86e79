"""How much of a table is read, why a file is not read, and how rows become a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from govkz.tables.cells import Cell, Row, Table


class Unread(StrEnum):
    """Why a file is not read as a table."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    OLD_OR_LOCKED = "old_or_locked"
    NO_TABLE = "no_table"
    BROKEN = "broken"


class Unreadable(ValueError):
    """A file is no table, or more than is read; `row` where a row is to blame, else 0."""

    def __init__(self, why: Unread, *, row: int = 0) -> None:
        super().__init__(f"{why}: {row}" if row else str(why))
        self.why = why
        self.row = row


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: `size` and `unpacked` in bytes, `rows` without the headings."""

    size: int = 5_000_000
    unpacked: int = 60_000_000
    parts: int = 400
    rows: int = 10_000
    columns: int = 60


def table_of(rows: Iterable[tuple[int, list[Cell]]], *, limits: Limits) -> Table:
    """Make a table of numbered rows; empty ones are left out. Raise Unreadable past a limit, or for no row."""
    headings: tuple[str, ...] | None = None
    kept: list[Row] = []
    for number, cells in rows:
        while cells and not cells[-1].text:
            cells.pop()
        if not cells:
            continue
        if len(cells) > limits.columns:
            raise Unreadable(Unread.TOO_MANY_COLUMNS, row=number)
        if headings is None:
            headings = tuple(cell.text for cell in cells)
            continue
        if len(kept) == limits.rows:
            raise Unreadable(Unread.TOO_MANY_ROWS)
        kept.append(Row(number, tuple(cells)))
    if headings is None:
        raise Unreadable(Unread.EMPTY)
    return Table(headings, tuple(kept))
