"""The head's paper series: blanks for a power cut, and entering afterwards what was written on them (S26)."""

from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joldama.cases.blanks import LIES_LONG, PaperBlank
from joldama.cases.models import Application, NonAcceptance
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import may_enter_paper_result
from joldama.desk import queries
from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case
from joldama.desk.forms_of_paper import (
    BlanksForm,
    PaperIntakeForm,
    PaperNoteForm,
    PaperReferralForm,
    PaperRefusalForm,
    VoidForm,
)
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import Desk, desk_of, show
from joldama.people.queries import places_of, signers_of, specialists_of
from joldama.procedures import paper
from joldama.procedures.blanks import print_blanks, void_blanks
from joldama.procedures.prepare import kinds_wanted
from joldama.procedures.reckoning import edition_of
from joldama.procedures.written import CannotBeSo, Doubtful
from joldama.standard import words
from joldama.standard.blanks import BlankKind
from joldama.standard.channels import Channel
from joldama.standard.grounds import Tier, grounds
from joldama.standard.refusals import Refused
from joldama.ui.forms import Fault
from joldama.ui.templatetags.words import language


@require_http_methods(["GET", "HEAD", "POST"])
def blanks(request: HttpRequest) -> HttpResponse:
    """List the blanks of the office; print further ones."""
    desk = signing_desk(request)
    form = _blanks_form(desk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        print_blanks(form.counts, by=desk.staff, at=desk.at, place=form.chosen_place)
        return HttpResponseRedirect(reverse("desk:paper"))
    return _list(request, desk, form=form)


@require_http_methods(["POST"])
def void(request: HttpRequest) -> HttpResponse:
    """Void unused blanks by an act (A38)."""
    desk = signing_desk(request)
    form = VoidForm(request.POST, unused=_choices(queries.usable_blanks(desk.staff)))
    if form.is_valid():
        given = form.cleaned_data
        chosen = [UUID(one) for one in given["blanks"]]
        try:
            void_blanks(chosen, act=given["act"], act_on=given["act_on"], by=desk.staff, at=desk.at)
        except CannotBeSo as cannot:
            form.add_error(cannot.field, Fault(cannot.key, **cannot.values))
        else:
            return HttpResponseRedirect(reverse("desk:paper"))
    return _list(request, desk, form=_blanks_form(desk), void_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a package as it was registered on a blank."""
    desk = signing_desk(request)
    blank = find_blank(desk, pk, BlankKind.PACKAGE)
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
                **form.confirmed,
            )
        except CannotBeSo as cannot:
            form.tell(cannot.remarks)
        except Doubtful as doubtful:
            form.ask(doubtful.remarks)
        except Refused as told:
            refused = told.parts(language())
        else:
            return to_case(application.pk)
    status = 422 if form.is_bound else 200
    return show(
        request, "desk/paper_enter.html", desk, status=status, form=form, blank=blank, refused=refused
    )


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a note of non-acceptance as it was written on a blank (A13)."""
    desk = signing_desk(request)
    blank = find_blank(desk, pk, BlankKind.NOTE)
    known = NonAcceptance.objects.filter(blank=blank).first()
    if known is not None:
        return HttpResponseRedirect(reverse("desk:note", args=[known.pk]))
    specialists = specialists_of(desk.place.office_id)
    form = PaperNoteForm(
        request.POST or None, zone=desk.zone, specialists=specialists, initial={"key": uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = paper.enter_note(form.written, blank=blank.pk, by=desk.staff, at=desk.at, **form.confirmed)
        except CannotBeSo as cannot:
            form.tell(cannot.remarks)
        except Doubtful as doubtful:
            form.ask(doubtful.remarks)
        else:
            return HttpResponseRedirect(reverse("desk:note", args=[made.pk]))
    status = 422 if form.is_bound else 200
    return show(request, "desk/paper_note.html", desk, status=status, form=form, blank=blank)


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
        return PaperRefusalForm(typed, grounds=grounds(Tier.REFUSED, Channel.PROVIDER), **shared)
    kinds = kinds_wanted(application)
    asked = next((kind for kind in kinds if kind == request.GET.get("kind")), None)
    initial = {"training_kind": application.training_kind}
    edition = edition_of(application)
    return PaperReferralForm(typed, kinds=kinds, edition=edition, kind=asked, initial=initial, **shared)


def _list(
    request: HttpRequest, desk: Desk, *, form: BlanksForm, void_form: VoidForm | None = None
) -> HttpResponse:
    usable = queries.usable_blanks(desk.staff)
    return show(
        request,
        "desk/paper.html",
        desk,
        status=422 if form.errors or void_form else 200,
        form=form,
        void_form=void_form or (VoidForm(unused=_choices(usable)) if usable else None),
        unused=[(blank, blank.lies_long(at=desk.at)) for blank in usable],
        lie_long=sum(blank.lies_long(at=desk.at) for blank in usable),
        long_days=LIES_LONG.days,
        used=queries.used_blanks(desk.staff),
        voided=queries.voided_blanks(desk.staff),
    )


def _blanks_form(desk: Desk, typed: QueryDict | None = None) -> BlanksForm:
    return BlanksForm(typed, places=places_of(desk.place.office_id), own=desk.place)


def _choices(unused: list[PaperBlank]) -> list[tuple[str, str]]:
    return [(str(one.pk), f"{one.number}, {words.say(one.sort.text_key, language())}") for one in unused]


def find_blank(desk: Desk, pk: UUID, kind: BlankKind) -> PaperBlank:
    """Give a blank of the own office of a kind; another answers like a missing one."""
    found = PaperBlank.objects.select_related("place").of_office(desk.staff.office_id)
    blank: PaperBlank | None = found.filter(pk=pk, kind=kind.value).first()
    if blank is None:
        raise Http404
    return blank


def signing_desk(request: HttpRequest) -> Desk:
    """Give the desk of who signs for the office today; the pages of the paper series are his."""
    desk = desk_of(request)
    if not may_sign_today(desk.staff, on=desk.today):
        raise Http404
    return desk
