"""The clerk's own screen at each point of a visit: nobody there, somebody called, somebody's document in hand."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse

from joldama.desk.clocks import serving_clock, wait_clock
from joldama.desk.forms import IntakeForm
from joldama.desk.forms_of_document import SeenForm
from joldama.desk.queries import at_window
from joldama.desk.showing import Desk, show
from joldama.desk.visit import budget_of, clocks_of, queue_of
from joldama.desk.window_card import window_card
from joldama.procedures.accept import judge_document
from joldama.procedures.reckoning import counter_term, edition_at
from joldama.reception.models import Ticket, Window
from joldama.standard import words
from joldama.standard.budget import VisitStep
from joldama.standard.grounds import Ground
from joldama.standard.refusals import Refused
from joldama.standard.terms import Closed, tell
from joldama.standard.tickets import ServingEnd, TicketState
from joldama.ui.templatetags.words import language


def window_page(
    request: HttpRequest,
    desk: Desk,
    *,
    held: Ticket | None,
    fault: tuple[str, ...] = (),
    taken: Window | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show whom to call next, or ask whether the one who was called has come.

    `fault` says why a step was not made, `taken` is the window of a colleague that was asked for.
    """
    around = _of_called(held, desk) if held is not None else _of_nobody(desk)
    return show(
        request,
        "desk/window.html",
        desk,
        status=status,
        held=held,
        stage="free" if held is None else "called",
        fault=fault,
        taken=taken,
        **around,
        **queue_of(desk),
        **_if_now(desk),
    )


def intake_page(
    request: HttpRequest,
    desk: Desk,
    form: IntakeForm,
    *,
    held: Ticket | None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    """Show the form for the person at the window; `shown` is what was found, or why it was not taken."""
    form.offer(edition_at(desk.place, desk.at))
    return show(
        request,
        "desk/intake.html",
        desk,
        status=status,
        form=form,
        held=held,
        cases=at_window(held) if held is not None else [],
        clocks=clocks_of(held, None, desk) if held is not None else [],
        budget=budget_of(VisitStep.REGISTER, desk),
        **queue_of(desk),
        **_if_now(desk),
        **shown,
    )


def judged(form: SeenForm, desk: Desk) -> dict[str, Any]:
    """Say what speaks against a document as far as it was read, and whether a number's check digit fits."""
    said: dict[str, Any] = {"iin_faults": form.iin_faults, "has_iin": form.has_iin, "ground": None}
    seen = form.seen
    if seen is None:
        return said
    try:
        judge_document(seen, today=desk.today)
    except Refused as refused:
        return said | {"refused": refused.parts(language()), "ground": refused.ground}
    return said | {"fits": seen.holder is not None}


def _of_nobody(desk: Desk) -> dict[str, Any]:
    latest = Ticket.objects.at(desk.place, on=desk.today).ended().filter(called_by=desk.staff).first()
    return {"key": uuid4(), "latest": _told_end(latest, desk) if latest else None, **window_card(desk)}


def _of_called(ticket: Ticket, desk: Desk) -> dict[str, Any]:
    assert ticket.called_at is not None
    return {
        "called_at": ticket.called_at.astimezone(desk.zone).time(),
        "clocks": [wait_clock(ticket), serving_clock(ticket.line.place, ticket.called_at, at=desk.at)],
        "budget": budget_of(VisitStep.REGISTER, desk),
    }


def _told_end(ticket: Ticket, desk: Desk) -> dict[str, Any]:
    assert ticket.ended_at is not None
    return {
        "ticket": ticket,
        "how": ServingEnd(ticket.end) if ticket.end else TicketState(ticket.state),
        "ended_at": ticket.ended_at.astimezone(desk.zone).time(),
    }


def _if_now(desk: Desk) -> dict[str, Any]:
    """Tell what registering now would mean: until when, and whether lunch or closing comes between."""
    try:
        term = counter_term(desk.place, desk.at)
    except Closed as closed:
        opens_at = closed.opens_at.astimezone(desk.zone)
        ground = Refused(Ground.OUTSIDE_RECEPTION_HOURS, opens_at=opens_at)
        return {
            "closed": ground.parts(language()),
            "closed_why": words.say(closed.reason.text_key, language()),
        }
    due = term.due_at.astimezone(desk.zone)
    return {"due_if_now": due, "warning": tell(term.warning, language()) if term.warning else ""}
