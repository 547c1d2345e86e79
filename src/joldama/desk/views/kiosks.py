"""The head's kiosks: which stand in the hall and were heard from, a new one, a new code, the end of one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joldama.desk.forms_of_kiosks import KioskEndForm, KioskForm
from joldama.desk.showing import Desk, desk_of, show
from joldama.people.models import Place
from joldama.procedures import kiosks as procedure
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.reception.models import Kiosk
from joldama.standard.kiosks import KioskEnd, KioskPaper
from joldama.ui.templatetags.words import language

SILENT_AFTER = timedelta(minutes=5)
"""A kiosk that stands on its first page is heard from each minute."""

SHOWN_PAST = 20
"""Ended kiosks shown."""


@require_http_methods(["GET", "HEAD", "POST"])
def kiosks(request: HttpRequest) -> HttpResponse:
    """List the kiosks of the office; a new one is answered with its set-up code, once."""
    desk = desk_of(request)
    places = list(Place.objects.filter(office=desk.place.office_id).order_by("id"))
    form = KioskForm(request.POST if request.method == "POST" else None, places=places)
    if request.method != "POST" or not form.is_valid():
        return _page(request, desk, form, status=422 if form.errors else 200)
    given = form.cleaned_data
    place = next((one for one in places if one.pk == given.get("place", places[0].pk)), places[0])
    try:
        made = procedure.make(
            place, name=given["name"], paper=KioskPaper(given["paper"]), by=desk.staff, at=desk.at
        )
    except NotYet as waits:
        return _page(request, desk, form, fault=waits.parts(language()), status=409)
    except NotAllowed as error:
        raise Http404 from error
    return _code(request, desk, *made)


@require_POST
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a new set-up code, once; the one before it opens nothing any more."""
    desk = desk_of(request)
    kiosk = _find(desk, pk)
    try:
        code = procedure.renew_code(kiosk, by=desk.staff, at=desk.at)
    except NotYet as waits:
        return _page(request, desk, _empty(desk), fault=waits.parts(language()), status=409)
    except NotAllowed as error:
        raise Http404 from error
    return _code(request, desk, kiosk, code)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why a kiosk is ended, and end it; ended twice, it is ended."""
    desk = desk_of(request)
    kiosk = _find(desk, pk)
    form = KioskEndForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        shown = {"kiosk": kiosk, "form": form}
        return show(request, "desk/kiosk_end.html", desk, status=422 if form.errors else 200, **shown)
    try:
        procedure.end(kiosk, KioskEnd(form.cleaned_data["why"]), by=desk.staff, at=desk.at)
    except NotAllowed as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("desk:kiosks"))


def _page(
    request: HttpRequest, desk: Desk, form: KioskForm, *, fault: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    known = Kiosk.objects.filter(place__office=desk.place.office_id).select_related("place", "made_by")
    return show(
        request,
        "desk/kiosks.html",
        desk,
        status=status,
        form=form,
        fault=fault,
        working=[_told(one, desk) for one in known.filter(ended_at=None).order_by("made_at", "id")],
        past=[_told(one, desk) for one in known.exclude(ended_at=None).order_by("-ended_at")[:SHOWN_PAST]],
    )


def _code(request: HttpRequest, desk: Desk, kiosk: Kiosk, code: str) -> HttpResponse:
    until = (desk.at + procedure.CODE_LASTS).astimezone(desk.zone)
    return show(request, "desk/kiosk_code.html", desk, kiosk=kiosk, code=code, until=until)


def _told(kiosk: Kiosk, desk: Desk) -> dict[str, Any]:
    is_heard = kiosk.seen_at is not None and desk.at - kiosk.seen_at <= SILENT_AFTER
    return {
        "kiosk": kiosk,
        "paper": KioskPaper(kiosk.paper),
        "made": kiosk.made_at.astimezone(desk.zone),
        "seen": kiosk.seen_at.astimezone(desk.zone) if kiosk.seen_at else None,
        "is_heard": is_heard,
        "ended": kiosk.ended_at.astimezone(desk.zone) if kiosk.ended_at else None,
        "why": KioskEnd(kiosk.end) if kiosk.end else None,
    }


def _empty(desk: Desk) -> KioskForm:
    return KioskForm(places=list(Place.objects.filter(office=desk.place.office_id).order_by("id")))


def _find(desk: Desk, pk: UUID) -> Kiosk:
    found = Kiosk.objects.select_related("place").filter(pk=pk).first()
    if found is None or not procedure.may_keep_kiosks(desk.staff, found.place, at=desk.at):
        raise Http404
    return found
