"""Takes a table of organisations or openings whole, or says of each row what is wrong and takes nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from govkz.tables import Limits, Table, Unread, Unreadable, read
from joldama.journal.operations import record
from joldama.openings import bulk
from joldama.openings.bulk import HandedIn, NotWritten, Written
from joldama.openings.models import Import, Source
from joldama.openings.rules import may_keep_organisations
from joldama.openings.tables.columns import TableSort
from joldama.openings.tables.judging import Judged, RowFault, RowSaid, judge
from joldama.openings.tables.reporting import coded
from joldama.people.models import Office, Staff
from joldama.procedures.refusing import NotAllowed, NotYet

LIMITS = Limits()
MOST_FAULTS_KEPT = 10_000
OF_FILES = "file"
"""Whose own numbers the openings of files have: an office's files share them."""

_MEGABYTE = 1_000_000
_WRITERS: dict[TableSort, Callable[[Sequence[RowSaid], HandedIn], Written]] = {
    TableSort.ORGANISATIONS: bulk.write_organisations,
    TableSort.OPENINGS: bulk.write_openings,
}


def take_file(data: bytes, *, sort: TableSort, key: UUID, by: Staff, at: datetime) -> Import:
    """Read a file, judge its rows, and enter all of them or none; give what became of it.

    `key` is the form's: sent twice, it is the same import. Raise NotAllowed, NotYet for what is no table.
    """
    if by.place is None or by.office is None or not may_keep_organisations(by):
        raise NotAllowed
    judged = judge(_table(data), sort, today=at.astimezone(by.place.zone).date())
    row = Import(
        id=key, office=by.office, sort=sort, digest=sha256(data).digest(), received_at=at, received_by=by
    )
    return _take(row, judged, sort, by=by)


def write(rows: Sequence[RowSaid], sort: TableSort, handed: HandedIn) -> Written:
    """Write rows all of them or none, one table of an office at a time. Raise NotWritten."""
    with transaction.atomic():
        _wait_for_others(handed.office)
        return _WRITERS[sort](rows, handed)


def _wait_for_others(office: Office) -> None:
    # Without the key of the row: cases of the office go on being registered.
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)


def _table(data: bytes) -> Table:
    try:
        return read(data, limits=LIMITS)
    except Unreadable as unread:
        at_row = unread.why is Unread.BROKEN and unread.row
        raise NotYet(
            f"tables.unread.{unread.why}{'_at' if at_row else ''}",
            megabytes=LIMITS.size // _MEGABYTE,
            rows=LIMITS.rows,
            columns=LIMITS.columns,
            row=unread.row,
        ) from unread


@transaction.atomic
def _take(row: Import, judged: Judged, sort: TableSort, *, by: Staff) -> Import:
    _wait_for_others(row.office)
    done = Import.objects.filter(pk=row.pk, received_by=by).first()
    if done is not None:
        return done
    row.rows = len({one.number for one in judged.rows} | {one.row for one in judged.faults})
    faults = judged.faults
    if not faults:
        handed = HandedIn(
            office=row.office, by=by.actor, at=row.received_at, source=Source.IMPORT, system=OF_FILES
        )
        try:
            written = write(judged.rows, sort, handed)
        except NotWritten as refused:
            faults = refused.faults
        else:
            row.entered, row.corrected, row.unchanged = written.entered, written.corrected, written.unchanged
    return _keep(row, faults, by=by)


def _keep(row: Import, faults: tuple[RowFault, ...], *, by: Staff) -> Import:
    row.fault_count = len(faults)
    row.faults = coded(faults[:MOST_FAULTS_KEPT]) if faults else None
    row.save(force_insert=True)
    record(
        "import.refused" if faults else "import.taken",
        subject=row.pk,
        office=row.office_id,
        by=by.actor,
        at=row.received_at,
        sort=row.sort,
        rows=row.rows,
        entered=row.entered,
        corrected=row.corrected,
        faults=row.fault_count,
    )
    return row
