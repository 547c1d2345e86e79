"""Writes tickets that were kept on paper, with their events at the moments that were written (S26)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from joldama.cases.blanks import PaperBlank
from joldama.journal.actors import FromPaper
from joldama.journal.operations import record
from joldama.reception.paper import PaperTicket, PaperTicketBlank
from joldama.standard.editions import edition_on
from joldama.standard.figures import Figure
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
    out_of_turn: Sequence[tuple[PaperTicket, PaperTicket]],
    from_paper: FromPaper,
) -> None:
    """Write tickets of a sheet with the blanks filled in for them, and tell the journal in the order of moments.

    `out_of_turn` are pairs of one who was called and one before him who still waited.
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
    for ticket in tickets:
        _record_breaches(ticket, from_paper)
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


def _record_breaches(ticket: PaperTicket, from_paper: FromPaper) -> None:
    figures = edition_on(ticket.on).figures
    measured: list[tuple[str, Figure, timedelta, datetime]] = []
    if ticket.is_wait_breached:
        over_at = ticket.called_at or ticket.ended_at
        measured.append(("wait_breached", figures.wait, ticket.waited, over_at))
    if ticket.is_serving_breached and ticket.served is not None:
        measured.append(("serving_breached", figures.serving, ticket.served, ticket.ended_at))
    for name, limit, length, at in measured:
        record(
            f"ticket.{name}",
            at=at,
            paragraph=limit.paragraph or "",
            line=str(ticket.blank_id),
            ticket=ticket.number,
            seconds=int(length.total_seconds()),
            subject=ticket.pk,
            office=ticket.place.office_id,
            by=from_paper.by,
            from_paper=from_paper,
        )
