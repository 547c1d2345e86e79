"""A specialist looks for an opening for a case, and the one he chooses fills in the draft."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from joldama.cases.models import Application
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import may_prepare
from joldama.desk.answers import telling, to_case
from joldama.desk.case_page import case_page, draft_form, kind_named
from joldama.desk.choosing import asked_form, found, opening_named, typed_of
from joldama.desk.finding import find_case, find_case_to_move
from joldama.desk.showing import Desk, desk_of, show
from joldama.openings.filling import fields_of
from joldama.openings.models import Opening
from joldama.standard.kinds import ResultField
from joldama.ui.kept import take_typed

_OF_DRAFT = ("kind", "training_kind", "although", *ResultField)


@require_safe
@telling
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is found among the openings of the office; nothing of the person is told."""
    desk = desk_of(request)
    application = find_case_to_move(desk, pk, page="desk:choose")
    _require_in_progress(desk, application)
    form = asked_form(application, desk, typed=request.GET)
    if form is None:
        raise Http404
    answer = found(application, form, desk)
    status = 422 if form.errors else 200
    return show(request, "desk/choose.html", desk, status=status, case=application, form=form, **answer)


@telling
def search(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is found beside the draft, which stays as it was typed, where no script asks; nothing is stored."""
    desk = desk_of(request)
    typed = request.POST if request.method == "POST" else take_typed(request)
    if typed is None:
        return to_case(pk)
    application = find_case(desk, pk, page="desk:search")
    _require_in_progress(desk, application)
    asked = asked_form(application, desk, typed=typed)
    if asked is None:
        raise Http404
    opening = opening_named(application, typed.get("opening"))
    kind = kind_named(application, typed.get("kind"))
    form = draft_form(application, kind=kind, opening=opening, initial=_typed(typed, *_OF_DRAFT))
    finds = {"find_form": asked, **found(application, asked, desk)}
    status = 422 if asked.errors else 200
    return case_page(request, desk, application, form=form, opening=opening, finds=finds, status=status)


@telling
def fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fill in the draft from the chosen opening; what else was typed stays."""
    desk = desk_of(request)
    typed = request.POST if request.method == "POST" else take_typed(request)
    if typed is None:
        return to_case(pk)
    application = find_case(desk, pk, page="desk:fill")
    _require_in_progress(desk, application)
    opening = opening_named(application, typed.get("chosen"))
    if opening is None:
        raise Http404
    form = draft_form(application, opening=opening, initial={**_kept(typed), **_told(opening)})
    return case_page(request, desk, application, form=form, opening=opening)


def _told(opening: Opening) -> dict[str, str]:
    return typed_of(fields_of(opening))


def _kept(typed: QueryDict) -> dict[str, str]:
    """Give what was typed apart from any opening; of another opening only why it is given all the same."""
    return _typed(typed, "although", *(() if typed.get("opening") else ResultField))


def _typed(typed: QueryDict, *names: str) -> dict[str, str]:
    return {str(name): text for name in names if (text := typed.get(name))}


def _require_in_progress(desk: Desk, application: Application) -> None:
    if not may_prepare(desk.staff, application):
        raise SomebodyWasFaster(application)
