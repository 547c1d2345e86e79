"""Notes how the services of the centre are doing, and says which to leave alone and which list is due."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from joldama.signatures.models import Fault, RevocationList, Service
from joldama.signatures.ports import Point, Published

FETCHED_EVERY = timedelta(hours=1)
"""How often a list is looked for while the one that is kept stays fresh for long."""

FETCHED_AT_LEAST_EVERY = timedelta(minutes=5)
NEAR_ITS_END = timedelta(hours=1)
"""How long before a list is fresh no more it is looked for in short steps."""

_PATIENT_FOR = 3  # failures in a row before a service is left alone
_FIRST_REST = timedelta(seconds=30)
_LONGEST_REST = timedelta(minutes=10)
_DOUBLINGS = 5  # 30 s, 1 min … 8 min, then the longest rest


def marks_of(known: Service | None) -> tuple[str, str]:
    """Give the marks by which a list is asked for again; none where it is not kept any more."""
    if known is None or not RevocationList.objects.filter(digest=known.digest).exists():
        return "", ""
    return known.etag, known.modified


def rests(point: Point, *, at: datetime) -> bool:
    """Say whether a service is left alone at this moment, having failed again and again."""
    row = Service.objects.filter(name=point.name).first()
    return row is not None and row.rests(at=at)


def due_lists(points: Iterable[Point], *, at: datetime) -> list[tuple[Point, Service | None]]:
    """Give the points whose list is to be looked for at this moment, with what is known of each."""
    wanted = tuple(points)
    known = {row.name: row for row in Service.objects.filter(name__in=[point.name for point in wanted])}
    return [(point, known.get(point.name)) for point in wanted if _is_due(known.get(point.name), at=at)]


@transaction.atomic
def note_answer(point: Point, *, at: datetime, took: timedelta) -> None:
    """Note that a service answered: it is well again."""
    row = _row(point, at=at)
    row.asked_at = row.answered_at = at
    row.milliseconds = round(took.total_seconds() * 1000)
    row.failures, row.failing_since, row.rests_until = 0, None, None
    row.save()


def note_published(point: Point, published: Published, *, fresh_until: datetime) -> None:
    """Note the marks of a list that was taken in, and until when it is fresh."""
    Service.objects.filter(name=point.name).update(
        etag=published.etag,
        modified=published.modified,
        digest=hashlib.sha256(published.der).hexdigest(),
        fresh_until=fresh_until,
    )


@transaction.atomic
def note_fault(point: Point, fault: Fault, *, at: datetime) -> None:
    """Note that a service gave nothing; after a few times in a row it is left alone, longer each time."""
    row = _row(point, at=at)
    row.asked_at = row.failed_at = at
    row.fault = fault
    row.failures += 1
    row.failing_since = row.failing_since or at
    row.rests_until = at + _rest(row.failures) if row.failures >= _PATIENT_FOR else None
    row.save()


def _is_due(row: Service | None, *, at: datetime) -> bool:
    if row is None or row.answered_at is None or row.fresh_until is None:
        return row is None or not row.rests(at=at)
    if row.rests(at=at):
        return False
    is_near = row.failures > 0 or row.fresh_until - at <= NEAR_ITS_END
    step = FETCHED_AT_LEAST_EVERY if is_near else FETCHED_EVERY
    # A clock that was set back finds a moment that has not come: then the list is looked for as well.
    return not timedelta(0) <= at - row.asked_at < step


def _rest(failures: int) -> timedelta:
    doubled = min(failures - _PATIENT_FOR, _DOUBLINGS)
    return min(_FIRST_REST * 2**doubled, _LONGEST_REST)


def _row(point: Point, *, at: datetime) -> Service:
    locked = Service.objects.select_for_update().filter(name=point.name)
    row = locked.first()
    if row is None:
        # Two lanes may ask a service for the first time at once: one row is made, both go on with it.
        new = Service(name=point.name, kind=point.kind, asked_at=at)
        Service.objects.bulk_create([new], ignore_conflicts=True)
        row = locked.get()
    return row
