"""Takes a table of organisations or openings whole, or says of each row what is wrong and takes nothing.

What is seen at a glance to be no table is told at once. The rest is an errand: a table is read and judged outside
of any transaction, and entered, with what became of it, in one.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from govkz.tables import Limits, Table, Unread, Unreadable, glance, read
from joldama.journal import outbox
from joldama.journal.operations import record
from joldama.openings import bulk
from joldama.openings.bulk import HandedIn, NotWritten, Written
from joldama.openings.models import Import, ImportedFile, Source
from joldama.openings.rules import may_keep_organisations
from joldama.openings.tables.columns import TableSort
from joldama.openings.tables.judging import Judged, RowFault, RowSaid, judge
from joldama.openings.tables.reporting import coded
from joldama.openings.taking_back import remember
from joldama.people.models import Office, Place, Staff
from joldama.procedures.refusing import NotAllowed, NotYet

LIMITS = Limits()
MOST_FAULTS_KEPT = 10_000
MOST_WAITING = 10
"""Tables of one office that wait to be read."""

MOST_BEGUN = 5
"""How often a table is taken up before it is refused unread: it may be what ends the worker each time."""

KEPT_FOR = timedelta(days=1)
"""How long a file waits to be read at most."""

OF_FILES = "file"
"""Whose own numbers the openings of files have: an office's files share them."""

_MEGABYTE = 1_000_000
_WRITERS: dict[TableSort, Callable[[Sequence[RowSaid], HandedIn], Written]] = {
    TableSort.ORGANISATIONS: bulk.write_organisations,
    TableSort.OPENINGS: bulk.write_openings,
}


def receive(data: bytes, *, sort: TableSort, key: UUID, by: Staff, at: datetime) -> Import:
    """Keep a file until it is read, and leave the errand that reads it.

    `key` is the form's: sent twice, it is the same import. Raise NotAllowed, NotYet for what is seen to be no table.
    """
    if by.place is None or by.office is None or not may_keep_organisations(by):
        raise NotAllowed
    try:
        glance(data, limits=LIMITS)
    except Unreadable as unread:
        raise NotYet(_key_of(unread), **_values_of(unread)) from unread
    known = Import.objects.filter(pk=key).first()
    if known is None:
        _require_room(by.office)
        made = Import(
            id=key, office=by.office, sort=sort, digest=sha256(data).digest(), received_at=at, received_by=by
        )
        known = _keep(made, data)
    if known.received_by_id != by.pk:
        raise NotAllowed
    return known


def begin(table: UUID, *, at: datetime) -> Import | None:
    """Give a table that waits to be read; None where it is settled, and where it was begun too often."""
    waiting = Import.objects.filter(pk=table, settled_at=None)
    for often in waiting.filter(begun__gte=MOST_BEGUN):
        _give_up(often, at=at)
    # It is counted before it is read: whatever ends the worker over it is counted too.
    if not waiting.update(begun=F("begun") + 1, rows=0, judged=0):
        return None
    return waiting.select_related("office", "received_by__place", "file").get()


def read_and_judge(waiting: Import) -> Judged:
    """Read the file of a table and judge its rows, telling how far that is; no row of it is written."""

    def tell(**figures: int) -> None:
        Import.objects.filter(pk=waiting.pk, settled_at=None).update(**figures)

    try:
        table: Table = read(waiting.file.data, limits=LIMITS)
    except Unreadable as unread:
        return Judged((), (RowFault(unread.row, "", "", _key_of(unread), values=_values_of(unread)),))
    tell(rows=len(table.rows))
    zone = (waiting.received_by.place or Place()).zone
    today = waiting.received_at.astimezone(zone).date()
    judged = judge(table, waiting.table_sort, today=today, tell=lambda done: tell(judged=done))
    tell(judged=len(table.rows))
    return judged


@transaction.atomic
def settle(waiting: Import, judged: Judged, *, at: datetime) -> None:
    """Enter the rows of a table that was judged, or keep what is wrong; its file goes. Once, however often asked."""
    _wait_for_others(waiting.office)
    row = Import.objects.select_for_update(of=("self",)).filter(pk=waiting.pk, settled_at=None).first()
    if row is None:
        return
    faults = judged.faults
    if not faults:
        handed = HandedIn(
            office=waiting.office, by=row.received_by.actor, at=at, source=Source.IMPORT, system=OF_FILES
        )
        try:
            written = write(judged.rows, row.table_sort, handed)
        except NotWritten as refused:
            faults = refused.faults
        else:
            row.entered, row.corrected, row.unchanged = written.entered, written.corrected, written.unchanged
            remember(row, written.touched)
    row.fault_count = len(faults)
    row.faults = coded(faults[:MOST_FAULTS_KEPT]) if faults else None
    row.settled_at = at
    row.save(update_fields=["settled_at", "entered", "corrected", "unchanged", "fault_count", "faults"])
    ImportedFile.objects.filter(table=row).delete()
    _record("import.refused" if faults else "import.taken", row, at=at)


def give_up_late(*, at: datetime) -> None:
    """Refuse each table that could not be read in a day."""
    for late in Import.objects.filter(settled_at=None, received_at__lte=at - KEPT_FOR).order_by(
        "received_at"
    ):
        _give_up(late, at=at)


def write(rows: Sequence[RowSaid], sort: TableSort, handed: HandedIn) -> Written:
    """Write rows all of them or none, one table of an office at a time. Raise NotWritten."""
    with transaction.atomic():
        _wait_for_others(handed.office)
        return _WRITERS[sort](rows, handed)


def _wait_for_others(office: Office) -> None:
    # Without the key of the row: cases of the office go on being registered.
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)


def _require_room(office: Office) -> None:
    if Import.objects.filter(office=office, settled_at=None).count() >= MOST_WAITING:
        raise NotYet("error.tables_wait", count=MOST_WAITING)


def _keep(made: Import, data: bytes) -> Import:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            ImportedFile.objects.create(table=made, data=data)
            _record("import.received", made, at=made.received_at)
            outbox.enter_table(made.pk)
    except IntegrityError:
        # Its double was faster.
        return Import.objects.get(pk=made.pk)
    return made


def _give_up(late: Import, *, at: datetime) -> None:
    settle(late, Judged((), (RowFault(0, "", "", "tables.unread.given_up"),)), at=at)


def _key_of(unread: Unreadable) -> str:
    at_row = unread.why is Unread.BROKEN and unread.row
    return f"tables.unread.{unread.why}{'_at' if at_row else ''}"


def _values_of(unread: Unreadable) -> dict[str, Any]:
    most = {"megabytes": LIMITS.size // _MEGABYTE, "rows": LIMITS.rows, "columns": LIMITS.columns}
    return {**most, "row": unread.row}


def _record(name: str, row: Import, *, at: datetime) -> None:
    record(
        name,
        subject=row.pk,
        office=row.office_id,
        by=row.received_by.actor,
        at=at,
        sort=row.sort,
        rows=row.rows,
        entered=row.entered,
        corrected=row.corrected,
        faults=row.fault_count,
    )
