"""Organisations: the list, one of them with its contact and openings, entering, correcting, a contact confirmed."""

from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joldama.desk.asking import ask
from joldama.desk.forms_of_openings import ContactForm, FoundForm, OrganisationForm
from joldama.desk.opening_rows import opening_rows
from joldama.desk.showing import Desk, desk_of, show
from joldama.desk.timeline import happened_to_opening
from joldama.journal.operations import record_look
from joldama.openings.models import Organisation
from joldama.openings.rules import may_keep_organisations
from joldama.procedures import keep_openings
from joldama.standard.kinds import ResultKind
from joldama.standard.organisation_numbers import is_of_sole_trader
from joldama.ui.reading import digits
from joldama.ui.templatetags.words import language

PAGE = 50
"""Organisations on a page."""

SHOWN = 50
"""Openings shown with their organisation, the newest."""

_ASKED = ["GET", "HEAD", "POST"]


@require_http_methods(_ASKED)
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations by name, or those whose name or BIN was asked for.

    What is looked for is sent apart from the address: the IIN of a sole trader leads to him, and stands in none.
    """
    if request.method == "POST":
        return _look_for(request)
    desk, asked = desk_of(request), FoundForm(request.GET).asked
    found = _found(asked["q"]).annotate(
        opening_count=Count(
            "openings", filter=Q(openings__office=desk.place.office_id, openings__closed_at=None)
        )
    )
    first = (asked["page"] - 1) * PAGE
    rows = list(found.order_by("name_kk", "name_ru", "pk")[first : first + PAGE + 1])
    return show(
        request,
        "desk/organisations.html",
        desk,
        rows=[(one, one.name(language())) for one in rows[:PAGE]],
        has_more=len(rows) > PAGE,
        may_keep=may_keep_organisations(desk.staff),
        **asked,
    )


@require_safe
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an organisation: its facts, who was confirmed to answer for it, its openings in this office."""
    desk = desk_of(request)
    shown = _looked_at(desk, pk, page="desk:organisation")
    contact = shown.contact
    openings = shown.openings.of_office(desk.place.office_id).select_related("organisation")
    return show(
        request,
        "desk/organisation.html",
        desk,
        organisation=shown,
        name=shown.name(language()),
        may_keep=may_keep_organisations(desk.staff),
        contact=contact,
        confirmed=contact.confirmed_at.astimezone(desk.zone) if contact else None,
        rows=opening_rows(openings.order_by("-entered_at")[:SHOWN], on=desk.today),
        kinds=[kind for kind in ResultKind if shown.takes(kind)],
        done=happened_to_opening(pk, desk.zone),
    )


@require_http_methods(_ASKED)
def enter_organisation(request: HttpRequest) -> HttpResponse:
    """Enter an organisation; one that is known by its number is named instead."""
    desk = desk_of(request)

    def act(form: OrganisationForm) -> str:
        made = keep_openings.enter_organisation(form.said, by=desk.staff, at=desk.at)
        return reverse("desk:organisation", args=[made.pk])

    back = reverse("desk:organisations")
    return ask(request, desk, OrganisationForm, act=act, title="openings.enter_organisation", back=back)


@require_http_methods(_ASKED)
def correct_organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an organisation."""
    desk = desk_of(request)
    corrected = _looked_at(desk, pk, page="desk:correct-organisation")
    back = reverse("desk:organisation", args=[pk])

    def act(form: OrganisationForm) -> str:
        version = form.cleaned_data["version"] or corrected.version
        keep_openings.correct_organisation(corrected, form.said, version=version, by=desk.staff, at=desk.at)
        return back

    return ask(
        request,
        desk,
        lambda typed: OrganisationForm(typed, initial=OrganisationForm.of(corrected), known=corrected),
        act=act,
        standing=lambda: OrganisationForm.of(_organisation(pk)),
        subject=pk,
        title="openings.correct_organisation",
        about=corrected.name(language()),
        back=back,
    )


@require_http_methods(_ASKED)
def confirm_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down whom the official asked at the organisation: codes go to him alone."""
    desk, asked_at = desk_of(request), _organisation(pk)
    back = reverse("desk:organisation", args=[pk])

    def act(form: ContactForm) -> str:
        given = form.cleaned_data
        keep_openings.confirm_contact(
            asked_at,
            name=given["name"],
            email=given["email"],
            language=given["language"],
            by=desk.staff,
            at=desk.at,
        )
        return back

    return ask(
        request,
        desk,
        lambda typed: ContactForm(typed, initial={"language": "kk"}),
        act=act,
        title="openings.contact.confirm",
        lead="openings.contact.lead",
        about=asked_at.name(language()),
        back=back,
    )


@require_POST
def end_contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say that whoever was confirmed answers for the organisation no more."""
    desk = desk_of(request)
    keep_openings.end_contact(_organisation(pk), by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("desk:organisation", args=[pk]))


def _look_for(request: HttpRequest) -> HttpResponse:
    asked = FoundForm(request.POST).asked["q"]
    number = digits(asked)
    page = reverse("desk:organisations")
    if not is_of_sole_trader(number):
        return HttpResponseRedirect(f"{page}?{urlencode({'q': asked})}" if asked else page)
    trader = Organisation.objects.known_by(number).first()
    if trader is not None:
        return HttpResponseRedirect(reverse("desk:organisation", args=[trader.pk]))
    desk = desk_of(request)
    told = {"rows": [], "q": asked, "page": 1, "may_keep": may_keep_organisations(desk.staff)}
    return show(request, "desk/organisations.html", desk, **told)


def _looked_at(desk: Desk, pk: UUID, *, page: str) -> Organisation:
    """Give an organisation; who looks at a sole trader looks at a person (R14.1-a)."""
    found = _organisation(pk)
    if found.is_sole_trader:
        record_look(person=found.pk, by=desk.staff.actor, at=desk.at, page=page)
    return found


def _found(asked: str) -> QuerySet[Organisation]:
    every = Organisation.objects.all()
    text = asked.strip()
    if not text:
        return every
    number = digits(text)
    if number.isdigit():
        return every.filter(bin__startswith=number)
    return every.filter(Q(name_kk__icontains=text) | Q(name_ru__icontains=text))


def _organisation(pk: UUID) -> Organisation:
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
