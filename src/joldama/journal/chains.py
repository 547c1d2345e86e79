"""Derives chains again, batch by batch, and names the rows that were changed, removed, added or not sealed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection

from joldama.journal.canonical import BEGINNING, batch_hash
from joldama.journal.findings import Counted, Fault, Finding
from joldama.journal.ledgers import Table
from joldama.journal.models import NOWHERE, Batch

PATIENCE = timedelta(seconds=10)
"""How long a row may wait for its seal."""


@dataclass(frozen=True)
class SealedBatch:
    """A batch as it stands."""

    ordinal: int
    office: UUID
    number: int
    previous: bytes
    hash: bytes
    count: int
    sealed_at: datetime


def check_chains(
    table: Table, office: UUID | None, counted: Counted, *, first: int = 1, until: int | None = None
) -> Iterator[Finding]:
    """Derive the chains of a ledger again, or that of one office; all of them, or a piece of the whole journal.

    `first` and `until` are ordinals, both included.
    """
    heads: dict[UUID, tuple[int, bytes]] = {}
    for batch, sealed in batches_of(table, office=office, first=first, until=until):
        counted.batches += 1
        counted.rows += len(sealed)
        last, head = heads.get(batch.office) or _stood_before(first, table, batch.office)
        if batch.number != last + 1:
            told = f"batches {last + 1} to {batch.number - 1} of the chain are gone"
            yield Finding(Fault.BATCH_REMOVED, told, table.ledger, batch.office, last + 1)
        elif batch.previous != head:
            yield _found(Fault.BATCH_CHANGED, "it does not follow the batch before it", table, batch)
        yield from check_batch(table, batch, sealed)
        heads[batch.office] = (batch.number, batch.hash)
    if office is None and until is None:
        yield from _orphans(table)


def _stood_before(first: int, table: Table, office: UUID) -> tuple[int, bytes]:
    """Give number and hash of the last batch of a chain before the piece that is looked at."""
    before = Batch.objects.filter(ledger=table.ledger, office=office, ordinal__lt=first)
    head = before.order_by("-ordinal").first()
    return (head.number, bytes(head.hash)) if head else (0, BEGINNING)


def batches_of(
    table: Table, *, office: UUID | None = None, first: int = 1, until: int | None = None
) -> Iterator[tuple[SealedBatch, list[tuple[Any, ...]]]]:
    """Give the batches by their ordinals (`first` and `until` included), each with its seals in their order.

    A seal is position, row, hash, whether the row stands, and the columns of the row.
    """
    conditions = ["b.ledger = %s", "b.ordinal >= %s"]
    values: list[str | int | UUID] = [table.ledger.value, first]
    if until is not None:
        conditions.append("b.ordinal <= %s")
        values.append(until)
    if office is not None:
        conditions.append("b.office = %s")
        values.append(office)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT b.ordinal, b.office, b.number, b.previous, b.hash, b.count, b.sealed_at, "
            f"s.position, s.row, s.hash, r.id IS NOT NULL, {table.selected('r')} FROM journal_batch b "
            f"LEFT JOIN {table.seals._meta.db_table} s ON s.batch = b.ordinal "
            f"LEFT JOIN {table.name} r ON r.id = s.row "
            f"WHERE {' AND '.join(conditions)} ORDER BY b.ordinal, s.position",
            values,
        )
        for head, rows in groupby(cursor, key=lambda row: row[:7]):
            ordinal, of, number, previous, batch, count, sealed_at = head
            sealed = [row[7:] for row in rows if row[7] is not None]
            yield SealedBatch(ordinal, of, number, bytes(previous), bytes(batch), count, sealed_at), sealed


def check_batch(table: Table, batch: SealedBatch, sealed: Sequence[Sequence[Any]]) -> Iterator[Finding]:
    """Derive a batch again from its rows."""
    positions = [position for position, *_rest in sealed]
    if positions != list(range(1, batch.count + 1)):
        told = f"it was sealed with {batch.count} rows, and {len(positions)} seals stand"
        yield _found(Fault.BATCH_CHANGED, told, table, batch)
    kept, derived = [], []
    differing: list[int] = []
    for _position, row, stored, stands, *values in sealed:
        kept.append(bytes(stored))
        derived.append(table.hash(values) if stands else bytes(stored))
        if not stands:
            yield _found(Fault.ROW_REMOVED, f"row {row} was sealed and is gone", table, batch, row)
        elif derived[-1] != kept[-1]:
            differing.append(row)
    is_kept = _hash_of(table, batch, kept) == batch.hash
    if not is_kept and differing and _hash_of(table, batch, derived) == batch.hash:
        for row in differing:
            told = f"the seal of row {row} was changed, the row was not"
            yield _found(Fault.SEAL_CHANGED, told, table, batch, row)
        return
    for row in differing:
        yield _found(Fault.ROW_CHANGED, f"row {row} is not what was sealed", table, batch, row)
    if not is_kept and positions == list(range(1, batch.count + 1)):
        yield _found(Fault.BATCH_CHANGED, "its hash is not that of its rows", table, batch)


def _found(fault: Fault, told: str, table: Table, batch: SealedBatch, row: int | None = None) -> Finding:
    return Finding(fault, told, table.ledger, batch.office, batch.number, row)


def _hash_of(table: Table, batch: SealedBatch, rows: list[bytes]) -> bytes:
    return batch_hash(
        table.ledger.value,
        batch.office,
        batch.number,
        previous=batch.previous,
        sealed_at=batch.sealed_at,
        rows=rows,
    )


def _orphans(table: Table) -> Iterator[Finding]:
    """Name batches whose seals stand and which are gone themselves; whose they were is no longer known."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.batch, count(*) FROM {table.seals._meta.db_table} s "
            "LEFT JOIN journal_batch b ON b.ordinal = s.batch AND b.ledger = %s "
            "WHERE b.ordinal IS NULL GROUP BY s.batch ORDER BY s.batch",
            [table.ledger.value],
        )
        for ordinal, count in cursor.fetchall():
            told = f"batch {ordinal} of the whole journal is gone, the seals of its {count} rows stand"
            yield Finding(Fault.BATCH_REMOVED, told, table.ledger)


def check_unsealed(table: Table, office: UUID | None) -> Iterator[Finding]:
    """Name the rows that have no seal and should have one, and those that are gone before they had."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(r.id, u.row), r.office, r.id IS NOT NULL, u.since, clock_timestamp() - u.since "
            f"FROM {table.name} r "
            "FULL JOIN (SELECT row, min(since) AS since FROM journal_unsealed WHERE ledger = %s GROUP BY row) u "
            f"ON u.row = r.id LEFT JOIN {table.seals._meta.db_table} s ON s.row = coalesce(r.id, u.row) "
            "WHERE s.row IS NULL AND (%s::uuid IS NULL OR r.id IS NULL OR coalesce(r.office, %s) = %s) ORDER BY 1",
            [table.ledger.value, office, NOWHERE, office],
        )
        for row, of, stands, since, age in cursor.fetchall():
            if not stands:
                yield Finding(
                    Fault.ROW_REMOVED, f"row {row} is gone, and was never sealed", table.ledger, of, row=row
                )
            elif since is None:
                told = f"row {row} was written behind the journal's back: it never waited for a seal"
                yield Finding(Fault.ROW_ADDED, told, table.ledger, of, row=row)
            elif age > PATIENCE:
                told = f"row {row} has waited {age.total_seconds():.0f} s for its seal"
                yield Finding(Fault.ROW_UNSEALED, told, table.ledger, of, row=row)
