"""Each way of going behind the journal's back is named; without any nothing is."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.journal import AT, NORTH, SOUTH, happened, sealed_journal, tamper

from joldama.journal.canonical import batch_hash
from joldama.journal.checkpoints import Kept
from joldama.journal.findings import Fault
from joldama.journal.fsck import check
from joldama.journal.ledgers import EVENTS, LOOKS
from joldama.journal.models import Batch, Checkpoint, Event, EventSeal, Ledger, Look
from joldama.journal.sealing import seal, sign_checkpoint


@pytest.fixture
def sealed(db: None) -> None:
    sealed_journal()


def faults(**how: object) -> list[tuple[str, int | None]]:
    """What the checker names, each with its batch."""
    return [(found.fault.value, found.batch) for found in check(**how)[1]]  # type: ignore[arg-type]


def row_of(number: int, position: int = 1) -> int:
    """The row at a place of the north's chain of events."""
    batch = Batch.objects.get(ledger=Ledger.EVENT, office=NORTH, number=number)
    return EventSeal.objects.get(batch=batch.ordinal, position=position).row


def test_a_journal_nobody_touched_is_whole(sealed: None) -> None:
    counted, found = check()

    assert (found, counted.rows, counted.batches, counted.checkpoints) == ([], 9, 6, 1)


EVENT_CHANGES = {
    "id": "id = id + 1000000",
    "at": "at = at + interval '1 microsecond'",
    "entered_at": "entered_at = entered_at + interval '1 microsecond'",
    "name": "name = 'case.signed'",
    "subject": "subject = gen_random_uuid()",
    "office": f"office = '{SOUTH}'",
    "actor_kind": "actor_kind = 'staff'",
    "actor": "actor = gen_random_uuid()",
    "paragraph": "paragraph = '8.1'",
    "facts": """facts = '{"seconds": 8}'""",
}
LOOK_CHANGES = {
    "id": "id = id + 1000000",
    "at": "at = at + interval '1 microsecond'",
    "person": "person = gen_random_uuid()",
    "subject": "subject = gen_random_uuid()",
    "staff": "staff = gen_random_uuid()",
    "office": f"office = '{SOUTH}'",
    "page": "page = 'cases'",
    "allowed": "allowed = NOT allowed",
}


def test_every_column_is_sealed() -> None:
    assert list(EVENT_CHANGES) == list(EVENTS.columns) == [field.column for field in Event._meta.fields]
    assert list(LOOK_CHANGES) == list(LOOKS.columns) == [field.column for field in Look._meta.fields]


@pytest.mark.parametrize("column", EVENT_CHANGES)
def test_a_changed_event_is_named_whatever_column_was_changed(sealed: None, column: str) -> None:
    row = row_of(2)
    tamper(
        "ALTER TABLE journal_event DROP CONSTRAINT event_actor_named_unless_system",
        f"UPDATE journal_event SET {EVENT_CHANGES[column]} WHERE id = {row}",
    )

    found = check()[1]

    if column == "id":  # gone from where it was, and come from nowhere
        assert [(one.fault, one.row) for one in found] == [
            (Fault.ROW_REMOVED, row),
            (Fault.ROW_ADDED, row + 1_000_000),
        ]
    else:
        assert [(one.fault, one.office, one.batch, one.row) for one in found] == [
            (Fault.ROW_CHANGED, NORTH, 2, row)
        ]


@pytest.mark.parametrize("column", [column for column in LOOK_CHANGES if column != "id"])
def test_a_changed_look_is_named(sealed: None, column: str) -> None:
    tamper(f"UPDATE journal_look SET {LOOK_CHANGES[column]}")

    assert [(one.fault, one.ledger) for one in check()[1]] == [(Fault.ROW_CHANGED, Ledger.LOOK)]


def test_a_removed_row_is_named(sealed: None) -> None:
    row = row_of(2, 2)
    tamper(f"DELETE FROM journal_event WHERE id = {row}")

    found = check()[1]

    assert [(one.fault, one.office, one.batch, one.row) for one in found] == [
        (Fault.ROW_REMOVED, NORTH, 2, row)
    ]


INSERTED = (
    "INSERT INTO journal_event (at, name, subject, office, actor_kind, paragraph, facts) "
    f"VALUES (now(), 'case.taken', gen_random_uuid(), '{NORTH}', 'system', '', '{{}}')"
)


def test_a_row_added_behind_is_named(sealed: None) -> None:
    tamper(INSERTED)

    assert faults() == [("row_added", None)]
    assert faults(office=NORTH) == [("row_added", None)]
    assert faults(office=SOUTH) == []


