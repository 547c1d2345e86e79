"""The two tables that are chained, as the sealer and its checker read them: every column of a row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from joldama.journal.canonical import read_facts, row_hash
from joldama.journal.models import NOWHERE, EventSeal, Ledger, LookSeal, Seal


@dataclass(frozen=True)
class Table:
    """A chained table: its columns, of which `id` is the first, and where its seals stand."""

    ledger: Ledger
    name: str
    columns: tuple[str, ...]
    seals: type[Seal]

    def selected(self, alias: str) -> str:
        """Return the columns for a SELECT; JSON as the text the database keeps."""
        return ", ".join(
            f"{alias}.{column}::text" if column == "facts" else f"{alias}.{column}" for column in self.columns
        )

    def hash(self, values: Sequence[Any]) -> bytes:
        """Return the hash of a row that was selected."""
        return row_hash(self.ledger.value, dict(zip(self.columns, self._read(values), strict=True)))

    def office(self, values: Sequence[Any]) -> UUID:
        """Return the office in whose chain a row that was selected belongs."""
        office: UUID | None = values[self.columns.index("office")]
        return office or NOWHERE

    def _read(self, values: Sequence[Any]) -> Iterator[Any]:
        for column, value in zip(self.columns, values, strict=True):
            yield read_facts(value) if column == "facts" else value


EVENTS = Table(
    Ledger.EVENT,
    "journal_event",
    (
        "id",
        "at",
        "entered_at",
        "name",
        "subject",
        "office",
        "actor_kind",
        "actor",
        "paragraph",
        "facts",
    ),
    EventSeal,
)
LOOKS = Table(
    Ledger.LOOK,
    "journal_look",
    ("id", "at", "person", "subject", "staff", "office", "page", "allowed"),
    LookSeal,
)
TABLES = (EVENTS, LOOKS)
