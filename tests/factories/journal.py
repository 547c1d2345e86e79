"""A small journal: events and looks of two offices, and of none."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection

from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.models import ActorKind
from joldama.journal.operations import record, record_look
from joldama.journal.sealing import seal, sign_checkpoint

AT = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)
NORTH, SOUTH = UUID(int=1), UUID(int=2)


def happened(office: UUID | None = NORTH, *, name: str = "case.taken", **facts: int) -> None:
    """Write an event."""
    record(name, subject=uuid4(), by=SYSTEM, at=AT, office=office, **facts)


def looked(office: UUID = NORTH) -> None:
    """Write a look."""
    record_look(person=uuid4(), by=Actor(ActorKind.STAFF, uuid4(), office), at=AT, page="case")


def sealed_journal() -> None:
    """Write three batches of the north's events, one of the south's, one of nobody's, one of looks; and sign."""
    for _ in range(3):
        happened(NORTH, seconds=7)
        happened(NORTH)
        seal()
    happened(SOUTH)
    happened(None)
    looked()
    seal()
    sign_checkpoint(after=timedelta(0))


def tamper(*statements: str) -> None:
    """Do as a superuser does whom no trigger stops."""
    with past_the_guards(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def past_the_guards() -> Iterator[None]:
    """Let no trigger stop what is done here; inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")