def test_a_row_added_with_a_seal_of_its_own_is_named(sealed: None) -> None:
    ordinal = Batch.objects.get(ledger=Ledger.EVENT, office=NORTH, number=2).ordinal
    tamper(
        INSERTED,
        "INSERT INTO journal_eventseal (row, batch, position, hash) "
        f"SELECT max(id), {ordinal}, 3, '\\x00' FROM journal_event",
    )

    assert faults()[0] == ("batch_changed", 2)


def test_a_changed_seal_is_told_from_a_changed_row(sealed: None) -> None:
    tamper(f"UPDATE journal_eventseal SET hash = sha256('x') WHERE row = {row_of(2)}")

    assert faults() == [("seal_changed", 2)]


def test_a_row_that_was_changed_together_with_its_seal_is_given_away_by_its_batch(sealed: None) -> None:
    row = row_of(2)
    tamper(f"UPDATE journal_event SET paragraph = '9' WHERE id = {row}", _sealed_anew(row))

    assert faults() == [("batch_changed", 2)]


def test_a_batch_made_anew_is_given_away_by_the_one_behind_it_and_by_the_checkpoint(sealed: None) -> None:
    row = row_of(2)
    tamper(f"UPDATE journal_event SET paragraph = '9' WHERE id = {row}", _sealed_anew(row))
    tamper(_batch_anew(2))

    assert faults() == [("batch_changed", 3), ("batch_changed", None)]


def test_a_whole_chain_made_anew_is_given_away_by_the_checkpoint(sealed: None) -> None:
    row = row_of(2)
    tamper(f"UPDATE journal_event SET paragraph = '9' WHERE id = {row}", _sealed_anew(row))
    tamper(_batch_anew(2))
    second = Batch.objects.get(ledger=Ledger.EVENT, office=NORTH, number=2)
    tamper(
        "UPDATE journal_batch SET previous = '\\x" + bytes(second.hash).hex() + "' "
        f"WHERE ledger = 'event' AND office = '{NORTH}' AND number = 3"
    )
    tamper(_batch_anew(3))

    (found,) = check()[1]

    assert (found.fault, found.told) == (
        Fault.BATCH_CHANGED,
        "among the batches 1 to 6 of the whole journal one is not what checkpoint 1 signed",
    )


def _sealed_anew(row: int) -> str:
    """Seal a row as it stands after the change that comes with this one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {EVENTS.selected('r')} FROM journal_event r WHERE id = {row}")
        values = [
            "9" if column == "paragraph" else value
            for column, value in zip(EVENTS.columns, cursor.fetchone(), strict=True)
        ]
    return f"UPDATE journal_eventseal SET hash = '\\x{EVENTS.hash(values).hex()}' WHERE row = {row}"


def _batch_anew(number: int) -> str:
    """Reckon a batch of the north's chain anew from its seals."""
    batch = Batch.objects.get(ledger=Ledger.EVENT, office=NORTH, number=number)
    rows = EventSeal.objects.filter(batch=batch.ordinal).order_by("position").values_list("hash", flat=True)
    made = batch_hash(
        "event",
        NORTH,
        number,
        previous=bytes(batch.previous),
        sealed_at=batch.sealed_at,
        rows=[bytes(r) for r in rows],
    )
    return f"UPDATE journal_batch SET hash = '\\x{made.hex()}' WHERE ordinal = {batch.ordinal}"


@pytest.mark.parametrize(
    "change",
    [
        "number = 7",
        "count = 3",
        "sealed_at = sealed_at + interval '1 second'",
        f"office = '{SOUTH}', number = 2",
        "hash = sha256('x')",
        "previous = sha256('x')",
    ],
)
def test_a_changed_batch_is_named(sealed: None, change: str) -> None:
    tamper(f"UPDATE journal_batch SET {change} WHERE ledger = 'event' AND office = '{NORTH}' AND number = 2")

    assert {fault for fault, _batch in faults()} & {"batch_changed", "batch_removed"}


def test_a_batch_cut_out_of_the_middle_is_named(sealed: None) -> None:
    ordinal = Batch.objects.get(ledger=Ledger.EVENT, office=NORTH, number=2).ordinal
    tamper(
        f"DELETE FROM journal_event WHERE id IN (SELECT row FROM journal_eventseal WHERE batch = {ordinal})",
        f"DELETE FROM journal_eventseal WHERE batch = {ordinal}",
        f"DELETE FROM journal_batch WHERE ordinal = {ordinal}",
    )

    assert faults() == [("batch_removed", 2), ("batch_removed", None)]


def test_a_batch_whose_seals_were_left_is_named(sealed: None) -> None:
    last = Batch.objects.order_by("-ordinal").first()
    assert last is not None
    tamper(f"DELETE FROM journal_batch WHERE ordinal = {last.ordinal}")

    assert faults() == [("batch_removed", None), ("chain_cut", None)]


