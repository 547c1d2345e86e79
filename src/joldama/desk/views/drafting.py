"""A specialist drafts the result: a referral, or a reasoned refusal."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict

from joldama.cases.models import Application, Outcome
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import may_prepare
from joldama.desk.answers import telling, to_case
from joldama.desk.case_page import case_page, draft_form
from joldama.desk.choosing import instead_of, opening_named
from joldama.desk.finding import find_case
from joldama.desk.forms import RefusalForm
from joldama.desk.showing import Desk, desk_of, show
from joldama.procedures import prepare
from joldama.procedures.granting import grounds_open
from joldama.procedures.refusing import NotYet
from joldama.referrals.reserving import NoPlaceLeft
from joldama.standard import words
from joldama.ui.kept import take_typed
from joldama.ui.templatetags.words import language


@telling
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the result of a kind the person would take; a fault leaves what was typed."""
    desk = desk_of(request)
    typed = request.POST if request.method == "POST" else take_typed(request)
    if typed is None:
        return to_case(pk)
    application = _in_progress(desk, pk, page="desk:draft")
    opening = opening_named(application, typed.get("opening"))
    form = draft_form(application, typed, opening=opening)
    if not form.is_valid() or request.method != "POST":
        return case_page(request, desk, application, form=form, opening=opening, status=422)
    try:
        prepare.draft_referral(
            application,
            kind=form.chosen_kind,
            training_kind=form.chosen_training,
            fields=form.told,
            although=form.although,
            opening=opening,
            by=desk.staff,
            at=desk.at,
        )
    except NotYet as waits:
        fault = waits.parts(language())
        return case_page(request, desk, application, form=form, opening=opening, fault=fault, status=409)
    except NoPlaceLeft as full:
        return case_page(
            request,
            desk,
            application,
            form=form,
            opening=opening,
            instead=instead_of(full.opening, application, desk),
            fault=full.parts(language()),
            status=409,
        )
    return to_case(pk)


@telling
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft a reasoned refusal: a ground of the closed list and the reasons, signed by the head (A13)."""
    desk = desk_of(request)
    application = _in_progress(desk, pk, page="desk:refuse")
    if not grounds_open(application):
        fault = words.parts("error.refusal.court", language())
        return case_page(request, desk, application, fault=fault, status=409)
    form = _refusal_form(application, request.POST if request.method == "POST" else take_typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            prepare.draft_refusal(application, **form.refused, by=desk.staff, at=desk.at)
        except NotYet as waits:
            fault = waits.parts(language())
            return show(
                request, "desk/refuse.html", desk, status=409, case=application, form=form, fault=fault
            )
        return to_case(pk)
    status = 422 if form.is_bound else 200
    return show(request, "desk/refuse.html", desk, status=status, case=application, form=form)


def _refusal_form(application: Application, typed: QueryDict | None) -> RefusalForm:
    grounds = grounds_open(application)
    if typed is not None:
        return RefusalForm(typed, grounds=grounds)
    decision = application.decision
    if decision is None or decision.outcome != Outcome.REFUSE:
        return RefusalForm(grounds=grounds)
    return RefusalForm(grounds=grounds, initial={"ground": decision.ground, "reasons": decision.reasons})


def _in_progress(desk: Desk, pk: UUID, *, page: str) -> Application:
    application = find_case(desk, pk, page=page)
    if not may_prepare(desk.staff, application):
        raise SomebodyWasFaster(application)
    return application
