"""Writes that a limit of ¶4 was passed when it is, not only when the wait, the serving or the case is over.

Rows are looked at, so a look may come late, twice, or after the worker stood still: what is written is the moment
at which the limit was passed, never that of the look, and the database holds each breach once. What is over before
anybody looked writes its own (R4.1-c, R4.2-a, R4.3-a).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from joldama.cases import operations as cases
from joldama.cases.models import Application
from joldama.procedures.line import serving_of, wait_of
from joldama.procedures.reckoning import day_closes_at
from joldama.reception import operations as line
from joldama.reception.models import Ticket
from joldama.schedule.calendar import one_page
from joldama.standard.clocks import ClockKind
from joldama.standard.terms import Wait
from joldama.standard.tickets import TicketState

ON_ITS_WAY = timedelta(seconds=10)
"""How long a call, an end or a result may take from the reading of the clock to its row: so long nothing is judged."""

RUNNING = {ClockKind.WAIT: TicketState.WAITING, ClockKind.SERVING: TicketState.SERVING}
"""Whose clock runs. Who was called and has not come is at no window yet, and may turn out not to have been served."""


def write_breaches(*, at: datetime) -> int:
    """Write each breach of ¶4 that the journal does not tell yet; say how many."""
    seen = at - ON_ITS_WAY
    with one_page():
        passed = list(_passed(seen))
    written = sum(_write(ticket, kind, measured) for ticket, kind, measured in passed)
    return written + sum(_write_missed(case, at=seen) for case in Application.objects.missed_unwritten(seen))


def measured_by(ticket: Ticket, kind: ClockKind, *, at: datetime) -> Wait | None:
    """Measure what runs up to a moment; None before it began.

    A wait runs to the closing of its day at the latest, whenever that is written (A32).
    """
    if kind is ClockKind.SERVING:
        return serving_of(ticket, at) if ticket.called_at and at > ticket.called_at else None
    closes = day_closes_at(ticket.line.place, ticket.line.on)
    if closes is None or min(at, closes) <= ticket.taken_at:
        return None
    return wait_of(ticket, min(at, closes))


def _passed(seen: datetime) -> Iterator[tuple[Ticket, ClockKind, Wait]]:
    for kind, state in RUNNING.items():
        running = Ticket.objects.filter(state=state).without_breach(kind).select_related("line__place")
        for ticket in running.order_by("line__on", "line_id", "number"):
            measured = measured_by(ticket, kind, at=seen)
            if measured is not None and measured.breach:
                yield ticket, kind, measured


@transaction.atomic
def _write(ticket: Ticket, kind: ClockKind, measured: Wait) -> bool:
    if not _is_still_so(Ticket.objects.filter(pk=ticket.pk, state=ticket.state)):
        return False
    line.record_breach(ticket, kind, measured)
    return True


@transaction.atomic
def _write_missed(case: Application, *, at: datetime) -> bool:
    if not _is_still_so(Application.objects.filter(pk=case.pk, state=case.state, due_at=case.due_at)):
        return False
    cases.record_breach(case, at=at)
    return True


def _is_still_so(rows: Any) -> bool:
    """Lock a row that is as it was read; one that somebody is changing in this moment is looked at again later."""
    return rows.select_for_update(skip_locked=True).values_list("pk").first() is not None
