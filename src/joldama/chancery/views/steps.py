"""The steps of a complaint in a chancery: register, give to an officer, answer, refuse, forward, mark executed."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joldama.chancery.access import desk_of
from joldama.chancery.complaint_page import complaint_page, officers_for
from joldama.chancery.finding import find
from joldama.chancery.forms import AnswerForm, AssignForm, ForwardForm, RefuseForm
from joldama.complaints import rules
from joldama.complaints.models import Complaint
from joldama.complaints.operations import ComplaintIsElsewhere
from joldama.journal.queries import events_of
from joldama.people.queries import officials_by_id
from joldama.procedures import consider
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.register_complaint import register_delivered
from joldama.standard import words
from joldama.ui.forms import Form
from joldama.ui.kept import take_typed
from joldama.ui.officials import Desk, show
from joldama.ui.templatetags.words import language

View = Callable[..., HttpResponse]


def _telling(view: View) -> View:
    """Have what stands in the way of a step shown as a page, or as a missing one."""

    @wraps(view)
    def told(request: HttpRequest, *, pk: UUID) -> HttpResponse:
        try:
            return view(request, pk=pk)
        except ComplaintIsElsewhere:
            return _somebody_was_faster(request, pk)
        except NotYet as waits:
            desk = desk_of(request)
            return show(request, "chancery/told.html", desk, status=409, parts=waits.parts(language()), pk=pk)
        except NotAllowed as error:
            raise Http404 from error

    return told


@_telling
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Register what came through the portal."""
    if request.method == "POST":
        desk = desk_of(request)
        register_delivered(find(desk, pk, page="chancery:accept"), by=desk.staff, at=desk.at)
    return _to_complaint(pk)


@_telling
def assign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the complaint to an officer who may consider it."""
    desk = desk_of(request)
    found = find(desk, pk, page="chancery:assign")
    if request.method != "POST":
        return _to_complaint(pk)
    officers = officers_for(found)
    form = AssignForm(request.POST, officers=officers)
    if not form.is_valid():
        return complaint_page(request, desk, found, form=form, status=422)
    chosen = next(one for one in officers if one.pk == form.cleaned_data["to"])
    consider.assign(found, to=chosen, by=desk.staff, at=desk.at)
    return _to_complaint(pk)


@require_http_methods(["GET", "HEAD", "POST"])
@_telling
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the answer, then give it."""

    def act(found: Complaint, desk: Desk, given: dict[str, Any]) -> None:
        consider.answer(found, outcome=given["outcome"], text=given["text"], by=desk.staff, at=desk.at)

    return _step(request, pk, "answer", AnswerForm, rules.may_answer, act)


@require_http_methods(["GET", "HEAD", "POST"])
@_telling
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the ground and the reasons, then refuse to consider."""

    def act(found: Complaint, desk: Desk, given: dict[str, Any]) -> None:
        consider.refuse(found, ground=given["ground"], reasons=given["reasons"], by=desk.staff, at=desk.at)

    return _step(request, pk, "refuse", RefuseForm, rules.may_refuse, act)


@require_http_methods(["GET", "HEAD", "POST"])
@_telling
def forward(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the competent body, then forward."""

    def act(found: Complaint, desk: Desk, given: dict[str, Any]) -> None:
        consider.forward(found, body=given["body"], by=desk.staff, at=desk.at)

    return _step(request, pk, "forward", ForwardForm, rules.may_forward, act)


@_telling
def execute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark that the decision was carried out and the answer sent."""
    if request.method == "POST":
        desk = desk_of(request)
        consider.mark_executed(find(desk, pk, page="chancery:execute"), by=desk.staff, at=desk.at)
    return _to_complaint(pk)


def _step(
    request: HttpRequest,
    pk: UUID,
    name: str,
    form_class: type[Form],
    may: Callable[..., bool],
    act: Callable[[Complaint, Desk, dict[str, Any]], None],
) -> HttpResponse:
    desk = desk_of(request)
    found = find(desk, pk, page=f"chancery:{name}")
    form = form_class(request.POST if request.method == "POST" else take_typed(request))
    if request.method == "POST" and form.is_valid():
        act(found, desk, form.cleaned_data)
        return _to_complaint(pk)
    if not may(desk.staff, found, on=desk.today):
        return _to_complaint(pk)
    forward_by = found.forward_by_at.astimezone(found.place.zone)
    context = {"complaint": found, "form": form, "forward_by": forward_by}
    status = 422 if form.errors else 200
    return show(request, f"chancery/{name}.html", desk, status=status, **context)


def _to_complaint(pk: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("chancery:complaint", args=[pk]))


def _somebody_was_faster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say who changed it meanwhile; the same official's second click leads to the complaint."""
    desk = desk_of(request)
    latest = events_of(pk).last()
    if latest is None or latest.actor == desk.staff.pk:
        return _to_complaint(pk)
    official = officials_by_id({latest.actor}).get(latest.actor) if latest.actor else None
    actor = official.name.short if official else words.say("role.recipient", language())
    parts = words.parts("error.stale", language(), actor=actor)
    return show(request, "chancery/told.html", desk, status=409, parts=parts, pk=pk)
