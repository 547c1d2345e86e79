"""Writes tickets that were kept on paper, with their events at the moments that were written (S26)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from joldama.cases.blanks import PaperBlank
from joldama.journal.actors import FromPaper
from joldama.journal.operations import record, record_once
from joldama.reception.paper import PaperTicket, PaperTicketBlank
from joldama.reception.queries import BREACHES
from joldama.standard.clocks import ClockKind
from joldama.standard.terms import Wait
from joldama.standard.tickets import TICKET, TicketMove, TicketState

_COMPARED = ("state", "taken_at", "called_at", "called_by_id", "window", "ended_at", "end")
_LAST = {
    TicketState.SERVED: TicketMove.END,
    TicketState.NO_SHOW: TicketMove.MARK_NO_SHOW,
    TicketState.CANCELLED_AT_CLOSING: TicketMove.CLOSE,
}
_ORDER = tuple(TicketMove)
_PARAGRAPHS = {move.name: move.paragraph for move in TICKET.moves}


def same(one: PaperTicket, other: PaperTicket) -> bool:
    """Say whether two rows were written alike: entered twice, it is entered once."""
    return all(getattr(one, name) == getattr(other, name) for name in _COMPARED)


def enter(
    tickets: Sequence[PaperTicket],
    blanks: Mapping[int, Sequence[PaperBlank]],
    *,
    breaches: Iterable[tuple[PaperTicket, ClockKind, Wait]],
    out_of_turn: Sequence[tuple[PaperTicket, PaperTicket]],
    from_paper: FromPaper,
) -> None:
    """Write tickets of a sheet with the blanks filled in for them, and tell the journal in the order of moments.

    `breaches` are clocks that passed their limit, told at the moment they did; `out_of_turn` are pairs of one who
    was called and one before him who still waited.
    """
    for ticket in tickets:
        ticket.save(force_insert=True)
        for blank in blanks.get(ticket.number, ()):
            PaperTicketBlank.objects.create(ticket=ticket, blank=blank)
    happened = [step for ticket in tickets for step in _steps(ticket)]
    for at, _, ticket, move in sorted(happened, key=lambda step: (step[0], step[1], step[2].number)):
        record(
            f"ticket.{move}",
            at=at,
            paragraph=_PARAGRAPHS[move],
            line=str(ticket.blank_id),
            ticket=ticket.number,
            window=ticket.window,
            end=ticket.end,
            subject=ticket.pk,
            office=ticket.place.office_id,
            by=from_paper.by,
            from_paper=from_paper,
        )
    for ticket, kind, measured in breaches:
        _record_breach(ticket, kind, measured, from_paper)
    for called, before in out_of_turn:
        assert called.called_at is not None
        record(
            "ticket.out_of_turn",
            at=called.called_at,
            paragraph=_PARAGRAPHS[TicketMove.CALL],
            line=str(called.blank_id),
            ticket=called.number,
            before=before.number,
            before_line=str(before.blank_id),
            subject=called.pk,
            office=called.place.office_id,
            by=from_paper.by,
            from_paper=from_paper,
        )


def _steps(ticket: PaperTicket) -> list[tuple[datetime, int, PaperTicket, TicketMove]]:
    made = [(ticket.taken_at, TicketMove.TAKE)]
    if ticket.called_at is not None:
        made.append((ticket.called_at, TicketMove.CALL))
    made.append((ticket.ended_at, _LAST[TicketState(ticket.state)]))
    return [(at, _ORDER.index(move), ticket, move) for at, move in made]


def _record_breach(ticket: PaperTicket, kind: ClockKind, measured: Wait, from_paper: FromPaper) -> None:
    assert measured.passed_at is not None
    record_once(
        BREACHES[kind],
        at=measured.passed_at,
        paragraph=measured.basis[0],
        line=str(ticket.blank_id),
        ticket=ticket.number,
        limit=measured.limit,
        subject=ticket.pk,
        office=ticket.place.office_id,
        by=from_paper.by,
        from_paper=from_paper,
    )
