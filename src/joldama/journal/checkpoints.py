"""Verifies the checkpoints: that each is signed and follows the one before, and that the batches are those it names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from joldama.journal.canonical import BEGINNING, batches_digest, body_hash
from joldama.journal.findings import Counted, Fault, Finding
from joldama.journal.models import Checkpoint
from joldama.vault import signing

PATIENCE = timedelta(seconds=60)
"""How long a batch may wait for the checkpoint that signs it."""


@dataclass(frozen=True)
class Kept:
    """A checkpoint that was kept elsewhere; its signature has been verified."""

    number: int
    body: str


def check_checkpoints(counted: Counted, against: Sequence[Kept]) -> Iterator[Finding]:
    """Name what does not fit among the checkpoints of the whole journal, and beside those `against`."""
    hashes = _hashes()
    last, before, number = 0, BEGINNING, 0
    stored: dict[int, str] = {}
    for one in Checkpoint.objects.order_by("number").iterator():
        counted.checkpoints += 1
        if one.number != number + 1:
            told = f"checkpoints {number + 1} to {one.number - 1} are gone"
            yield Finding(Fault.CHECKPOINT_REMOVED, told)
            before, last = b"", -1
        number = one.number
        stored[number] = one.body
        said = _said(one)
        if said is None:
            yield Finding(
                Fault.CHECKPOINT_CHANGED, f"checkpoint {number} was not signed by this installation"
            )
        else:
            yield from _compare(said, hashes, before=before, last=last)
        before, last = body_hash(one.body), one.last
    yield from _ends(number, last, hashes, stored, against)


def _ends(
    number: int, last: int, hashes: Mapping[int, bytes], stored: Mapping[int, str], against: Sequence[Kept]
) -> Iterator[Finding]:
    """Look at the tail: batches that nothing signs, and checkpoints kept elsewhere that the journal lacks."""
    yield from _unsigned(max(last, 0))
    for kept in against:
        if kept.number > number:
            told = f"checkpoint {kept.number} was kept elsewhere, and the journal ends with {number}"
            yield Finding(Fault.CHAIN_CUT, told)
        elif stored.get(kept.number) != kept.body:
            told = f"checkpoint {kept.number} is another than the one that was kept elsewhere"
            yield Finding(Fault.CHECKPOINT_CHANGED, told)


def _compare(
    said: Mapping[str, Any], hashes: Mapping[int, bytes], *, before: bytes, last: int
) -> Iterator[Finding]:
    """Compare what a checkpoint says with the batches; empty `before`: the one before it is gone."""
    number, first, until = said["number"], said["first"], said["last"]
    if before and (said["previous"] != before.hex() or first != last + 1):
        yield Finding(Fault.CHECKPOINT_CHANGED, f"checkpoint {number} does not follow the one before it")
    end = max(hashes, default=0)
    if until > end:
        told = f"checkpoint {number} speaks of batch {until}, and the journal ends with batch {end}"
        yield Finding(Fault.CHAIN_CUT, told)
    elif missing := [ordinal for ordinal in range(first, until + 1) if ordinal not in hashes]:
        told = f"batch {missing[0]} of the whole journal is gone: checkpoint {number} speaks of it"
        yield Finding(Fault.BATCH_REMOVED, told)
    elif batches_digest([hashes[each] for each in range(first, until + 1)]).hex() != said["batches"]:
        told = f"among the batches {first} to {until} of the whole journal one is not what checkpoint {number} signed"
        yield Finding(Fault.BATCH_CHANGED, told)


def _said(one: Checkpoint) -> dict[str, Any] | None:
    """Read a checkpoint; None where it is not signed, or its columns say something else than its text."""
    try:
        said: dict[str, Any] = json.loads(one.body)
        if not signing.is_signed(one.body, bytes(one.signature), key=said["key"]):
            return None
        return said if (said["number"], said["last"]) == (one.number, one.last) else None
    except (ValueError, KeyError, TypeError):
        return None


def _hashes() -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ordinal, hash FROM journal_batch")
        return {ordinal: bytes(each) for ordinal, each in cursor.fetchall()}


def _unsigned(last: int) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(ordinal) FROM journal_batch WHERE ordinal > %s "
            "AND clock_timestamp() - sealed_at > make_interval(secs => %s)",
            [last, PATIENCE.total_seconds()],
        )
        count, first = cursor.fetchone()
    if count:
        told = f"no checkpoint signs {count} batches from batch {first} of the whole journal on"
        yield Finding(Fault.BATCH_UNSIGNED, told)
