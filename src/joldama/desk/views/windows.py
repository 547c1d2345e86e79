"""The specialist's window: open, pause, resume, close; what is stale or a second click says so, nobody is lost."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from joldama.desk.forms_of_line import CallForm
from joldama.desk.line_page import line_page
from joldama.desk.showing import Desk, desk_of
from joldama.desk.views.line import telling
from joldama.procedures import windows as procedure
from joldama.reception.models import Window
from joldama.reception.operations import WindowIsElsewhere
from joldama.reception.rules import may_see_line
from joldama.standard import words
from joldama.standard.windows import WindowState
from joldama.ui.templatetags.words import language

BACK = {"intake": "desk:intake", "board": "desk:board"}
"""Pages that carry the steps of a window, besides the line."""


@require_POST
@telling
def open_window(request: HttpRequest) -> HttpResponse:
    """Sit down at a window; `over` names the turn of a colleague that is taken over."""
    desk = desk_of(request)
    form = CallForm(request.POST, place=desk.place)
    if not form.is_valid():
        return line_page(request, desk, fault=words.parts("error.no_window_opened", language()), status=422)
    number = form.cleaned_data["window"]
    procedure.open_window(desk.place, number=number, by=desk.staff, at=desk.at, over=_over(request))
    return _back(request)


@require_POST
@telling
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call nobody to the window for a while."""
    return _step(request, pk, procedure.pause_window, to=WindowState.PAUSED)


@require_POST
@telling
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Go on at the window."""
    return _step(request, pk, procedure.resume_window, to=WindowState.OPEN)


@require_POST
@telling
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the window; the head and the deputy may close one that was left open."""
    return _step(request, pk, procedure.close_window, to=WindowState.CLOSED)


def _step(request: HttpRequest, pk: UUID, step: Callable[..., None], *, to: WindowState) -> HttpResponse:
    desk = desk_of(request)
    try:
        step(_find(desk, pk), by=desk.staff, at=desk.at)
    except WindowIsElsewhere:
        return _elsewhere(request, desk, pk, to)
    return _back(request)


def _find(desk: Desk, pk: UUID) -> Window:
    found = Window.objects.select_related("line__place").filter(pk=pk).first()
    if found is None or not may_see_line(desk.staff, found.line.place):
        raise Http404
    return found


def _elsewhere(request: HttpRequest, desk: Desk, pk: UUID, wished: WindowState) -> HttpResponse:
    """Lead on where the window is already as it was to be (a second click); say otherwise that it changed."""
    window = _find(desk, pk)
    if window.state == wished:
        return _back(request)
    fault = words.parts("error.window_elsewhere", language(), window=window.number)
    return line_page(request, desk, fault=fault, status=409)


def _over(request: HttpRequest) -> UUID | None:
    with suppress(ValueError):
        return UUID(request.POST.get("over", ""))
    return None


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse(BACK.get(request.POST.get("back", ""), "desk:line")))
