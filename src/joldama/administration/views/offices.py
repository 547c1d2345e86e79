"""Offices and their places: the list, one of them, entering and changing."""

from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joldama.administration.access import desk_of
from joldama.administration.forms import NewOfficeForm, NewPlaceForm, OfficeForm, PlaceForm
from joldama.administration.history import done_to
from joldama.administration.showing import ask
from joldama.people.models import Office, Place
from joldama.procedures import establish
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.provider_kinds import ProviderKind
from joldama.ui.officials import show

_ASKED = ["GET", "HEAD", "POST"]


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """List the offices with the number of their places and of who works there."""
    found = Office.objects.annotate(
        place_count=Count("places", distinct=True),
        staff_count=Count("staff", filter=Q(staff__left_on=None), distinct=True),
    )
    rows = found.order_by("territory_id", "code")
    return show(request, "administration/offices.html", desk_of(request), offices=list(rows))


@require_safe
def office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an office with its places and what was done to them."""
    desk = desk_of(request)
    shown = _office(pk)
    places = list(shown.places.order_by("-is_main", "id"))
    return show(
        request,
        "administration/office.html",
        desk,
        office=shown,
        kind=_kind_key(shown),
        places=places,
        done=done_to([shown.pk, *(place.pk for place in places)], desk.zone),
    )


@require_http_methods(_ASKED)
def enter_office(request: HttpRequest) -> HttpResponse:
    """Enter an office; its main place is entered with the address of the next page."""
    desk = desk_of(request)
    form = NewOfficeForm(request.POST or None)

    def act() -> str:
        given = form.cleaned_data
        made = establish.enter_office(
            form.facts,
            code=given["code"],
            body=form.body,
            kind=form.provider_kind,
            territory=given["territory"],
            office_bin=given["bin"],
            by=desk.staff,
            at=desk.at,
        )
        return reverse("administration:enter-place", args=[made.pk])

    back = reverse("administration:offices")
    return ask(request, desk, form, act=act, title="administration.enter_office", back=back)


@require_http_methods(_ASKED)
def change_office(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an office."""
    desk, changed = desk_of(request), _office(pk)
    form = OfficeForm(request.POST or None, initial=OfficeForm.of(changed))
    back = reverse("administration:office", args=[pk])

    def act() -> str:
        version = form.cleaned_data["version"]
        establish.change_office(changed, form.facts, version=version, by=desk.staff, at=desk.at)
        return back

    return ask(
        request,
        desk,
        form,
        act=act,
        standing=lambda: OfficeForm.of(_office(pk)),
        subject=pk,
        title="administration.change_office",
        back=back,
    )


@require_http_methods(_ASKED)
def enter_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a place of an office."""
    desk, entered_for = desk_of(request), _office(pk)
    form = NewPlaceForm(request.POST or None, initial={"windows": 1})
    back = reverse("administration:office", args=[pk])

    def act() -> str:
        zone = form.cleaned_data["zone_name"]
        establish.enter_place(entered_for, form.facts, zone_name=zone, by=desk.staff, at=desk.at)
        return back

    return ask(request, desk, form, act=act, title="administration.enter_place", about=entered_for, back=back)


@require_http_methods(_ASKED)
def change_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a place."""
    desk, changed = desk_of(request), _place(pk)
    form = PlaceForm(request.POST or None, initial=PlaceForm.of(changed))
    back = reverse("administration:office", args=[changed.office_id])

    def act() -> str:
        version = form.cleaned_data["version"]
        establish.change_place(changed, form.facts, version=version, by=desk.staff, at=desk.at)
        return back

    return ask(
        request,
        desk,
        form,
        act=act,
        standing=lambda: PlaceForm.of(_place(pk)),
        subject=pk,
        title="administration.change_place",
        about=changed.office,
        back=back,
    )


def _kind_key(shown: Office) -> str:
    """Give the key of what an office is."""
    if shown.kind:
        return ProviderKind(shown.kind).text_key
    return "role.akimat" if shown.body == OfficeKind.AKIMAT else "role.quality_body.short"


def _office(pk: UUID) -> Office:
    found = Office.objects.select_related("territory").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _place(pk: UUID) -> Place:
    found = Place.objects.select_related("office").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
