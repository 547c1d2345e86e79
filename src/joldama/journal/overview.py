"""Reads how far the journal is sealed and signed, in the world's time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.db.models.functions import Now

from joldama.journal import chains, checkpoints
from joldama.journal.models import Batch, Checkpoint, Ledger, Unsealed


@dataclass(frozen=True)
class Signed:
    """The last checkpoint: how many batches stand signed, and by which key."""

    number: int
    at: datetime
    batches: int
    key: str


@dataclass(frozen=True)
class Waiting:
    """Rows of one ledger that wait for their seals."""

    ledger: Ledger
    count: int
    since: datetime
    is_late: bool


@dataclass(frozen=True)
class State:
    """What is signed, what waits for its seal, and how many sealed batches nothing signs yet."""

    signed: Signed | None
    waiting: tuple[Waiting, ...]
    unsigned: int
    is_unsigned_late: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing ever happened."""
        return self.signed is None and not self.waiting and not self.unsigned

    @property
    def stands_still(self) -> bool:
        """Whether the sealer does not keep up: a row or a batch waits for longer than it should."""
        return self.is_unsigned_late or any(one.is_late for one in self.waiting)


def state() -> State:
    """Read it; a few small questions however long the journal is."""
    latest = Checkpoint.objects.order_by("-number").first()
    unsigned = Batch.objects.filter(ordinal__gt=latest.last if latest else 0)
    return State(
        signed=_signed(latest) if latest else None,
        waiting=tuple(_waiting()),
        unsigned=unsigned.count(),
        is_unsigned_late=unsigned.filter(sealed_at__lt=Now() - checkpoints.PATIENCE).exists(),
    )


def _signed(latest: Checkpoint) -> Signed:
    said = json.loads(latest.body)
    return Signed(latest.number, latest.at, latest.last, said["key"])


def _waiting() -> Iterator[Waiting]:
    late = Q(since__lt=Now() - chains.PATIENCE)
    rows = Unsealed.objects.values("ledger").annotate(
        count=Count("pk"), oldest=Min("since"), late=Count("pk", filter=late)
    )
    for row in rows.order_by("ledger"):
        yield Waiting(Ledger(row["ledger"]), row["count"], row["oldest"], is_late=row["late"] > 0)
