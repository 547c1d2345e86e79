"""Keep what is wrong with a table, and tell it in three languages: on a page, in a file, to a partner's system."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from joldama.openings.tables.columns import TableSort, columns_of
from joldama.openings.tables.judging import RowFault
from joldama.standard import words
from joldama.standard.words import HasText, Phrase

Coded = list[Any]
"""A fault as JSON keeps it: row, column, what stands there, key, values."""


def coded(faults: Iterable[RowFault]) -> list[Coded]:
    """Give faults as JSON keeps them; a day and a thing with a text of its own are marked."""
    return [
        [one.row, one.column, one.given, one.key, {name: _kept(value) for name, value in one.values.items()}]
        for one in faults
    ]


def decoded(kept: Iterable[Coded]) -> list[RowFault]:
    """Give the faults that were kept."""
    return [
        RowFault(row, column, given, key, {name: _told(value) for name, value in values.items()})
        for row, column, given, key, values in kept
    ]


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, HasText):
        return {"text": value.text_key}
    return value


def _told(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return date.fromisoformat(value["day"]) if "day" in value else Phrase(value["text"])


def said(fault: RowFault, language: str) -> str:
    """Say what is wrong: what happened, why, what to do."""
    return words.say(fault.key, language, **fault.values)


def heading(fault: RowFault, sort: TableSort, language: str) -> str:
    """Name the column of a fault as people see it; one nobody knows as its file has it."""
    known = {column.name: column.text_key for column in columns_of(sort)}
    return words.say(known[fault.column], language) if fault.column in known else fault.column


def report(faults: Sequence[RowFault], sort: TableSort, language: str) -> tuple[list[str], list[list[str]]]:
    """Give headings and rows of the report as a table: each fault is told in all three languages."""
    names = ("row", "column", "given", *words.LANGUAGES)
    headings = [words.say(f"tables.report.{name}", language) for name in names]
    rows = [
        [
            str(one.row or ""),
            heading(one, sort, language),
            one.given,
            *(said(one, spoken) for spoken in words.LANGUAGES),
        ]
        for one in faults
    ]
    return headings, rows
