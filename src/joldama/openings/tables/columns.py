"""The columns of the two tables, by the names the API has for them; people see them in three languages."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from joldama.standard import words
from joldama.standard.spelling import spelling_key


class TableSort(StrEnum):
    """What stands in the rows of a table."""

    OPENINGS = "openings"
    ORGANISATIONS = "organisations"

    @property
    def text_key(self) -> str:
        return f"tables.sort.{self}"


class Shape(StrEnum):
    """How the value of a column is written."""

    TEXT = "text"
    BIN = "bin"
    NUMBER = "number"
    DAY = "day"
    KIND = "kind"
    TRAINING_KIND = "training_kind"
    YES_NO = "yes_no"


@dataclass(frozen=True)
class Column:
    """A column: its name, how its values are written, and the most characters of a text."""

    name: str
    shape: Shape = Shape.TEXT
    longest: int = 250
    is_required: bool = False
    other_headings: tuple[str, ...] = ()
    """Keys of words that stand above it as well."""

    @property
    def text_key(self) -> str:
        """Key of its heading; what to write stands under the same key with `.hint`."""
        return f"tables.column.{self.name}"


_BIN = Column("bin", Shape.BIN, 12, is_required=True, other_headings=("iin",))
_NAMES = (Column("name_kk"), Column("name_ru"), Column("organisation_address"))

_COLUMNS = {
    TableSort.ORGANISATIONS: (_BIN, *_NAMES, Column("is_training", Shape.YES_NO)),
    TableSort.OPENINGS: (
        Column("external_id", longest=120, is_required=True),
        _BIN,
        *_NAMES,
        Column("kind", Shape.KIND, is_required=True),
        Column("training_kind", Shape.TRAINING_KIND),
        Column("occupation_kk"),
        Column("occupation_ru"),
        Column("course"),
        Column("locality", longest=120),
        Column("address"),
        Column("places", Shape.NUMBER, is_required=True),
        Column("wage", Shape.NUMBER),
        Column("stipend", Shape.NUMBER),
        Column("work_hours", longest=120),
        Column("duration", longest=120),
        Column("start_on", Shape.DAY),
        Column("contract_number", longest=60),
        Column("contract_on", Shape.DAY),
        Column("open_from_on", Shape.DAY),
        Column("open_until_on", Shape.DAY),
    ),
}


def columns_of(sort: TableSort) -> tuple[Column, ...]:
    """Give the columns of a table in their order."""
    return _COLUMNS[sort]


@cache
def column_named(sort: TableSort, heading: str) -> Column | None:
    """Give the column of a heading: in any of the languages, in any spelling, or by its name in the API.

    A star and what stands in brackets are remarks.
    """
    return _headings(sort).get(_folded(heading))


@cache
def _headings(sort: TableSort) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in columns_of(sort):
        keys = (column.text_key, *column.other_headings)
        named = [column.name, *(words.say(key, one) for key in keys for one in words.LANGUAGES)]
        for name in named:
            assert found.setdefault(_folded(name), column) is column, name
    return found


def _folded(heading: str) -> str:
    return spelling_key(heading.partition("(")[0])
