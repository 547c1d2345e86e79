"""A sheet of the line that was kept by hand: entered row by row, each ticket with both its moments (S26)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joldama.cases.blanks import PaperBlank
from joldama.desk.forms_of_paper_line import COLUMNS, SheetForm
from joldama.desk.showing import Desk, desk_of, show
from joldama.desk.timeline import happened_to_ticket
from joldama.desk.views.paper import find_blank, signing_desk
from joldama.people.queries import specialists_of
from joldama.procedures import paper_line
from joldama.procedures.written import CannotBeSo, Doubtful
from joldama.reception.models import PaperTicket
from joldama.reception.paper import overtaken_by
from joldama.reception.rules import may_see_line
from joldama.standard.blanks import TICKETS_ON_A_SHEET, BlankKind
from joldama.standard.tickets import ServingEnd, TicketState


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the rows of a sheet as they were written; those that are entered stay as they are."""
    desk = signing_desk(request)
    blank = find_blank(desk, pk, BlankKind.LINE)
    entered = paper_line.entered_on(blank)
    is_over = blank.voided_at is not None or len(entered) == TICKETS_ON_A_SHEET
    form = None if is_over else _form(request, desk, blank, entered)
    if form is not None and form.is_bound and form.is_valid():
        try:
            paper_line.enter_tickets(
                form.written, blank=blank.pk, by=desk.staff, at=desk.at, **form.confirmed
            )
        except CannotBeSo as cannot:
            form.tell(cannot.remarks)
        except Doubtful as doubtful:
            form.ask(doubtful.remarks)
        else:
            return HttpResponseRedirect(reverse("desk:paper-line", args=[pk]))
    return show(
        request,
        "desk/paper_line.html",
        desk,
        status=422 if form is not None and form.is_bound else 200,
        form=form,
        blank=blank,
        columns=[f"desk.paper.row.{column}" for column in COLUMNS],
        entered=[_told(ticket, desk) for ticket in entered],
        out_of_turn=_out_of_turn(entered, desk),
    )


@require_safe
def ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A ticket that was kept on paper: its moments as written, and apart from them when they were entered."""
    desk = desk_of(request)
    related = ("blank", "place", "called_by", "entered_by")
    found = PaperTicket.objects.select_related(*related).filter(pk=pk).first()
    if found is None or not may_see_line(desk.staff, found.place):
        raise Http404
    same_day = PaperTicket.objects.at(found.place, on=found.on)
    return show(
        request,
        "desk/paper_ticket.html",
        desk,
        ticket=found,
        told=_told(found, desk),
        before=overtaken_by(found, same_day),
        happenings=happened_to_ticket(found.pk, desk.zone),
    )


def _form(request: HttpRequest, desk: Desk, blank: PaperBlank, entered: list[PaperTicket]) -> SheetForm:
    first = entered[0].on if entered else desk.today
    return SheetForm(
        request.POST if request.method == "POST" else None,
        sheet=blank,
        entered={one.number for one in entered},
        specialists=specialists_of(desk.place.office_id),
        initial={"on": f"{first:%d.%m.%Y}"},
    )


def _out_of_turn(entered: list[PaperTicket], desk: Desk) -> list[dict[str, Any]]:
    """Tell who was called out of turn on the days of a sheet: two sheets of one day make one order."""
    if not entered:
        return []
    days = [one.on for one in entered]
    same_days = PaperTicket.objects.between(entered[0].place, first=min(days), last=max(days))
    return [
        {"called_at": called.called_at.astimezone(desk.zone), "ticket": called.name, "before": one.name}
        for called, before in paper_line.called_out_of_turn(same_days)
        for one in before
        if called.called_at is not None
    ]


def _told(one: PaperTicket, desk: Desk) -> dict[str, Any]:
    return {
        "ticket": one,
        "taken": one.taken_at.astimezone(desk.zone),
        "called": one.called_at.astimezone(desk.zone) if one.called_at else None,
        "ended": one.ended_at.astimezone(desk.zone),
        "how": ServingEnd(one.end) if one.end else TicketState(one.state),
        "blanks": [link.blank for link in one.blanks.all()],
    }
