"""What an occupation is called in the other language, so that a search in either finds it.

A small dated table (`occupations.toml`), no classifier; papers and pages say what the organisation said.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from joldama.standard.spelling import spelling_key


@dataclass(frozen=True)
class Occupation:
    """One occupation: its names in Kazakh and in Russian, each several words or one."""

    kk: tuple[str, ...]
    ru: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.kk, *self.ru)


@cache
def occupations() -> tuple[Occupation, ...]:
    """Give the table."""
    return tuple(Occupation(tuple(row["kk"]), tuple(row["ru"])) for row in _table()["occupations"])


def edition() -> date:
    """Tell of which day the table is."""
    day: date = _table()["edition"]
    return day


@lru_cache(maxsize=4096)
def also_called(text: str) -> tuple[str, ...]:
    """Give every name of the occupations that are named in a text in either language, in any spelling.

    An occupation is named where all words of one of its names stand, in whatever order.
    """
    words = set(spelling_key(text).split())
    named = (index for index, name in _words_of_names() if name <= words)
    return tuple(name for index in dict.fromkeys(named) for name in occupations()[index].names)


@cache
def _words_of_names() -> tuple[tuple[int, frozenset[str]], ...]:
    """Give the words of each name beside the place of its occupation in the table."""
    return tuple(
        (index, frozenset(spelling_key(name).split()))
        for index, one in enumerate(occupations())
        for name in one.names
    )


@cache
def _table() -> dict[str, Any]:
    shipped = resources.files("joldama.standard").joinpath("occupations.toml")
    return tomllib.loads(shipped.read_text(encoding="utf-8"))