CUT_TAIL = (
    "DELETE FROM journal_event WHERE id IN (SELECT row FROM journal_eventseal WHERE batch >= 3)",
    "DELETE FROM journal_look",
    "DELETE FROM journal_eventseal WHERE batch >= 3",
    "DELETE FROM journal_lookseal",
    "DELETE FROM journal_batch WHERE ordinal >= 3",
)


def test_a_tail_older_than_the_last_checkpoint_is_named(sealed: None) -> None:
    tamper(*CUT_TAIL)

    (found,) = check()[1]

    assert (found.fault, found.told) == (
        Fault.CHAIN_CUT,
        "checkpoint 1 speaks of batch 6, and the journal ends with batch 2",
    )


def test_a_tail_that_was_cut_with_its_checkpoint_is_given_away_by_one_kept_elsewhere(sealed: None) -> None:
    kept = [Kept(one.number, one.body) for one in Checkpoint.objects.all()]
    assert faults(against=kept) == []
    tamper(*CUT_TAIL, "DELETE FROM journal_checkpoint")

    assert faults() == []
    assert faults(against=kept) == [("chain_cut", None)]


def test_a_checkpoint_made_anew_is_given_away_by_one_kept_elsewhere(sealed: None) -> None:
    kept = [Kept(one.number, one.body) for one in Checkpoint.objects.all()]
    tamper("DELETE FROM journal_checkpoint")
    sign_checkpoint()

    assert faults() == []
    assert faults(against=kept) == [("checkpoint_changed", None)]


@pytest.mark.parametrize(
    "change", ["body = replace(body, 'first', 'frist')", "signature = sha512('x')", "last = 5", "body = ''"]
)
def test_a_changed_checkpoint_is_named(sealed: None, change: str) -> None:
    tamper(f"UPDATE journal_checkpoint SET {change}")

    assert ("checkpoint_changed", None) in faults()


def test_a_removed_checkpoint_is_named(sealed: None) -> None:
    for _ in range(2):
        happened()
        seal()
        sign_checkpoint(after=timedelta(0))
    tamper("DELETE FROM journal_checkpoint WHERE number = 2")

    assert faults() == [("checkpoint_removed", None)]


def test_a_checkpoint_that_another_key_signed_is_named(sealed: None, settings: object) -> None:
    settings.JOLDAMA_JOURNAL_KEYS = {1: b"another key, but 32 bytes of it!"}  # type: ignore[attr-defined]

    assert faults() == [("checkpoint_changed", None)]


def test_a_new_key_signs_and_the_old_one_is_still_believed(sealed: None, settings: object) -> None:
    older = settings.JOLDAMA_JOURNAL_KEYS  # type: ignore[attr-defined]
    settings.JOLDAMA_JOURNAL_KEYS = {**older, 2: b"a second key, made of 32 bytes.."}  # type: ignore[attr-defined]
    happened()
    seal()
    sign_checkpoint(after=timedelta(0))

    assert faults() == []
    assert len({json.loads(one.body)["key"] for one in Checkpoint.objects.all()}) == 2


def test_a_row_that_has_waited_longer_than_ten_seconds_is_named(sealed: None) -> None:
    happened()
    assert faults() == []
    tamper("UPDATE journal_unsealed SET since = since - interval '11 seconds'")

    (found,) = check()[1]

    assert (found.fault, found.office, found.fault.is_tampering) == (Fault.ROW_UNSEALED, NORTH, False)
    assert found.told.endswith("has waited 11 s for its seal")


def test_a_row_that_went_before_it_was_sealed_is_named(sealed: None) -> None:
    happened()
    tamper("DELETE FROM journal_event WHERE id = (SELECT max(id) FROM journal_event)")
    seal()

    assert faults() == [("row_removed", None)]


def test_batches_that_nothing_signs_are_named(sealed: None) -> None:
    happened()
    seal()
    assert faults() == []
    number = Batch.objects.count()
    made = batch_hash(
        "event",
        NORTH,
        4,
        previous=bytes(Batch.objects.get(ordinal=number).previous),
        sealed_at=AT,
        rows=[bytes(EventSeal.objects.get(batch=number).hash)],
    )
    tamper(
        f"UPDATE journal_batch SET sealed_at = '{AT.isoformat()}', hash = '\\x{made.hex()}' WHERE ordinal = {number}"
    )

    assert faults() == [("batch_unsigned", None)]


def test_an_office_alone_is_checked_by_its_own_rows(sealed: None) -> None:
    tamper(f"UPDATE journal_event SET paragraph = '9' WHERE office = '{SOUTH}'")

    assert faults(office=NORTH) == []
    assert faults(office=SOUTH) == [("row_changed", 1)]


def test_the_checker_reads_one_state_and_leaves_the_connection_as_it_was(database: str) -> None:
    happened()

    assert faults() == []

    happened()
    assert seal() == 2
