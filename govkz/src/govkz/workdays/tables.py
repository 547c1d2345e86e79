"""The calendar as published: one table a year in `data/`, each row with its act."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from govkz.workdays.calendar import Day, DayKind, WorkingCalendar

YEARS = range(2015, 2028)


@cache
def published() -> WorkingCalendar:
    """Return the calendar of all years shipped with this library, without later corrections."""
    acts = _read("acts")
    tables = [_read(str(year)) for year in YEARS]
    return WorkingCalendar(
        [day for table in tables for day in _days(table, acts)],
        first=date(YEARS[0], 1, 1),
        last=date(YEARS[-1], 12, 31),
        provisional_years=frozenset(table["year"] for table in tables if table["provisional"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("govkz.workdays") / "data" / f"{name}.toml").read_text("utf-8"))


def _days(table: dict[str, Any], acts: dict[str, Any]) -> Iterator[Day]:
    for on, row in table["days"].items():
        act = acts[row["act"]]
        yield Day(
            on=date.fromisoformat(on),
            kind=DayKind(row["kind"]),
            holiday=row.get("holiday"),
            other_date=row.get("other_date"),
            act=act["title"],
            act_key=row["act"],
            source=act["source"],
            provisional=table["provisional"],
        )
