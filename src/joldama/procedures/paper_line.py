"""The line as it was kept by hand on a sheet, entered afterwards (S26, R8.1-c).

The order is judged as it was written: who was called while somebody before him waited is named, not refused,
since it happened. The three clocks of ¶4 run over paper as over the machine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from django.db import transaction

from joldama.cases.blanks import PaperBlank
from joldama.journal.actors import FromPaper
from joldama.people.models import Place, Staff
from joldama.people.rules import works_for
from joldama.procedures.reckoning import calendar, day_closes_at, edition_at
from joldama.procedures.written import (
    CannotBeSo,
    Remark,
    impossible_moment,
    locked_blank,
    outside_hours,
    place_of_signer,
    settle,
    use_up,
)
from joldama.reception import paper_operations as operations
from joldama.reception.paper import PaperTicket, PaperTicketBlank, overtaken_by
from joldama.standard import terms
from joldama.standard.blanks import TICKETS_ON_A_SHEET, BlankKind
from joldama.standard.clocks import ClockKind
from joldama.standard.roles import Role
from joldama.standard.tickets import ServingEnd, TicketState


@dataclass(frozen=True, kw_only=True)
class WrittenTicket:
    """A row of a sheet: its number, its moments, who called to which window, how it ended, on which blanks.

    `end` is how a serving ended; None for who did not come when called, or was never called.
    """

    number: int
    taken_at: datetime
    called_at: datetime | None = None
    called_by: Staff | None = None
    window: int | None = None
    ended_at: datetime | None = None
    end: ServingEnd | None = None
    blanks: tuple[str, ...] = ()

    @property
    def state(self) -> TicketState:
        if self.called_at is None:
            return TicketState.CANCELLED_AT_CLOSING
        return TicketState.SERVED if self.end else TicketState.NO_SHOW


@transaction.atomic
def enter_tickets(
    rows: Sequence[WrittenTicket],
    *,
    blank: UUID,
    by: Staff,
    at: datetime,
    as_written: bool = False,
    remark: str = "",
) -> list[PaperTicket]:
    """Enter rows of a sheet, all or none; give those that are new. A row that is known as it stands passes.

    Raises CannotBeSo with everything that is impossible, Doubtful with everything unusual unless it was confirmed
    `as_written`, NotAllowed.
    """
    place = place_of_signer(by, at=at)
    sheet = locked_blank(blank, BlankKind.LINE, place)
    assert sheet.place is not None
    written = sorted(rows, key=lambda row: row.number)
    settle(_impossible(written, sheet, place=sheet.place, at=at), (), as_written=False)
    tickets = [_ticket(row, sheet, by=by, at=at, remark=remark) for row in written]
    known = {ticket.number: ticket for ticket in PaperTicket.objects.filter(blank=sheet)}
    new = [ticket for ticket in tickets if not _is_known(ticket, known)]
    if not new:
        return []
    numbers = {ticket.number for ticket in new}
    fresh = [row for row in written if row.number in numbers]
    filled_in = _blanks(fresh, sheet)
    days = {ticket.on for ticket in new}
    others = list(PaperTicket.objects.filter(place=sheet.place, on__in=days).select_related("blank"))
    settle((), _doubts(fresh, new, others, place=sheet.place), as_written=as_written)
    use_up(sheet, by=by, at=at)
    operations.enter(
        new,
        filled_in,
        breaches=[clock for ticket in new for clock in _breaches(ticket)],
        out_of_turn=_out_of_turn(new, others),
        from_paper=FromPaper(by.actor, at),
    )
    return new


def entered_on(blank: PaperBlank) -> list[PaperTicket]:
    """Give the tickets of a sheet that are entered, in order."""
    found = PaperTicket.objects.filter(blank=blank).select_related("blank", "called_by", "place")
    return list(found.prefetch_related("blanks__blank").order_by("number"))


def called_out_of_turn(tickets: Iterable[PaperTicket]) -> list[tuple[PaperTicket, list[PaperTicket]]]:
    """Give who was called while somebody before him waited, with those he was called before (R8.1-c)."""
    known = list(tickets)
    found = ((ticket, overtaken_by(ticket, known)) for ticket in known)
    return [(ticket, before) for ticket, before in found if before]


def _out_of_turn(
    new: Sequence[PaperTicket], others: Sequence[PaperTicket]
) -> list[tuple[PaperTicket, PaperTicket]]:
    """Give each pair of one called and one overtaken that these rows bring to light."""
    fresh = {ticket.pk for ticket in new}
    return [
        (called, before)
        for called, overtaken in called_out_of_turn([*others, *new])
        for before in overtaken
        if called.pk in fresh or before.pk in fresh
    ]


def _is_known(ticket: PaperTicket, known: dict[int, PaperTicket]) -> bool:
    there = known.get(ticket.number)
    if there is None:
        return False
    if operations.same(there, ticket):
        return True
    raise CannotBeSo.all([Remark("error.paper.ticket_known", "taken", {"ticket": there.name}, ticket.number)])


def _ticket(row: WrittenTicket, sheet: PaperBlank, *, by: Staff, at: datetime, remark: str) -> PaperTicket:
    place = sheet.place
    assert place is not None
    on = row.taken_at.astimezone(place.zone).date()
    ended_at = row.ended_at or row.called_at or max(row.taken_at, min(_closing(place, on, row.taken_at), at))
    waited = _wait(place, row.taken_at, row.called_at or ended_at)
    served = _serving(place, row.called_at, ended_at) if row.called_at and row.end else None
    return PaperTicket(
        blank=sheet,
        place=place,
        on=on,
        number=row.number,
        state=row.state,
        taken_at=row.taken_at,
        called_at=row.called_at,
        called_by=row.called_by,
        window=row.window,
        ended_at=ended_at,
        end=row.end,
        waited=waited.counted,
        is_wait_breached=waited.breach,
        served=served.counted if served else None,
        is_serving_breached=served.breach if served else None,
        remark=remark,
        entered_at=at,
        entered_by=by,
    )


def _breaches(ticket: PaperTicket) -> Iterator[tuple[PaperTicket, ClockKind, terms.Wait]]:
    if ticket.is_wait_breached:
        wait = _wait(ticket.place, ticket.taken_at, ticket.called_at or ticket.ended_at)
        yield ticket, ClockKind.WAIT, wait
    if ticket.is_serving_breached and ticket.called_at is not None:
        yield ticket, ClockKind.SERVING, _serving(ticket.place, ticket.called_at, ticket.ended_at)


def _closing(place: Place, on: date, taken_at: datetime) -> datetime:
    return day_closes_at(place, on) or taken_at


def _wait(place: Place, start: datetime, until: datetime) -> terms.Wait:
    figures = edition_at(place, start).figures
    return terms.wait(start, until, zone=place.zone, calendar=calendar(), figures=figures, explain=False)


def _serving(place: Place, start: datetime, until: datetime) -> terms.Wait:
    figures = edition_at(place, start).figures
    return terms.serving(start, until, zone=place.zone, calendar=calendar(), figures=figures, explain=False)


def _impossible(
    rows: Sequence[WrittenTicket], sheet: PaperBlank, *, place: Place, at: datetime
) -> Iterator[Remark]:
    for row in rows:
        if not 1 <= row.number <= TICKETS_ON_A_SHEET:
            raise ValueError(row.number)
        yield from _impossible_moments(row, sheet, place=place, at=at)
        if (row.called_at is None) != (row.called_by is None) or (row.called_at is None) != (
            row.window is None
        ):
            yield Remark("error.paper.call_not_whole", "called", row=row.number)
        elif row.called_at is None and row.end is not None:
            yield Remark("error.paper.served_uncalled", "called", row=row.number)
        if row.end is not None and row.ended_at is None:
            yield Remark("error.paper.end_missing", "ended", row=row.number)
        if row.called_by is not None and (
            row.called_by.role != Role.SPECIALIST or not works_for(row.called_by, place.office_id)
        ):
            yield Remark("error.paper.not_his_office", "called_by", row=row.number)


def _impossible_moments(
    row: WrittenTicket, sheet: PaperBlank, *, place: Place, at: datetime
) -> Iterator[Remark]:
    moments = (("taken", row.taken_at), ("called", row.called_at), ("ended", row.ended_at))
    written = [(name, moment) for name, moment in moments if moment is not None]
    for name, moment in written:
        yield from impossible_moment(moment, name, place=place, blank=sheet, at=at, row=row.number)
    for (_, earlier), (name, later) in pairwise(written):
        if later < earlier:
            earlier_at = earlier.astimezone(place.zone)
            yield Remark("error.paper.out_of_order", name, {"earlier_at": earlier_at}, row.number)


def _blanks(rows: Sequence[WrittenTicket], sheet: PaperBlank) -> dict[int, list[PaperBlank]]:
    """Find the blanks that stand in the rows. Raises CannotBeSo for one that is not there, voided or another's."""
    wanted = {number for row in rows for number in row.blanks}
    kinds = [BlankKind.PACKAGE.value, BlankKind.NOTE.value]
    found = {
        blank.number: blank
        for blank in PaperBlank.objects.filter(
            number__in=wanted, office=sheet.office_id, kind__in=kinds, voided_at=None
        )
    }
    taken = set(
        PaperTicketBlank.objects.filter(blank__number__in=wanted).values_list("blank__number", flat=True)
    )
    given: set[str] = set()
    faults = []
    for row in rows:
        for number in row.blanks:
            if number not in found:
                faults.append(Remark("error.paper.no_such_blank", "blanks", {"number": number}, row.number))
            elif number in taken or number in given:
                faults.append(
                    Remark("error.paper.blank_of_another", "blanks", {"number": number}, row.number)
                )
            given.add(number)
    if faults:
        raise CannotBeSo.all(faults)
    return {row.number: [found[number] for number in row.blanks] for row in rows if row.blanks}


