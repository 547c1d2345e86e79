"""The head's paper series: blanks for a power cut, and entering afterwards what was written on them (S26)."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import Application
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import may_enter_paper_result
from joldama.desk import queries
from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case
from joldama.desk.forms_of_paper import (
    BlanksForm,
    PaperIntakeForm,
    PaperReferralForm,
    PaperRefusalForm,
    VoidForm,
)
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import Desk, desk_of, show
from joldama.people.queries import signers_of, specialists_of
from joldama.procedures import paper
from joldama.procedures.paper import CannotBeSo
from joldama.procedures.prepare import kinds_wanted
from joldama.standard.channels import Channel
from joldama.standard.kinds import ResultKind
from joldama.standard.refusals import Refused
from joldama.ui.forms import Fault
from joldama.ui.templatetags.words import language


@require_http_methods(["GET", "HEAD", "POST"])
def blanks(request: HttpRequest) -> HttpResponse:
    """List the blanks of the office; print further ones."""
    desk = _signing_desk(request)
    form = BlanksForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paper.print_blanks(form.cleaned_data["count"], by=desk.staff, at=desk.at)
        return HttpResponseRedirect(reverse("desk:paper"))
    return _list(request, desk, form=form)


@require_http_methods(["POST"])
def void(request: HttpRequest) -> HttpResponse:
    """Void unused blanks by an act (A38)."""
    desk = _signing_desk(request)
    form = VoidForm(request.POST, unused=_choices(queries.unused_blanks(desk.staff)))
    if not form.is_valid():
        return _list(request, desk, form=BlanksForm(), void_form=form)
    given = form.cleaned_data
    paper.void_blanks([UUID(one) for one in given["blanks"]], act=given["act"], by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("desk:paper"))


@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The register for power cuts and the unused blanks, to be printed and filled in by hand (R5.1-a)."""
    desk = _signing_desk(request)
    return show(
        request,
        "desk/paper_sheets.html",
        desk,
        blanks=queries.unused_blanks(desk.staff),
        office=desk.place.office,
        place=desk.place,
        kinds=list(ResultKind),
        sides=["kk", "ru"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a package as it was registered on a blank."""
    desk = _signing_desk(request)
    blank = PaperBlank.objects.filter(pk=pk, office=desk.staff.office_id).first()
    if blank is None:
        raise Http404
    known = Application.objects.filter(blank=blank).first()
    if known is not None:
        return to_case(known.pk)
    initial = {"key": uuid4(), "language": language()}
    specialists = specialists_of(desk.place.office_id)
    form = PaperIntakeForm(request.POST or None, zone=desk.zone, specialists=specialists, initial=initial)
    refused: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            application = paper.enter_registration(
                form.intake,
                blank=blank.pk,
                registered_at=form.cleaned_data["registered_at"],
                registered_by=form.written_by,
                by=desk.staff,
                at=desk.at,
            )
        except CannotBeSo as cannot:
            form.add_error(cannot.field or None, Fault(cannot.key, **cannot.values))
        except Refused as told:
            refused = told.parts(language())
        else:
            return to_case(application.pk)
    status = 422 if form.is_bound else 200
    return show(
        request, "desk/paper_enter.html", desk, status=status, form=form, blank=blank, refused=refused
    )


@telling
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the result of a case as it was written on its blank: a referral, or a refusal."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:paper-result")
    if not may_enter_paper_result(desk.staff, application, on=desk.today):
        raise SomebodyWasFaster(application)
    is_refusal = "refusal" in request.GET
    form = _result_form(request, desk, application, is_refusal=is_refusal)
    if request.method == "POST" and form.is_valid():
        try:
            paper.enter_result(application, form.written, by=desk.staff, at=desk.at)
        except CannotBeSo as cannot:
            form.add_error(cannot.field, Fault(cannot.key, **cannot.values))
        else:
            return to_case(pk)
    return show(
        request,
        "desk/paper_result.html",
        desk,
        status=422 if form.is_bound else 200,
        case=application,
        form=form,
        is_refusal=is_refusal,
    )


def _result_form(
    request: HttpRequest, desk: Desk, application: Application, *, is_refusal: bool
) -> PaperReferralForm | PaperRefusalForm:
    typed = request.POST if request.method == "POST" else None
    shared: dict[str, Any] = {"zone": desk.zone, "signers": signers_of(application.office_id)}
    if is_refusal:
        return PaperRefusalForm(typed, channel=Channel.PROVIDER, **shared)
    kinds = kinds_wanted(application)
    asked = next((kind for kind in kinds if kind == request.GET.get("kind")), None)
    initial = {"training_kind": application.training_kind}
    return PaperReferralForm(typed, kinds=kinds, kind=asked, initial=initial, **shared)


def _list(
    request: HttpRequest, desk: Desk, *, form: BlanksForm, void_form: VoidForm | None = None
) -> HttpResponse:
    unused = queries.unused_blanks(desk.staff)
    return show(
        request,
        "desk/paper.html",
        desk,
        status=422 if form.errors or void_form else 200,
        form=form,
        void_form=void_form or (VoidForm(unused=_choices(unused)) if unused else None),
        unused=unused,
        used=queries.used_blanks(desk.staff),
        voided=queries.voided_blanks(desk.staff),
    )


def _choices(unused: list[PaperBlank]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.number) for one in unused]


def _signing_desk(request: HttpRequest) -> Desk:
    desk = desk_of(request)
    if not may_sign_today(desk.staff, on=desk.today):
        raise Http404
    return desk
