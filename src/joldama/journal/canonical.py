"""What is sealed, as bytes that anybody can make again, and their SHA-256 (docs/journal.md).

Everything is hashed as canonical JSON: UTF-8, keys in the order of their code points, no spaces, nothing escaped
that JSON lets stand; moments in UTC with microseconds, ids in lower case, hashes as hexadecimal. The form has
a number: a change of it is a new number, and rows that were sealed stay as they were.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

FORM = 1
BEGINNING = bytes(32)
"""What the first of a chain has before it."""


def text_of(value: Any) -> str:
    """Return the canonical JSON of text, whole numbers, truth values, null, moments, ids, lists and objects.

    A fraction is handed in as Decimal and stands as its digits. Raises TypeError for anything else.
    """
    try:
        return _ENCODER.encode(value)
    except _HasFraction:
        return _digit_by_digit(value)


class _HasFraction(Exception):
    """The fast way writes no fractions; they hardly ever occur."""


def _text(value: Any) -> str:
    match value:
        case datetime():
            return moment_of(value)
        case UUID():
            return str(value)
        case Decimal():
            raise _HasFraction
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _digit_by_digit(value: Any) -> str:
    match value:
        case Decimal():
            return format(value, "f")
        case Mapping():
            inner = (f"{text_of(key)}:{_digit_by_digit(value[key])}" for key in sorted(value))
            return "{" + ",".join(inner) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_digit_by_digit, value)) + "]"
    return text_of(value)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_text
)


def moment_of(moment: datetime) -> str:
    """Return a moment as it is hashed: `2026-03-20T12:50:00.000000Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_facts(text: str) -> Any:
    """Read a column of JSON so that every digit of it comes back in its canonical form."""
    return json.loads(text, parse_float=Decimal)


def row_hash(table: str, columns: Mapping[str, Any]) -> bytes:
    """Return the 32 bytes that stand for a row of the journal: all its columns, by their names."""
    return _digest({"form": FORM, "table": table, **columns})


def batch_hash(
    table: str, office: UUID, number: int, *, previous: bytes, sealed_at: datetime, rows: Sequence[bytes]
) -> bytes:
    """Return the 32 bytes that stand for a batch: its place in the chain, and its rows in their order."""
    return _digest(
        {
            "form": FORM,
            "table": table,
            "office": office,
            "number": number,
            "previous": previous.hex(),
            "sealed_at": sealed_at,
            "rows": [row.hex() for row in rows],
        }
    )


def checkpoint_body(
    number: int, *, previous: bytes, at: datetime, first: int, last: int, batches: Sequence[bytes], key: str
) -> str:
    """Return the text that is signed: which batches stand, from `first` to `last`, and what stood before."""
    return text_of(
        {
            "form": FORM,
            "number": number,
            "previous": previous.hex(),
            "at": at,
            "first": first,
            "last": last,
            "batches": batches_digest(batches).hex(),
            "key": key,
        }
    )


def batches_digest(batches: Sequence[bytes]) -> bytes:
    """Return the SHA-256 over the hashes of batches, one behind the other."""
    return hashlib.sha256(b"".join(batches)).digest()


def body_hash(body: str) -> bytes:
    """Return what the next checkpoint names as the previous one."""
    return hashlib.sha256(body.encode()).digest()


def _digest(value: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(text_of(value).encode()).digest()
