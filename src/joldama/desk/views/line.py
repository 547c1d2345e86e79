"""The waiting line: give a ticket, call the next one, serve, end; there is no page that calls a chosen one."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joldama.desk.cockpit import window_page
from joldama.desk.forms_of_line import CallForm
from joldama.desk.line_page import cases_of, held_by, line_page
from joldama.desk.showing import Desk, desk_of, show
from joldama.desk.timeline import happened_to_ticket
from joldama.desk.visit import to_window
from joldama.procedures import line as procedure
from joldama.procedures import ticket_papers
from joldama.procedures.explaining import explain_serving, explain_wait
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.windows import WindowTaken
from joldama.reception.models import OPEN, Ticket, Window
from joldama.reception.operations import TicketIsElsewhere
from joldama.reception.rules import may_see_line, may_work_line
from joldama.standard import words
from joldama.standard.tickets import ServingEnd, TicketState
from joldama.ui.templatetags.words import language

View = Callable[..., HttpResponse]


def telling(view: View) -> View:
    """Have what a step of the line waits for shown on the page of the line."""

    @wraps(view)
    def told(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except NotYet as waits:
            taken = waits.window if isinstance(waits, WindowTaken) else None
            fault = waits.parts(language())
            return _page(request, desk_of(request), fault=fault, taken=taken, status=409)
        except TicketIsElsewhere as elsewhere:
            return _was_faster(request, elsewhere.ticket)
        except NotAllowed as error:
            raise Http404 from error

    return told


@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """Show who waits and how long, who is at a window, and what was missed today (R4.2-b)."""
    return line_page(request, desk_of(request))


@require_POST
@telling
def take_ticket(request: HttpRequest) -> HttpResponse:
    """Give a ticket; the same form gives one."""
    desk = desk_of(request)
    ticket = procedure.take_ticket(desk.place, key=_key(request), by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("desk:ticket", args=[ticket.pk]))


@require_POST
@telling
def call_next(request: HttpRequest) -> HttpResponse:
    """Call the one who has waited longest."""
    desk = desk_of(request)
    form = CallForm(request.POST, place=desk.place)
    if not form.is_valid():
        return _page(request, desk, fault=words.parts("error.no_window", language()), status=422)
    window = form.cleaned_data["window"]
    if "with_ticket" in request.POST:
        procedure.take_and_call(desk.place, key=_key(request), window=window, by=desk.staff, at=desk.at)
    else:
        procedure.call_next(desk.place, window=window, by=desk.staff, at=desk.at)
    return _back(request)


@require_POST
@telling
def call_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nobody has come yet: the call is repeated in the hall, once for each time the button was shown."""
    desk = desk_of(request)
    after = request.POST.get("after", "")
    if after.isdecimal() and len(after) < 6:
        procedure.call_again(_find(desk, pk), after=int(after), by=desk.staff, at=desk.at)
    return _back(request)


@require_POST
@telling
def serve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person who was called has come."""
    desk = desk_of(request)
    procedure.begin_serving(_find(desk, pk), by=desk.staff, at=desk.at)
    return _back(request)


@require_POST
@telling
def no_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nobody came."""
    desk = desk_of(request)
    procedure.mark_no_show(_find(desk, pk), by=desk.staff, at=desk.at)
    return _back(request)


@require_POST
@telling
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The serving is over."""
    desk = desk_of(request)
    ticket = _find(desk, pk)
    with suppress(ValueError):
        procedure.end_serving(ticket, ServingEnd(request.POST.get("end", "")), by=desk.staff, at=desk.at)
    return _back(request)


@require_safe
def ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The ticket as it is printed: its name, the rule, until when it should be called; nothing of a person."""
    desk = desk_of(request)
    found = _find(desk, pk)
    return show(
        request,
        "desk/ticket.html",
        desk,
        ticket=found,
        paper=ticket_papers.paper_of(found),
        sides=_sides(),
        prints_now="print" in request.GET,
        state=TicketState(found.state),
        may_work=may_work_line(desk.staff, found.line.place),
        is_open=found.state in OPEN and may_work_line(desk.staff, found.line.place),
        cases=cases_of(found),
        is_called=found.state == TicketState.CALLED,
        ends=list(ServingEnd),
        clocks=_clocks(found, desk),
        happenings=happened_to_ticket(found.pk, desk.zone),
    )


@require_POST
@telling
def print_ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print a ticket, and write that down; printed again, it is a marked copy."""
    desk = desk_of(request)
    ticket_papers.print_at_desk(_find(desk, pk), by=desk.staff, at=desk.at)
    return HttpResponseRedirect(f"{reverse('desk:ticket', args=[pk])}?print")


def _clocks(found: Ticket, desk: Desk) -> list[dict[str, Any]]:
    """The clocks of a visit, each with its steps (R4.2-a, R4.3-a)."""
    both = (explain_wait(found, at=desk.at), explain_serving(found, at=desk.at))
    return [{"of": one, "lines": one.lines(language())} for one in both if one is not None]


def _find(desk: Desk, pk: UUID) -> Ticket:
    found = Ticket.objects.select_related("line__place__office", "called_by", "kiosk").filter(pk=pk).first()
    if found is None or not may_see_line(desk.staff, found.line.place):
        raise Http404
    return found


def _was_faster(request: HttpRequest, moved: Ticket) -> HttpResponse:
    """Lead to the line after an own second click; say otherwise that the ticket has changed."""
    desk = desk_of(request)
    if moved.called_by_id == desk.staff.pk:
        return _back(request)
    fault = words.parts("error.ticket_elsewhere", language(), ticket=moved.name)
    return _page(request, desk, fault=fault, status=409)


def _sides() -> list[str]:
    """Kazakh and Russian stand on every ticket, English beside them where somebody asked for it."""
    return ["kk", "ru", *(["en"] if language() == "en" else [])]


def _key(request: HttpRequest) -> UUID:
    with suppress(ValueError):
        return UUID(request.POST.get("key", ""))
    return uuid4()


def _is_from_intake(request: HttpRequest) -> bool:
    return request.POST.get("back") == "intake"


def _page(
    request: HttpRequest, desk: Desk, *, fault: tuple[str, ...], status: int, taken: Window | None = None
) -> HttpResponse:
    """Say on the page from which the step was made why it was not made."""
    if not _is_from_intake(request):
        return line_page(request, desk, fault=fault, taken=taken, status=status)
    return window_page(request, desk, held=held_by(desk), fault=fault, taken=taken, status=status)


def _back(request: HttpRequest) -> HttpResponse:
    """Lead to the page from which the step was made: the clerk's own screen, or the line."""
    return to_window() if _is_from_intake(request) else HttpResponseRedirect(reverse("desk:line"))
