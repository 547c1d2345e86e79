"""Verifies the checkpoints: that each is signed and follows the one before, and that the batches are those it names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from joldama.journal.canonical import BEGINNING, batches_digest, body_hash
from joldama.journal.findings import Counted, Fault, Finding
from joldama.journal.models import Batch, Checkpoint
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
            yield from _follows(said, before=before, last=last)
            yield from _compare(said, hashes, end=max(hashes, default=0))
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


def check_signed(first: int, last: int) -> tuple[tuple[int, ...], list[Finding]]:
    """Give the checkpoints that sign the batches from `first` to `last` (ordinals), and what does not fit.

    Batches that nothing signs yet are named, however young they are; and a journal that ends too soon.
    """
    signing_them, found = [], list[Finding]()
    end = Batch.objects.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    signed_until = first - 1
    for one in Checkpoint.objects.filter(last__gte=first).order_by("number").iterator():
        said = _said(one)
        if said is None:
            found.append(_not_signed(one))
        elif said["first"] <= last:
            signing_them.append(one.number)
            found += _compare(said, _hashes(said["first"], said["last"]), end=end)
        signed_until = one.last
        if signed_until >= last:
            break
    if signed_until < last:
        told = f"no checkpoint signs the batches from {signed_until + 1} to {last} of the whole journal yet"
        found.append(Finding(Fault.BATCH_UNSIGNED, told))
    newest = Checkpoint.objects.order_by("-number").first()
    if newest is not None and newest.last > end and newest.number not in signing_them:
        found.append(_cut(newest.number, newest.last, end))
    return tuple(signing_them), found


def _follows(said: Mapping[str, Any], *, before: bytes, last: int) -> Iterator[Finding]:
    """Compare with the checkpoint before, whose hash is empty where it is gone."""
    if before and (said["previous"] != before.hex() or said["first"] != last + 1):
        told = f"checkpoint {said['number']} does not follow the one before it"
        yield Finding(Fault.CHECKPOINT_CHANGED, told)


def _compare(said: Mapping[str, Any], hashes: Mapping[int, bytes], *, end: int) -> Iterator[Finding]:
    """Compare what a checkpoint says with the batches, of which the last one is `end`."""
    number, first, until = said["number"], said["first"], said["last"]
    if until > end:
        yield _cut(number, until, end)
    elif missing := [ordinal for ordinal in range(first, until + 1) if ordinal not in hashes]:
        told = f"batch {missing[0]} of the whole journal is gone: checkpoint {number} speaks of it"
        yield Finding(Fault.BATCH_REMOVED, told)
    elif batches_digest([hashes[each] for each in range(first, until + 1)]).hex() != said["batches"]:
        told = f"among the batches {first} to {until} of the whole journal one is not what checkpoint {number} signed"
        yield Finding(Fault.BATCH_CHANGED, told)


def _cut(number: int, last: int, end: int) -> Finding:
    told = f"checkpoint {number} speaks of batch {last}, and the journal ends with batch {end}"
    return Finding(Fault.CHAIN_CUT, told)


def _not_signed(one: Checkpoint) -> Finding:
    return Finding(Fault.CHECKPOINT_CHANGED, f"checkpoint {one.number} was not signed by this installation")


def _said(one: Checkpoint) -> dict[str, Any] | None:
    """Read a checkpoint; None where it is not signed, or its columns say something else than its text."""
    try:
        said: dict[str, Any] = json.loads(one.body)
        if not signing.is_signed(one.body, bytes(one.signature), key=said["key"]):
            return None
        return said if (said["number"], said["last"]) == (one.number, one.last) else None
    except (ValueError, KeyError, TypeError):
        return None


def _hashes(first: int = 1, last: int | None = None) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ordinal, hash FROM journal_batch WHERE ordinal >= %s AND (%s::bigint IS NULL OR ordinal <= %s)",
            [first, last, last],
        )
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
