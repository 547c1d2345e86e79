"""The order of a line, derived from the sealed journal alone: was anybody called out of turn (R8.1-c)?

Read are the events of its tickets in the order in which they were sealed; each is held against its seal, each
batch against its chain and its checkpoint. What the tables of the line say is not asked, but for which line a
place had on a day and how many numbers it gave; tickets of the day that belong to no line of the office are said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection

from govkz.queue.proof import Entry, Proof, What, prove
from joldama.journal.chains import check_chains
from joldama.journal.checkpoints import check_signed
from joldama.journal.findings import Counted, Finding
from joldama.journal.ledgers import EVENTS
from joldama.journal.models import Batch, Event, Ledger
from joldama.people.models import Place
from joldama.reception.models import Line, PaperTicket
from joldama.standard.tickets import TicketMove

LEEWAY = timedelta(seconds=10)
"""By how much moments of different tickets may lie the other way round: a clock is read before the line is locked."""

AFTERWARDS = timedelta(days=1)
"""How far behind the last event of a line the office's chain is looked at: a row may have gone from there."""

_WHAT = {
    f"ticket.{TicketMove.TAKE}": What.TAKEN,
    f"ticket.{TicketMove.CALL}": What.CALLED,
    f"ticket.{TicketMove.MARK_NO_SHOW}": What.NO_SHOW,
    f"ticket.{TicketMove.END}": What.SERVED,
    f"ticket.{TicketMove.CLOSE}": What.CLOSED,
}

_ORDER = (What.TAKEN, What.CALLED, What.SERVED, What.NO_SHOW, What.CLOSED)
"""What comes first within a minute that was written by hand."""


class Outcome(StrEnum):
    """What can be said of the order of a day."""

    PROVED = "proved"
    VIOLATED = "violated"
    NOT_PROVABLE = "not_provable"

    @property
    def text_key(self) -> str:
        return f"proof.{self}"


@dataclass(frozen=True)
class SheetProof:
    """What was derived of a sheet that was kept by hand: its order by the moments as they were written (S26).

    A hand writes minutes, so that nothing is said of windows; `unsealed` are rows that have no seal yet.
    """

    sheet: str
    line: Proof
    unsealed: int


