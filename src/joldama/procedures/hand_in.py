"""What the system of a partner does with openings of its office: hands in, closes, looks how they stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from govkz.tables import Cell, CellKind, is_formula_like
from joldama.openings.bulk import HandedIn, NotWritten, Written
from joldama.openings.models import Opening, Partner, Source
from joldama.openings.operations import close_opening
from joldama.openings.tables.columns import TableSort, columns_of
from joldama.openings.tables.judging import LONGEST_GIVEN, RowFault, judge_rows
from joldama.procedures.import_table import write
from joldama.procedures.partners import today_of

MOST_AT_ONCE = 500
"""Openings in one call, and closed by one."""

LISTED_AT_ONCE = 200


class NotTaken(ValueError):
    """Nothing of a call was taken; `faults` say of each item, counted from 1, what is wrong with it."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


def hand_in(items: Sequence[Mapping[str, Any]], *, partner: Partner, at: datetime) -> Written:
    """Enter and correct openings by the partner's own numbers, all of them or none. Raise NotTaken."""
    rows, faults = [], []
    for number, item in enumerate(items, start=1):
        cells, wrong = _cells(number, item)
        rows.append((number, cells))
        faults += wrong
    judged = judge_rows(rows, TableSort.OPENINGS, today=today_of(partner.office, at=at))
    # A field whose value was no value is not missing as well.
    told = {(one.row, one.column) for one in faults}
    faults += [one for one in judged.faults if (one.row, one.column) not in told]
    if faults:
        raise NotTaken(sorted(faults, key=lambda one: one.row))
    handed = HandedIn(
        office=partner.office, by=partner.actor, at=at, source=Source.API, system=partner.system
    )
    try:
        return write(judged.rows, TableSort.OPENINGS, handed)
    except NotWritten as refused:
        raise NotTaken(refused.faults) from refused


@transaction.atomic
def close(numbers: Sequence[str], *, partner: Partner, at: datetime) -> int:
    """Close openings by the partner's own numbers, all of them or none; give how many were open till now.

    Raise NotTaken for a number under which it handed nothing in.
    """
    found = _of(partner).select_for_update(of=("self",)).filter(external_id__in=numbers).order_by("pk")
    stand = {one.external_id: one for one in found}
    unknown = [
        RowFault(place, "external_id", number[:LONGEST_GIVEN], "tables.fault.unknown_opening")
        for place, number in enumerate(numbers, start=1)
        if number not in stand
    ]
    if unknown:
        raise NotTaken(unknown)
    return sum(close_opening(one, by=partner.actor, at=at) for one in stand.values())


def listed(partner: Partner, *, after: str) -> list[Opening]:
    """Give openings the partner handed in, by its numbers, from the one after a number on."""
    return list(_of(partner).filter(external_id__gt=after).order_by("external_id")[:LISTED_AT_ONCE])


def _of(partner: Partner) -> Any:
    return Opening.objects.filter(office=partner.office_id, external_system=partner.system)


def _cells(number: int, item: Mapping[str, Any]) -> tuple[dict[str, Cell], list[RowFault]]:
    known = {column.name for column in columns_of(TableSort.OPENINGS)}
    cells: dict[str, Cell] = {}
    wrong: list[RowFault] = []
    for name, value in item.items():
        cell = _cell(value)
        if name not in known:
            wrong.append(RowFault(number, name[:LONGEST_GIVEN], "", "tables.fault.unknown_field"))
        elif cell is None:
            wrong.append(RowFault(number, name, "", "tables.fault.value"))
        elif cell.text:
            cells[name] = cell
    return cells, wrong


def _cell(value: Any) -> Cell | None:
    """Give a value of JSON as a cell; None where it is neither a text nor a whole number nor nothing."""
    if value is None:
        return Cell("")
    if isinstance(value, str):
        bare = value.strip()
        return Cell(bare, CellKind.FORMULA if is_formula_like(bare) else CellKind.TEXT)
    if isinstance(value, int) and not isinstance(value, bool):
        return Cell(str(value), CellKind.NUMBER)
    return None
