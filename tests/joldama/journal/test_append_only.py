"""The journal only grows."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories import world

from joldama.installation.models import Installation
from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.models import ActorKind, Event, Look
from joldama.journal.operations import record, record_look

AT = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("change", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["journal_event", "journal_look"])
def test_a_row_of_the_journal_cannot_be_changed_or_removed(db: None, table: str, change: str) -> None:
    record("case.taken", subject=uuid4(), by=SYSTEM, at=AT)
    record_look(person=uuid4(), by=Actor(ActorKind.STAFF, uuid4()), at=AT, page="case")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change.format(table))

    assert (Event.objects.count(), Look.objects.count()) == (1, 1)


def test_an_event_of_nobody_is_refused(db: None) -> None:
    with pytest.raises(IntegrityError, match="event_actor_named_unless_system"), transaction.atomic():
        Event.objects.create(name="x", subject=uuid4(), actor_kind=ActorKind.STAFF, actor=None, at=AT)


def test_what_a_database_is_cannot_be_changed(db: None) -> None:
    world.demo_installation()

    with pytest.raises(IntegrityError, match="settled when it was made"), transaction.atomic():
        Installation.objects.update(is_demo=False)
