"""What a table is made of, and the cells that a spreadsheet would take for a formula."""

import re
from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """What stands in a cell; a text file knows texts and formulas only."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text: a number without needless zeros, a day in ISO 8601, a formula as it was written."""

    text: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the number by which its spreadsheet shows it; cells after the last filled one are left out."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first filled row as headings, and the filled rows below it."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


_SIGN_OF_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIGURE = re.compile(r"[+-]?[\d\s.,]*\d")


def is_formula_like(text: str) -> bool:
    """Say whether a spreadsheet that opens this text in a CSV file would reckon with it.

    The signs are those of OWASP's "CSV Injection"; a plain figure with its sign reckons nothing.
    """
    return text.startswith(_SIGN_OF_FORMULA) and _FIGURE.fullmatch(text) is None


def protected(text: str) -> str:
    """Give a text that a spreadsheet shows and does not reckon with: an apostrophe stands before it."""
    return f"'{text}" if is_formula_like(text) else text
