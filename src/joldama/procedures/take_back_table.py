"""Takes a table back as one act, while nothing rests on its rows.

What it entered is removed, what it corrected says again what it said before. Events of the journal stay.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from joldama.journal.operations import record
from joldama.openings import taking_back
from joldama.openings.models import Contact, Import, ImportedRow, Opening, Organisation
from joldama.openings.rules import may_keep_organisations
from joldama.people.models import Office, Staff
from joldama.people.rules import works_for
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals.reservations import Reservation
from joldama.vault.fields import closed


class Why(StrEnum):
    """Why a row stays."""

    CHANGED = "changed"
    HELD = "held"
    USED = "used"

    @property
    def text_key(self) -> str:
        return f"desk.import.rests.{self}"


@dataclass(frozen=True)
class Rest:
    """A row on which something rests, by its number in the file."""

    number: int
    thing: Opening | Organisation
    why: Why


class RowsRest(NotYet):
    """The table stays: something rests on these of its rows."""

    def __init__(self, rests: Sequence[Rest]) -> None:
        super().__init__("error.table_rests", count=len(rests))
        self.rests = tuple(rests)


def may_take_back(staff: Staff, table: Import) -> bool:
    """Say whether an official may take a table back: one that stands, of his office, whose rows were kept."""
    keeps = may_keep_organisations(staff) and works_for(staff, table.office_id)
    return keeps and table.is_taken and table.written.exists()


def what_rests(table: Import) -> list[Rest]:
    """Give the rows of a table on which something rests, in the order of the file; none where it can be taken back."""
    return _rests(table, list(_rows(table)))


def take_back(table: Import, *, reason: str, by: Staff, at: datetime) -> None:
    """Take a table back, all of it or nothing; taken back twice, it is taken back. Raise NotAllowed, RowsRest."""
    if not (may_keep_organisations(by) and works_for(by, table.office_id)):
        raise NotAllowed
    with transaction.atomic():
        Office.objects.select_for_update(no_key=True).get(pk=table.office_id)
        standing = Import.objects.select_for_update(of=("self",)).filter(pk=table.pk, taken_back_at=None)
        row = standing.first()
        if row is None:
            return
        if not row.is_taken:
            raise NotAllowed
        _undo(row, by=by, at=at)
        Import.objects.filter(pk=row.pk, taken_back_at=None).update(
            taken_back_at=at, taken_back_by=by, taken_back_reason=closed(row, "taken_back_reason", reason)
        )


def _undo(table: Import, *, by: Staff, at: datetime) -> None:
    _lock(table)
    rows = list(_rows(table))
    rests = _rests(table, rows)
    if rests:
        raise RowsRest(rests)
    _forget(table)
    openings, organisations = _halves(rows)
    entered = [one.opening for one in openings if one.before is None and one.opening]
    restored = [one for one in openings if one.before is not None]
    taking_back.remove_openings(entered, by=by.actor, at=at)
    taking_back.restore_openings(restored, by=by.actor, at=at)
    unused = _unused(table, [one for one in organisations if one.before is None])
    renamed = [one for one in organisations if one.before is not None]
    taking_back.remove_organisations(unused, by=by.actor, at=at)
    taking_back.restore_organisations(renamed, by=by.actor, at=at)
    record(
        "import.taken_back",
        subject=table.pk,
        office=table.office_id,
        by=by.actor,
        at=at,
        sort=table.sort,
        removed=len(entered) + len(unused),
        restored=len(restored) + len(renamed),
    )


def _lock(table: Import) -> None:
    """Lock what the table wrote, organisations first as its writers do: nobody is sent there meanwhile."""
    for model, name in ((Organisation, "organisation"), (Opening, "opening")):
        written = table.written.exclude(**{name: None}).values(name)
        list(
            model.objects.select_for_update(of=("self",))
            .filter(pk__in=written)
            .order_by("pk")
            .values_list("pk")
        )


def _rows(table: Import) -> Iterator[ImportedRow]:
    found = table.written.select_related("opening__organisation", "organisation")
    return found.order_by("number", "id").iterator(chunk_size=2000)


def _forget(table: Import) -> None:
    written = ImportedRow.objects.filter(table=table)
    written._raw_delete(written.db)


def _halves(rows: Sequence[ImportedRow]) -> tuple[list[ImportedRow], list[ImportedRow]]:
    return [one for one in rows if one.opening_id], [one for one in rows if one.organisation_id]


def _rests(table: Import, rows: Sequence[ImportedRow]) -> list[Rest]:
    openings, organisations = _halves(rows)
    held = _held(table, openings)
    own = [one for one in organisations if one.number]
    used = _used(table, [one for one in own if one.before is None]) | _needed(own)
    rests = []
    for row in (*openings, *own):
        thing = row.opening or row.organisation
        assert thing is not None
        if thing.version != row.version:
            rests.append(Rest(row.number, thing, Why.CHANGED))
        elif thing.pk in held:
            rests.append(Rest(row.number, thing, Why.HELD))
        elif thing.pk in used:
            rests.append(Rest(row.number, thing, Why.USED))
    return rests


def _held(table: Import, rows: Sequence[ImportedRow]) -> set[UUID]:
    """Give the openings somebody was sent to: those entered at any time, the corrected ones since."""
    entered = [one.opening_id for one in rows if one.before is None]
    corrected = [one.opening_id for one in rows if one.before is not None]
    of_ours = Q(opening__in=entered) | Q(opening__in=corrected, reserved_at__gte=table.settled_at)
    return set(Reservation.objects.filter(of_ours).values_list("opening", flat=True))


def _needed(rows: Sequence[ImportedRow]) -> set[UUID]:
    """Give the organisations that hold courses now and could not, as they stood before."""
    turned = [one.organisation_id for one in rows if one.before is not None and not one.before["is_training"]]
    courses = Opening.objects.filter(organisation__in=turned, training_kind__isnull=False, closed_at=None)
    return set(courses.values_list("organisation", flat=True))


def _used(table: Import, rows: Sequence[ImportedRow]) -> set[UUID]:
    """Give the organisations that have openings, had a contact, or stand in another table."""
    asked = [one.organisation_id for one in rows]
    found: set[UUID] = set()
    for rests in (Opening.objects, Contact.objects, ImportedRow.objects.exclude(table=table)):
        found |= set(rests.filter(organisation__in=asked).values_list("organisation", flat=True))
    return found


def _unused(table: Import, rows: Sequence[ImportedRow]) -> list[Organisation]:
    """Give the organisations to remove: one that came beside an opening stays where something rests on it."""
    used = _used(table, rows)
    return [
        one.organisation
        for one in rows
        if one.organisation and one.organisation.version == one.version and one.organisation.pk not in used
    ]
