"""Read the cell of a column as the value it stands for, as people and programs write it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from govkz.tables import Cell, CellKind
from joldama.openings.content import Fault, faults_of_number
from joldama.openings.tables.columns import Column, Shape
from joldama.standard import words
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.letters import unprintable
from joldama.standard.spelling import spelling_key
from joldama.standard.typed import place_of_invisible

# A letter that a page of characters does not have becomes a question mark when a file is saved.
_LOST = re.compile(r"\?(?=\w)")
_NUMBER = re.compile(r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,12})(?:[.,]0{1,2})?")
_EXPONENT = re.compile(r"\d[.,]\d+[EЕ]\+?\d+", re.IGNORECASE)
_LOCAL_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MOST_LETTERS = 10
_BIN_DIGITS = 12
_LOST_ZEROS = range(9, _BIN_DIGITS)
"""Digits that are left of a number where a spreadsheet took it for a number and dropped its zeros."""


class NotRead(ValueError):
    """A cell is not what its column asks for; `fault` says why."""

    def __init__(self, column: Column, key: str, **values: Any) -> None:
        super().__init__(key)
        self.fault = Fault(column.name, key, values)


def value_of(column: Column, cell: Cell) -> Any:
    """Give the value of a filled cell; raise NotRead."""
    if cell.kind is CellKind.FORMULA:
        raise NotRead(column, "tables.fault.formula")
    return _READERS[column.shape](column, cell)


def in_place_of(column: Column) -> Any:
    """Give a value for a cell that could not be read, so that what depends on it is not said to be wrong too."""
    if column.shape is Shape.DAY:
        return date.min if column.name == "open_from_on" else date.max
    return _IN_PLACE[column.shape]


def _text(column: Column, cell: Cell) -> str:
    place = place_of_invisible(cell.text)
    if place is not None:
        raise NotRead(column, "error.characters", place=place)
    if len(cell.text) > column.longest:
        raise NotRead(column, "error.too_long", max=column.longest, count=len(cell.text))
    if letters := unprintable(cell.text):
        raise NotRead(column, "error.letters", letters=" ".join(letters[:_MOST_LETTERS]))
    if _LOST.search(cell.text):
        raise NotRead(column, "tables.fault.letters_lost")
    return " ".join(unicodedata.normalize("NFC", cell.text).split())


def _number_of_organisation(column: Column, cell: Cell) -> str:
    bare = re.sub(r"[\s\u00a0]", "", cell.text)
    if cell.kind is CellKind.NUMBER and len(bare) in _LOST_ZEROS:
        bare = bare.zfill(_BIN_DIGITS)
    if _EXPONENT.fullmatch(bare):
        raise NotRead(column, "tables.fault.bin_number")
    for wrong in faults_of_number(bare):
        raise NotRead(column, wrong.key, **wrong.values)
    return bare


def _number(column: Column, cell: Cell) -> int:
    found = _NUMBER.fullmatch(cell.text)
    if found is None:
        raise NotRead(column, "tables.fault.number")
    return int(re.sub(r"\D", "", found[1]))


def _day(column: Column, cell: Cell) -> date:
    found = _LOCAL_DAY.fullmatch(cell.text)
    written = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else cell.text
    try:
        # Nothing shorter: 20261123 could as well be a number.
        if len(written) == len("2026-11-23"):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise NotRead(column, "error.date_format")


def _kind(column: Column, cell: Cell) -> ResultKind:
    found = _kinds().get(spelling_key(cell.text))
    if found is None:
        raise NotRead(column, "tables.fault.kind")
    return found


def _training_kind(column: Column, cell: Cell) -> TrainingKind:
    found = _training_kinds().get(spelling_key(cell.text))
    if found is None:
        raise NotRead(column, "tables.fault.training_kind")
    return found


def _yes_no(column: Column, cell: Cell) -> bool:
    said = spelling_key(cell.text)
    for key, answer in (("tables.yes", True), ("tables.no", False)):
        if said in {spelling_key(words.say(key, one)) for one in words.LANGUAGES} | {str(answer).lower()}:
            return answer
    raise NotRead(column, "tables.fault.yes_no")


@cache
def _kinds() -> dict[str, ResultKind]:
    named = {str(kind.number): kind for kind in ResultKind}
    for kind in ResultKind:
        named[spelling_key(kind.value)] = kind
        for key in (kind.text_key, kind.short_key):
            named |= {spelling_key(words.say(key, one)): kind for one in words.LANGUAGES}
    return named


@cache
def _training_kinds() -> dict[str, TrainingKind]:
    named = {spelling_key(kind.value): kind for kind in TrainingKind}
    for kind in TrainingKind:
        named |= {spelling_key(words.say(kind.text_key, one)): kind for one in words.LANGUAGES}
    return named


_READERS: dict[Shape, Callable[[Column, Cell], Any]] = {
    Shape.TEXT: _text,
    Shape.BIN: _number_of_organisation,
    Shape.NUMBER: _number,
    Shape.DAY: _day,
    Shape.KIND: _kind,
    Shape.TRAINING_KIND: _training_kind,
    Shape.YES_NO: _yes_no,
}

_IN_PLACE: dict[Shape, Any] = {
    Shape.TEXT: "—",
    Shape.BIN: "",
    Shape.NUMBER: 1,
    Shape.TRAINING_KIND: TrainingKind.TRAINING,
    Shape.KIND: None,
    Shape.YES_NO: False,
}
