"""Seals the journal: chains what was committed, an office's rows in batches, and signs checkpoints (docs/journal.md).

Rows are written unchained: a chain inside the business transaction would make the whole country one queue. What
was committed waits in `Unsealed`, which a trigger fills; one sealer at a time takes it from there, in the order
of ids, and writes batches and seals in one transaction. So nothing is skipped, and nothing sealed twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from joldama.journal.canonical import BEGINNING, batch_hash, body_hash, checkpoint_body
from joldama.journal.ledgers import TABLES, Table
from joldama.journal.models import Batch, Checkpoint, Unsealed
from joldama.vault import signing

MOST = 5_000
"""Rows sealed in one transaction, so that a long backlog needs little memory."""

CHECKPOINT_AFTER = timedelta(seconds=10)
"""How long batches stand at most before a checkpoint signs them, while a sealer runs."""

_TURN = 7_055_001
"""The lock of the database that only one sealer holds at a time; a number of ours."""


def seal(*, most: int = MOST) -> int:
    """Chain rows that wait, at most so many; say how many. Nothing while another sealer is at it.

    Waits for no disk: what a falling database forgets is sealed again, and a checkpoint does wait.
    """
    if not Unsealed.objects.exists():
        return 0
    with transaction.atomic():
        if not _take_turn():
            return 0
        waiting = list(Unsealed.objects.order_by("id").values_list("id", "ledger", "row")[:most])
        at = _clock()
        taken: set[tuple[str, int]] = set()
        for table in TABLES:
            found = _selected(table, [row for _id, ledger, row in waiting if ledger == table.ledger])
            _chain(table, [row for is_sealed, *row in found if not is_sealed], at=at)
            taken |= {(table.ledger.value, row) for _is_sealed, row, *_rest in found}
        # Who waits and is gone goes on waiting: the checker names him.
        done = [one for one, *row in waiting if tuple(row) in taken]
        _wait_no_longer(done)
        _do_not_wait_for_the_disk()
    return len(done)


def sign_checkpoint(*, after: timedelta = CHECKPOINT_AFTER) -> bool:
    """Sign what was sealed since the last checkpoint, once that is `after` old; say whether something is left."""
    if not _is_unsigned():
        return False
    with transaction.atomic():
        if not _take_turn():
            return True
        latest = Checkpoint.objects.order_by("-number").first()
        at = _clock()
        if latest is not None and timedelta(0) <= at - latest.at < after:
            return True
        batches = list(
            Batch.objects.filter(ordinal__gt=latest.last if latest else 0)
            .order_by("ordinal")
            .values_list("ordinal", "hash")
        )
        if batches:
            _sign(latest, batches, at=at)
    return False


def _sign(
    latest: Checkpoint | None, batches: Sequence[tuple[int, bytes | memoryview]], *, at: datetime
) -> None:
    number = latest.number + 1 if latest else 1
    body = checkpoint_body(
        number,
        previous=body_hash(latest.body) if latest else BEGINNING,
        at=at,
        first=batches[0][0],
        last=batches[-1][0],
        batches=[bytes(each) for _ordinal, each in batches],
        key=signing.key_name(),
    )
    Checkpoint.objects.create(
        number=number, at=at, last=batches[-1][0], body=body, signature=signing.sign(body)
    )


def _is_unsigned() -> bool:
    last_batch = Batch.objects.order_by("-ordinal").values_list("ordinal", flat=True).first()
    last_signed = Checkpoint.objects.order_by("-number").values_list("last", flat=True).first()
    return (last_batch or 0) > (last_signed or 0)


def _chain(table: Table, rows: Sequence[Sequence[Any]], *, at: datetime) -> None:
    """Write a batch for each office, behind the last one of its chain."""
    if not rows:
        return
    behind = Batch.objects.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    of_offices = groupby(sorted(rows, key=lambda row: (table.office(row), row[0])), key=table.office)
    chains = {office: [(row[0], table.hash(row)) for row in found] for office, found in of_offices}
    heads = _heads(table, list(chains))
    batches, seals = list[Batch](), list[tuple[int, int, int, bytes]]()
    for ordinal, (office, hashes) in enumerate(chains.items(), start=behind + 1):
        last, previous = heads.get(office, (0, BEGINNING))
        batches.append(
            Batch(
                ordinal=ordinal,
                ledger=table.ledger,
                office=office,
                number=last + 1,
                previous=previous,
                hash=batch_hash(
                    table.ledger.value,
                    office,
                    last + 1,
                    previous=previous,
                    sealed_at=at,
                    rows=[each for _row, each in hashes],
                ),
                count=len(hashes),
                sealed_at=at,
            )
        )
        seals += [(row, ordinal, position, each) for position, (row, each) in enumerate(hashes, start=1)]
    Batch.objects.bulk_create(batches)
    _keep(table, seals)


def _selected(table: Table, rows: list[int]) -> list[Sequence[Any]]:
    """Select rows, before each whether it is sealed already: one that waits twice is sealed once."""
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.row IS NOT NULL, {table.selected('r')} FROM {table.name} r "
            f"LEFT JOIN {table.seals._meta.db_table} s ON s.row = r.id WHERE r.id = ANY(%s)",
            [rows],
        )
        return cursor.fetchall()


def _keep(table: Table, seals: Sequence[tuple[int, int, int, bytes]]) -> None:
    """Write seals in one statement that is the same whatever their number is: it is planned once."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table.seals._meta.db_table} (row, batch, position, hash) "
            "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::bytea[])",
            [list(column) for column in zip(*seals, strict=True)],
        )


def _wait_no_longer(done: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_unsealed WHERE id = ANY(%s)", [done])


def _heads(table: Table, offices: list[UUID]) -> dict[UUID, tuple[int, bytes]]:
    """Give number and hash of the last batch of each chain that has one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.office, b.number, b.hash FROM unnest(%s::uuid[]) AS c(office) CROSS JOIN LATERAL "
            "(SELECT number, hash FROM journal_batch WHERE ledger = %s AND office = c.office "
            "ORDER BY number DESC LIMIT 1) AS b",
            [offices, table.ledger.value],
        )
        return {office: (number, bytes(each)) for office, number, each in cursor.fetchall()}


def _take_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_TURN])
        return bool(cursor.fetchone()[0])


def _clock() -> datetime:
    """Give the moment of the database's clock: seals are of the world's time, whatever a demonstration's clock says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _do_not_wait_for_the_disk() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
