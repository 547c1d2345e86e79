"""The canonical form stays what it is: hashes that were written once are derived again in years."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joldama.journal.canonical import (
    BEGINNING,
    batch_hash,
    body_hash,
    checkpoint_body,
    read_facts,
    row_hash,
    text_of,
)

AT = datetime(2026, 3, 20, 12, 50, 0, 7, tzinfo=timezone(timedelta(hours=5)))
ROW = {
    "id": 12,
    "at": AT,
    "entered_at": AT,
    "name": "ticket.taken",
    "subject": UUID("0b5ce8a7-8f2e-4c3d-9d0f-3a1d5b6c7e8f"),
    "office": None,
    "actor_kind": "system",
    "actor": None,
    "paragraph": "8.1",
    "facts": {"window": 3, "line": "Ә", "end": None, "paper": True},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_a_row_has_the_text_that_is_documented() -> None:
    assert text_of({"form": 1, "table": "event", **ROW}) == (
        '{"actor":null,"actor_kind":"system","at":"2026-03-20T07:50:00.000007Z",'
        '"entered_at":"2026-03-20T07:50:00.000007Z",'
        '"facts":{"end":null,"line":"Ә","paper":true,"window":3},"form":1,"id":12,"name":"ticket.taken",'
        '"office":null,"paragraph":"8.1","subject":"0b5ce8a7-8f2e-4c3d-9d0f-3a1d5b6c7e8f","table":"event"}'
    )


def test_hashes_are_those_of_the_first_day() -> None:
    row = row_hash("event", ROW)
    batch = batch_hash("event", UUID(int=1), 1, previous=BEGINNING, sealed_at=AT, rows=[row, row])
    body = checkpoint_body(1, previous=BEGINNING, at=AT, first=1, last=1, batches=[batch], key="0" * 16)

    assert [row.hex(), batch.hex(), body_hash(body).hex()] == [
        "1a2f2ed6df9e02515c41876b52911fc3610ea6c2cd9549aababb3f68331850cd",
        "6398eac6ad8a42974269008c358928a87979a973525b9ccc21428dacddbef4dc",
        "a18e08b92b32eb5da37009b4a30ee41680bfac7bd28ab16869464862cf59e609",
    ]


@given(JSON)
def test_canonical_text_is_json_with_sorted_keys_and_no_spaces(value: object) -> None:
    expected = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert text_of(value) == expected
    assert read_facts(expected) == value


@pytest.mark.parametrize("digits", ["1.5", "1.50", "100000000000000000000.1", "0.0000001"])
def test_a_fraction_keeps_its_digits(digits: str) -> None:
    assert text_of(read_facts(digits)) == digits


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, timedelta(1), {"a": Decimal("1.5"), "b": b""}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no canonical form"):
        text_of(value)


def test_a_moment_is_the_same_in_every_zone() -> None:
    assert text_of(AT) == text_of(AT.astimezone(UTC)) == '"2026-03-20T07:50:00.000007Z"'


def test_text_and_number_are_told_apart() -> None:
    assert text_of({"a": "1"}) != text_of({"a": 1})
    assert text_of(Decimal("1.5")) != text_of("1.5")
