"""Judge the rows of a table each by itself: what is wrong is said of row and column, all of it at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from govkz.tables import Cell, Table
from joldama.openings.content import Fault, OpeningSaid, OrganisationSaid
from joldama.openings.tables.columns import Column, TableSort, column_named, columns_of
from joldama.openings.tables.values import NotRead, in_place_of, value_of
from joldama.standard.kinds import ResultKind
from joldama.standard.organisation_numbers import masked

LONGEST_GIVEN = 80
"""Characters of a cell that a report repeats."""

TOLD_EVERY = 500
"""Rows between two words of how far judging is."""

Hearer = Callable[[int], object]
"""Is told how many rows are judged."""


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a row: column by its name, or as the file has its heading, and what stands there."""

    row: int
    column: str
    given: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RowSaid:
    """What a row says; `opening` in a table of openings, `organisation` where a name is given.

    An opening whose first day nobody says is open from the day it comes.
    """

    number: int
    organisation_number: str
    external_id: str = ""
    organisation: OrganisationSaid | None = None
    opening: OpeningSaid | None = None
    says_first_day: bool = False


@dataclass(frozen=True)
class Judged:
    """The rows that can be entered, and everything that is wrong with the others."""

    rows: tuple[RowSaid, ...]
    faults: tuple[RowFault, ...]


def judge(table: Table, sort: TableSort, *, today: date, tell: Hearer | None = None) -> Judged:
    """Judge a table whose first row holds headings; an opening without a first day is open from today."""
    columns, faults = _columns(table.headings, sort)
    if faults:
        return Judged((), faults)
    if not table.rows:
        return Judged((), (RowFault(1, "", "", "tables.fault.no_rows"),))
    found: list[tuple[int, dict[str, Cell]]] = []
    beside: list[RowFault] = []
    for row in table.rows:
        # An empty heading has no values below it: a separator inside a text makes such a row.
        loose = [cell for at, cell in enumerate(row.cells) if cell.text and columns.get(at) is None]
        beside += [_fault(row.number, "", cell, "tables.fault.beside") for cell in loose[:1]]
        named = {columns[at].name: cell for at, cell in enumerate(row.cells) if at in columns and cell.text}
        found.append((row.number, named))
    judged = judge_rows(found, sort, today=today, tell=tell)
    return Judged(judged.rows, tuple(sorted((*beside, *judged.faults), key=lambda one: one.row)))


def judge_rows(
    rows: Sequence[tuple[int, Mapping[str, Cell]]],
    sort: TableSort,
    *,
    today: date,
    tell: Hearer | None = None,
) -> Judged:
    """Judge numbered rows by the names of their columns; empty cells are left out."""
    named_by = "external_id" if sort is TableSort.OPENINGS else "bin"
    said: list[RowSaid] = []
    faults: list[RowFault] = []
    earlier: dict[str, int] = {}
    for done, (number, cells) in enumerate(rows):
        if tell is not None and done % TOLD_EVERY == 0:
            tell(done)
        values, unread = _values(cells, sort)
        wrong = [*unread]
        if named_by not in {one.field for one in unread}:
            first = earlier.setdefault(values[named_by], number)
            wrong += [Fault(named_by, "tables.fault.twice", {"row": first})] if first != number else []
        if values.get("kind", ...) is None:
            # Which of the other cells are needed hangs on the kind.
            faults += [_of_said(number, cells, one) for one in wrong]
            continue
        row = _said(number, values, sort, today=today)
        wrong += _faults_of(row)
        faults += [_of_said(number, cells, one) for one in wrong]
        if not wrong:
            said.append(row)
    return Judged(tuple(said), tuple(faults))


def _columns(headings: Sequence[str], sort: TableSort) -> tuple[dict[int, Column], tuple[RowFault, ...]]:
    found: dict[int, Column] = {}
    faults: list[RowFault] = []
    for at, heading in enumerate(headings):
        if not heading:
            continue
        column = column_named(sort, heading)
        if column is None:
            faults.append(_of_heading(heading, "tables.fault.unknown_column"))
        elif column in found.values():
            faults.append(_of_heading(heading, "tables.fault.column_twice"))
        else:
            found[at] = column
    for column in columns_of(sort):
        if column.is_required and column not in found.values():
            faults.append(RowFault(1, column.name, "", "tables.fault.no_column"))
    return found, tuple(faults)


def _values(cells: Mapping[str, Cell], sort: TableSort) -> tuple[dict[str, Any], list[Fault]]:
    """Give the value of each filled cell, another in place of one that cannot be read, and what is wrong."""
    values: dict[str, Any] = {}
    wrong: list[Fault] = []
    for column in columns_of(sort):
        cell = cells.get(column.name)
        try:
            if cell is not None:
                values[column.name] = value_of(column, cell)
            elif column.is_required:
                raise NotRead(column, "tables.fault.required")
        except NotRead as unread:
            wrong.append(unread.fault)
            values[column.name] = in_place_of(column)
    return values, wrong


def _said(number: int, values: dict[str, Any], sort: TableSort, *, today: date) -> RowSaid:
    if sort is TableSort.ORGANISATIONS:
        return RowSaid(number=number, organisation_number=values["bin"], organisation=_organisation(values))
    is_named = "name_kk" in values or "name_ru" in values
    return RowSaid(
        number=number,
        organisation_number=values["bin"],
        external_id=values["external_id"],
        organisation=_organisation(values) if is_named else None,
        opening=_opening(values, today=today),
        says_first_day="open_from_on" in values,
    )


def _organisation(values: dict[str, Any]) -> OrganisationSaid:
    kind = values.get("kind")
    return OrganisationSaid(
        number=values["bin"],
        name_kk=values.get("name_kk", ""),
        name_ru=values.get("name_ru", ""),
        address=values.get("organisation_address", ""),
        is_training=values.get("is_training", kind is ResultKind.VOCATIONAL_TRAINING),
    )


_BESIDE_THE_OPENING = frozenset({"external_id", "bin", "name_kk", "name_ru", "organisation_address"})


def _opening(values: dict[str, Any], *, today: date) -> OpeningSaid:
    told = {name: value for name, value in values.items() if name not in _BESIDE_THE_OPENING}
    return OpeningSaid(**{"open_from_on": today, **told})


def _faults_of(row: RowSaid) -> Iterator[Fault]:
    # The number was judged when it was read.
    if row.organisation is not None:
        yield from (one for one in row.organisation.faults() if one.field != "bin")
    if row.opening is not None:
        yield from row.opening.faults()


def _of_said(number: int, cells: Mapping[str, Cell], fault: Fault) -> RowFault:
    return _fault(number, fault.field, cells.get(fault.field, Cell("")), fault.key, **fault.values)


def _fault(row: int, column: str, cell: Cell, key: str, /, **values: Any) -> RowFault:
    return RowFault(row, column, masked(cell.text[:LONGEST_GIVEN]), key, values)


def _of_heading(heading: str, key: str) -> RowFault:
    return RowFault(1, heading[:LONGEST_GIVEN], heading[:LONGEST_GIVEN], key)
