"""The systems of partners: which work, a new one with its key, a new key, the end of one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from joldama.administration.access import desk_of
from joldama.administration.forms_of_partners import KeyForm, PartnerForm
from joldama.administration.showing import tell
from joldama.openings.models import Partner
from joldama.people.models import Office
from joldama.procedures import partners as procedure
from joldama.procedures.refusing import NotYet
from joldama.standard.office_kinds import OfficeKind
from joldama.ui.officials import Desk, show
from joldama.ui.templatetags.words import language

SHOWN_PAST = 20
"""Ended systems shown."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest) -> HttpResponse:
    """List the systems; a new one is answered with its key, once."""
    desk = desk_of(request)
    offices = list(Office.objects.filter(body=OfficeKind.PROVIDER.value).order_by("territory_id", "code"))
    form = PartnerForm(_typed(request), offices=offices, today=desk.today)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form, status=422 if form.errors else 200)
    office = next(one for one in offices if one.pk == form.cleaned_data["office"])
    try:
        made, key = procedure.make(
            office,
            name=form.cleaned_data["name"],
            until_on=form.cleaned_data["until_on"],
            by=desk.staff,
            at=desk.at,
        )
    except NotYet as waits:
        return _page(request, desk, form, fault=waits.parts(language()), status=409)
    return _key(request, desk, made, key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask how long a new key is good, and show it, once; the one before it opens nothing any more."""
    desk, partner = desk_of(request), _find(pk)
    form = KeyForm(_typed(request), today=desk.today)
    if request.method != "POST" or not form.is_valid():
        return show(
            request,
            "administration/form.html",
            desk,
            status=422 if form.errors else 200,
            form=form,
            title="administration.partners.renew",
            about=partner.name,
            lead="administration.partners.renew.text",
            back=reverse("administration:partners"),
        )
    try:
        key = procedure.renew_key(partner, until_on=form.cleaned_data["until_on"], by=desk.staff, at=desk.at)
    except NotYet as waits:
        return tell(request, desk, waits.parts(language()), back=reverse("administration:partners"))
    return _key(request, desk, partner, key)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask whether a system is to be ended, and end it; ended twice, it is ended."""
    desk, partner = desk_of(request), _find(pk)
    if request.method != "POST":
        return show(request, "administration/partner_end.html", desk, partner=partner)
    procedure.end(partner, by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("administration:partners"))


def _typed(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _told(partner: Partner, desk: Desk) -> dict[str, Any]:
    return {"partner": partner, "is_over": procedure.is_over(partner, at=desk.at)}


def _page(
    request: HttpRequest, desk: Desk, form: PartnerForm, *, fault: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    known = Partner.objects.select_related("office")
    working = known.filter(ended_at=None).order_by("office__code", "name")
    return show(
        request,
        "administration/partners.html",
        desk,
        status=status,
        form=form,
        fault=fault,
        working=[_told(one, desk) for one in working],
        past=list(known.exclude(ended_at=None).order_by("-ended_at")[:SHOWN_PAST]),
    )


def _key(request: HttpRequest, desk: Desk, partner: Partner, key: str) -> HttpResponse:
    return show(request, "administration/partner_key.html", desk, partner=partner, key=key)


def _find(pk: UUID) -> Partner:
    found = Partner.objects.select_related("office").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