def _doubts(
    rows: Sequence[WrittenTicket], new: Sequence[PaperTicket], others: Sequence[PaperTicket], *, place: Place
) -> Iterator[Remark]:
    for row in rows:
        yield from outside_hours(row.taken_at, "taken", place=place, row=row.number)
        if row.called_at is not None:
            yield from outside_hours(row.called_at, "called", place=place, row=row.number)
        if row.window is not None and row.window > place.windows:
            yield Remark("error.paper.no_such_window", "called", {"windows": place.windows}, row.number)
    yield from _taken_backwards(new, others, place=place)
    yield from _two_at_once(new, others)
    for called, before in _out_of_turn(new, others):
        row_number = called.number if called in new else before.number
        values = {"ticket": called.name, "before": before.name}
        yield Remark("error.paper.called_out_of_turn", "called", values, row_number)


def _taken_backwards(
    new: Sequence[PaperTicket], others: Sequence[PaperTicket], *, place: Place
) -> Iterator[Remark]:
    """Tickets are torn off by number: a later number with an earlier time was mistyped, or torn off in disorder."""
    sheet = [one for one in others if one.blank_id == new[0].blank_id]
    for earlier, later in pairwise(sorted([*sheet, *new], key=lambda one: one.number)):
        if later.taken_at < earlier.taken_at and (later in new or earlier in new):
            values = {"ticket": earlier.name, "taken_at": earlier.taken_at.astimezone(place.zone)}
            yield Remark("error.paper.taken_backwards", "taken", values, later.number)


def _two_at_once(new: Sequence[PaperTicket], others: Sequence[PaperTicket]) -> Iterator[Remark]:
    """Nobody serves two at once, and no window does."""
    served = sorted(
        (one for one in [*others, *new] if one.called_at and one.state == TicketState.SERVED),
        key=lambda one: (one.called_at, one.number),
    )
    for place, first in enumerate(served):
        for second in served[place + 1 :]:
            assert second.called_at is not None
            if second.called_at >= first.ended_at:
                break
            is_same = second.called_by_id == first.called_by_id or second.window == first.window
            if is_same and (first in new or second in new):
                shown = second if second in new else first
                values = {"ticket": first.name, "other": second.name}
                yield Remark("error.paper.two_at_once", "called", values, shown.number)
