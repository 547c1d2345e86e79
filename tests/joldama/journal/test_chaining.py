"""What was committed is chained per office, nothing is skipped and nothing sealed twice."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction
from tests.databases import in_postgres
from tests.factories.journal import AT, NORTH, SOUTH, happened, looked, sealed_journal

from joldama.journal import sealing
from joldama.journal.actors import SYSTEM
from joldama.journal.canonical import BEGINNING
from joldama.journal.fsck import check
from joldama.journal.models import NOWHERE, Batch, Checkpoint, Event, EventSeal, Ledger, Unsealed
from joldama.journal.operations import record_each
from joldama.journal.sealing import seal, sign_checkpoint
from joldama.vault import signing
from joldama.worker import journal

PATIENCE = 30


def chains() -> dict[tuple[str, object], list[int]]:
    """How many rows each batch of each chain holds."""
    found: dict[tuple[str, object], list[int]] = {}
    for batch in Batch.objects.order_by("ordinal"):
        found.setdefault((batch.ledger, batch.office), []).append(batch.count)
    return found


def test_each_office_has_a_chain_and_so_have_looks_and_what_is_nobodys(db: None) -> None:
    sealed_journal()

    assert chains() == {
        (Ledger.EVENT, NORTH): [2, 2, 2],
        (Ledger.EVENT, SOUTH): [1],
        (Ledger.EVENT, NOWHERE): [1],
        (Ledger.LOOK, NORTH): [1],
    }
    first, second, third = Batch.objects.filter(ledger=Ledger.EVENT, office=NORTH).order_by("number")
    assert [bytes(one.previous) for one in (first, second, third)] == [BEGINNING, first.hash, second.hash]
    assert not Unsealed.objects.exists()
    assert check()[1] == []


def test_rows_of_one_statement_are_sealed_in_the_order_of_their_ids(db: None) -> None:
    record_each("case.taken", subjects=[uuid4() for _ in range(5)], by=SYSTEM, at=AT)

    assert seal() == 5

    in_order = EventSeal.objects.order_by("position").values_list("row", flat=True)
    assert list(in_order) == list(Event.objects.order_by("id").values_list("id", flat=True))


def test_a_long_backlog_is_sealed_in_pieces(db: None) -> None:
    for _ in range(5):
        happened()

    assert [seal(most=2), seal(most=2), seal(most=2), seal(most=2)] == [2, 2, 1, 0]
    assert check()[1] == []


def test_a_row_that_waits_twice_is_sealed_once(db: None) -> None:
    happened()
    seal()
    Unsealed.objects.create(ledger=Ledger.EVENT, row=Event.objects.get().pk, since=AT)

    assert seal() == 1

    assert Batch.objects.count() == 1
    assert not Unsealed.objects.exists()


def test_what_commits_late_is_sealed_when_it_does_and_what_is_rolled_back_never(database: str) -> None:
    late = connections.create_connection("default")
    with late.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(
            "INSERT INTO journal_event (at, name, subject, actor_kind, paragraph, facts) "
            "VALUES (now(), 'late', gen_random_uuid(), 'system', '', '{}')"
        )
        with transaction.atomic():
            happened(None, name="never")
            transaction.set_rollback(True)
        happened(None, name="early")
        assert seal() == 1
        cursor.execute("COMMIT")
    late.close()

    assert seal() == 1

    names = {event.pk: event.name for event in Event.objects.all()}
    sealed = EventSeal.objects.order_by("batch").values_list("row", flat=True)
    assert [names[row] for row in sealed] == ["early", "late"]
    assert list(sealed) == sorted(sealed, reverse=True), "the late one has the smaller id"
    assert check()[1] == []


def test_sealers_at_once_seal_each_row_once(database: str) -> None:
    rounds, sealers = 5, 3
    barrier = Barrier(sealers)

    def sealer() -> int:
        found = 0
        try:
            for _ in range(rounds):
                if barrier.wait(PATIENCE) == 0:
                    for _ in range(20):
                        happened()
                barrier.wait(PATIENCE)
                found += seal()
                sign_checkpoint(after=timedelta(0))
        finally:
            connection.close()
        return found

    with ThreadPoolExecutor(sealers) as pool:
        counts = [future.result(PATIENCE) for future in [pool.submit(sealer) for _ in range(sealers)]]

    left = seal()
    assert sum(counts) + left == rounds * 20 == EventSeal.objects.count()
    assert check()[1] == []


@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("journal_batch", "count"),
        ("journal_eventseal", "position"),
        ("journal_lookseal", "position"),
        ("journal_checkpoint", "last"),
    ],
)
def test_a_seal_cannot_be_changed_or_removed(db: None, table: str, column: str, change: str) -> None:
    sealed_journal()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(table, column, column))


def test_a_checkpoint_signs_everything_since_the_last_one_and_no_sooner_than_due(db: None) -> None:
    happened()
    seal()
    assert sign_checkpoint() is False, "the first one is due at once"
    happened()
    seal()

    assert sign_checkpoint() is True, "ten seconds have not passed"
    assert sign_checkpoint(after=timedelta(0)) is False
    assert sign_checkpoint(after=timedelta(0)) is False

    first, second = Checkpoint.objects.order_by("number")
    told = json.loads(second.body)
    assert (told["first"], told["last"], told["key"]) == (2, 2, signing.key_name())
    assert signing.is_signed(first.body, bytes(first.signature), key=signing.key_name())
    assert not signing.is_signed(first.body, bytes(second.signature), key=signing.key_name())


def test_the_worker_seals_until_it_is_told_to_end_and_a_last_time_then(database: str) -> None:
    happened()
    told = iter([False, True])

    def pause(seconds: float) -> bool:
        if Batch.objects.exists():
            looked()
        return next(told)

    journal.run(pause)

    assert chains() == {(Ledger.EVENT, NORTH): [1], (Ledger.LOOK, NORTH): [1]}
    assert check()[1] == []


def test_a_database_that_goes_away_is_told_once_and_waited_for(
    database: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    happened()
    waits = []

    def gone() -> int:
        raise OperationalError("server closed the connection unexpectedly")

    def pause(seconds: float) -> bool:
        waits.append(seconds)
        monkeypatch.setattr(journal, "seal", gone if len(waits) <= 7 else sealing.seal)
        return len(waits) > 9

    with caplog.at_level(logging.ERROR):
        journal.run(pause)

    assert waits == [1, 2, 4, 8, 16, 30, 30, 30, 1, 1]
    assert [record.message for record in caplog.records] == [
        "the journal cannot be sealed; it is tried again"
    ]
    assert check()[1] == []


def test_nothing_that_waits_costs_one_question(db: None, django_assert_num_queries: object) -> None:
    sealed_journal()

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert seal() == 0


def test_a_connection_the_server_ended_is_opened_anew(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    happened()
    looks = []

    def pause(seconds: float) -> bool:
        looks.append(seconds)
        if len(looks) == 2:
            happened()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (backend,) = cursor.fetchone()
            in_postgres(f"SELECT pg_terminate_backend({backend})")
        return len(looks) > 3

    with caplog.at_level(logging.ERROR):
        journal.run(pause)

    assert looks == [1, 1, 2, 1]
    assert len(caplog.records) == 1
    assert check()[1] == []
    assert not Unsealed.objects.exists()
