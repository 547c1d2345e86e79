"""Openings of the office: the list, one of them, entering, correcting, closing."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joldama.desk.asking import ask
from joldama.desk.forms_of_openings import FoundForm, OpeningForm
from joldama.desk.opening_rows import opening_row, opening_rows
from joldama.desk.showing import Desk, desk_of, show
from joldama.desk.timeline import happened_to_opening
from joldama.openings.models import Opening, Organisation, Source
from joldama.openings.rules import may_keep
from joldama.procedures import keep_openings
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.ui.templatetags.words import language

PAGE = 50
"""Openings on a page."""

HELD = 100
"""Cases shown that hold a place, the latest."""

_ASKED = ["GET", "HEAD", "POST"]


@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """List the openings of the office that are not closed, the latest first; of one kind, or the closed ones."""
    desk, asked = desk_of(request), FoundForm(request.GET).asked
    is_closed = "closed" in request.GET
    found = Opening.objects.of_office(desk.place.office_id).filter(closed_at__isnull=not is_closed)
    if asked["kind"]:
        found = found.filter(kind=asked["kind"])
    first = (asked["page"] - 1) * PAGE
    rows = list(found.select_related("organisation").order_by("-entered_at", "id")[first : first + PAGE + 1])
    return show(
        request,
        "desk/openings.html",
        desk,
        rows=opening_rows(rows[:PAGE], on=desk.today),
        has_more=len(rows) > PAGE,
        is_closed=is_closed,
        kinds=[kind for kind in ResultKind if kind.is_referral],
        **asked,
    )


@require_safe
def opening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an opening with its places, and the cases that hold them."""
    desk = desk_of(request)
    shown = _opening(pk, desk)
    held = shown.reservations.filter(freed_at=None).select_related("decision__application__office")
    return show(
        request,
        "desk/opening.html",
        desk,
        row=opening_row(shown, on=desk.today),
        opening=shown,
        may_keep=may_keep(desk.staff, shown),
        training=TrainingKind(shown.training_kind) if shown.training_kind else None,
        source=Source(shown.source),
        closed=shown.closed_at.astimezone(desk.zone) if shown.closed_at else None,
        held=[one.decision.application for one in held.order_by("-reserved_at")[:HELD]],
        done=happened_to_opening(pk, desk.zone),
    )


@require_http_methods(_ASKED)
def enter_opening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter an opening of an organisation; its kind is asked first."""
    desk, organisation = desk_of(request), _organisation(pk)
    kinds = [kind for kind in ResultKind if organisation.takes(kind)]
    kind = next((one for one in kinds if one == request.GET.get("kind")), None)
    texts: dict[str, Any] = {
        "title": "openings.enter",
        "about": organisation.name(language()),
        "back": reverse("desk:organisation", args=[pk]),
    }
    if kind is None:
        return show(request, "desk/opening_kind.html", desk, kinds=kinds, organisation=organisation, **texts)
    initial = {"open_from_on": f"{desk.today:%d.%m.%Y}", "address": organisation.address}

    def act(form: OpeningForm) -> str:
        made = keep_openings.enter_opening(
            organisation, form.said, key=form.given_key, by=desk.staff, at=desk.at
        )
        return reverse("desk:opening", args=[made.pk])

    return ask(
        request,
        desk,
        lambda typed: OpeningForm(typed, kind=kind, initial=initial),
        act=act,
        kind=kind,
        **texts,
    )


@require_http_methods(_ASKED)
def correct_opening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an opening; what was drafted or signed before says what it said."""
    desk = desk_of(request)
    corrected = _opening(pk, desk)
    back = reverse("desk:opening", args=[pk])
    if corrected.closed_at is not None:
        return HttpResponseRedirect(back)
    kind, stands = corrected.result_kind, OpeningForm.of(corrected)

    def act(form: OpeningForm) -> str:
        version = form.cleaned_data["version"] or corrected.version
        keep_openings.correct_opening(corrected, form.said, version=version, by=desk.staff, at=desk.at)
        return back

    return ask(
        request,
        desk,
        lambda typed: OpeningForm(typed, kind=kind, initial=stands),
        act=act,
        standing=lambda: OpeningForm.of(_opening(pk, desk)),
        subject=pk,
        kind=kind,
        title="openings.correct",
        about=corrected.organisation.name(language()),
        back=back,
    )


@require_http_methods(_ASKED)
def close_opening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask whether an opening is to be closed, and close it; who was sent there keeps his place."""
    desk = desk_of(request)
    closed = _opening(pk, desk)
    if request.method == "POST":
        keep_openings.close_opening(closed, by=desk.staff, at=desk.at)
    if closed.closed_at is not None:
        return HttpResponseRedirect(reverse("desk:opening", args=[pk]))
    shown: dict[str, Any] = {"row": opening_row(closed, on=desk.today), "opening": closed}
    return show(request, "desk/opening_close.html", desk, **shown)


def _opening(pk: UUID, desk: Desk) -> Opening:
    found = (
        Opening.objects.of_office(desk.place.office_id).select_related("organisation").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def _organisation(pk: UUID) -> Organisation:
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