@dataclass(frozen=True)
class DayProof:
    """What was derived of a line, and what it rests on.

    `unsealed` are rows that have no seal yet, `unreadable` those that name no ticket, `other_days` moments that are
    not of this day, `strays` tickets the journal gave on this day in a line the office has not; `findings` is what
    does not fit in the journal from the first row to a day behind the last, `checkpoints` sign it.
    """

    place: Place
    on: date
    line: Proof
    rows: int
    unsealed: int
    unreadable: int
    other_days: int
    strays: int
    checkpoints: tuple[int, ...]
    findings: tuple[Finding, ...]
    sheets: tuple[SheetProof, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """A violation is one whatever the seals say; without any, every row has to stand as it was sealed."""
        if not self.line.holds or not all(sheet.line.holds for sheet in self.sheets):
            return Outcome.VIOLATED
        is_doubtful = (
            any(sheet.unsealed for sheet in self.sheets)
            or self.unsealed
            or self.unreadable
            or self.other_days
            or self.strays
            or self.findings
        )
        return Outcome.NOT_PROVABLE if is_doubtful else Outcome.PROVED


@dataclass(frozen=True)
class _Row:
    entry: Entry | None
    batch: int | None


def prove_line(place: Place, on: date) -> DayProof:
    """Derive the order of a place's line on a local day; a day on which nobody came is proved by nothing."""
    line = Line.objects.filter(place=place, on=on).first()
    rows = _rows(place.office_id, line.pk) if line else []
    of_sheets = _sheets(place, on)
    sealed = [*rows, *(row for _, written in of_sheets for row in written)]
    batches = [row.batch for row in sealed if row.batch is not None]
    checkpoints, findings = _sealed(place.office_id, batches) if batches else ((), [])
    entries = [row.entry for row in rows if row.entry]
    return DayProof(
        place=place,
        on=on,
        line=prove(entries, given=line.given if line else 0, leeway=LEEWAY),
        rows=len(rows),
        unsealed=sum(row.batch is None for row in rows),
        unreadable=len(rows) - len(entries),
        other_days=sum(_is_of_another_day(entry, place, on) for entry in entries),
        strays=_strays(place, on),
        checkpoints=checkpoints,
        findings=tuple(findings),
        sheets=tuple(_prove_sheet(sheet, written) for sheet, written in of_sheets),
    )


def _strays(place: Place, on: date) -> int:
    """Count the tickets of a day at an office whose line is not there: its row was removed, or put on another day."""
    lines = Line.objects.filter(place__office=place.office_id, on=on).values_list("pk", flat=True)
    sheets = PaperTicket.objects.filter(place__office=place.office_id, on=on).values_list("blank", flat=True)
    first, last = (datetime.combine(on, edge, tzinfo=place.zone) for edge in (time.min, time.max))
    taken = Event.objects.filter(
        office=place.office_id, name=f"ticket.{TicketMove.TAKE}", at__gte=first, at__lte=last
    )
    return taken.exclude(facts__line__in=[str(one) for one in (*lines, *sheets)]).count()


def _sheets(place: Place, on: date) -> list[tuple[str, list[_Row]]]:
    """Give the rows of each sheet of paper that was entered for a day, with its number."""
    entered = PaperTicket.objects.filter(place=place, on=on).order_by("blank__number")
    sheets = entered.values_list("blank", "blank__number").distinct()
    return [(number, _rows(place.office_id, pk)) for pk, number in sheets]


def _prove_sheet(sheet: str, rows: Sequence[_Row]) -> SheetProof:
    entries = [row.entry for row in rows if row.entry]
    in_order = sorted(entries, key=lambda entry: (entry.at, _ORDER.index(entry.what), entry.number))
    # Each at a window of his own: within a minute nobody knows who left before whom came.
    alone = [replace(entry, window=entry.number) for entry in in_order]
    return SheetProof(sheet, prove(alone), sum(row.batch is None for row in rows))


def _rows(office: UUID, line: UUID) -> list[_Row]:
    """Read the events of a line's tickets in the order of their seals; those without one come last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.name, e.at, e.facts->>'ticket', e.facts->>'window', s.batch "
            "FROM journal_event e LEFT JOIN journal_eventseal s ON s.row = e.id "
            "WHERE e.office = %s AND e.name = ANY(%s) AND e.facts->>'line' = %s "
            "ORDER BY s.batch NULLS LAST, s.position, e.id",
            [office, list(_WHAT), str(line)],
        )
        return [_Row(_entry(*told), batch) for *told, batch in cursor.fetchall()]


def _entry(name: str, at: datetime, ticket: str | None, window: str | None) -> Entry | None:
    number = _number(ticket)
    return Entry(_WHAT[name], number, at, _number(window)) if number else None


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _sealed(office: UUID, batches: Sequence[int]) -> tuple[tuple[int, ...], list[Finding]]:
    """Verify the piece of the office's chain in which the rows stand; give its checkpoints and what does not fit."""
    first, last = min(batches), max(batches)
    until = _until(office, last)
    found = list(check_chains(EVENTS, office, Counted(), first=first, until=until))
    checkpoints, unsigned = check_signed(first, last)
    return checkpoints, [*found, *unsigned]


def _until(office: UUID, last: int) -> int:
    """Give the last batch of the office that was sealed within a day of another."""
    sealed_at = Batch.objects.filter(ordinal=last).values_list("sealed_at", flat=True).first()
    if sealed_at is None:  # it was removed: its checkpoint says so
        return last
    later = Batch.objects.filter(
        ledger=Ledger.EVENT, office=office, ordinal__gte=last, sealed_at__lte=sealed_at + AFTERWARDS
    )
    return later.order_by("-ordinal").values_list("ordinal", flat=True).first() or last


def _is_of_another_day(entry: Entry, place: Place, on: date) -> bool:
    """Closing alone may be noted later: the sweep looks at rows whenever it runs."""
    return entry.what is not What.CLOSED and _local(entry.at, place) != on


def _local(at: datetime, place: Place) -> date:
    return at.astimezone(place.zone).date()
