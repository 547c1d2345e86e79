"""The service explained to anyone: start page, passport, standard, places, appeal."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from joldama.installation.clock import now
from joldama.people.models import Place
from joldama.people.queries import find_places, main_places
from joldama.portal.access import CAPITAL
from joldama.portal.context import edition_today
from joldama.portal.editions import choose_edition
from joldama.procedures.reckoning import doors_of, portal_term
from joldama.schedule.queries import coming_breaks
from joldama.standard.passport import passport
from joldama.standard.terms import told
from joldama.standard.words import LANGUAGES
from joldama.ui.ncalayer import HOME
from joldama.ui.templatetags.words import language

_KEPT = 300
"""Seconds for which anybody may keep what is public and the same for all."""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What the service is, and when a result would be due if one applied now."""
    places = list(main_places())
    chosen = _chosen(places, request.GET.get("place", ""))
    return render(
        request,
        "portal/start.html",
        {
            "places": places,
            "place": chosen,
            "promise": _promise(chosen, now()) if chosen else None,
            "passport": passport(edition_today(), language()),
            "breaks": _breaks(now()),
        },
    )


@require_safe
def breaks(request: HttpRequest) -> HttpResponse:
    """The technical breaks that run and come, open to anyone (R8.2-b)."""
    return render(request, "portal/breaks.html", {"breaks": _breaks(now())})


@require_safe
def passport_page(request: HttpRequest) -> HttpResponse:
    """The ten rows of the passport (RP.1-a), of the edition of a day."""
    chosen = choose_edition(request)
    context = {"passport": passport(chosen.edition, language()), "section": "passport", **chosen.as_context()}
    return render(request, "portal/passport.html", context, status=chosen.code)


@require_safe
def passport_json(request: HttpRequest) -> HttpResponse:
    """The same ten rows as data, the same for everybody and so for caches on the way (RP.1-b)."""
    asked = request.GET.get("language", "")
    chosen = choose_edition(request)
    if chosen.form.errors:
        raise Http404
    response = JsonResponse(
        passport(chosen.edition, asked if asked in LANGUAGES else language()).as_plain(),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    if asked not in LANGUAGES:
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
    patch_cache_control(response, public=True, max_age=_KEPT)
    return response


@require_safe
def standard(request: HttpRequest) -> HttpResponse:
    """The whole standard of a day, in Kazakh with the page's language beside it."""
    chosen = choose_edition(request)
    chapters = [
        {
            "heading": chapter,
            "passages": [p for p in chosen.edition.passages if p.chapter == chapter.number],
        }
        for chapter in chosen.edition.chapters
    ]
    context = {"chapters": chapters, **chosen.as_context()}
    return render(request, "portal/standard.html", context, status=chosen.code)


@require_safe
def paragraph(request: HttpRequest, paragraph: str) -> HttpResponse:
    """One paragraph of the standard of a day."""
    chosen = choose_edition(request)
    try:
        found = chosen.edition.of(paragraph)
    except LookupError as error:
        raise Http404 from error
    context = {"paragraph": paragraph, "passages": found, **chosen.as_context()}
    return render(request, "portal/paragraph.html", context, status=chosen.code)


@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """Where the service is given: addresses, hours, telephones (R12.1-a)."""
    asked = request.GET.get("q", "").strip()[:100]
    at = now()
    found = [
        {
            "territory": region.territory,
            "chanceries": region.chanceries,
            "places": [{"place": place, **_doors(place, at)} for place in region.places],
        }
        for region in find_places(asked)
    ]
    return render(request, "portal/offices.html", {"found": found, "asked": asked, "section": "offices"})


@require_safe
def appeal(request: HttpRequest) -> HttpResponse:
    """How to appeal, and the number 1414 (R10.5-a)."""
    return render(request, "portal/appeal.html")


@require_safe
def about_signing(request: HttpRequest) -> HttpResponse:
    """How an application is signed, and what to do where it does not work."""
    return render(request, "portal/about_signing.html", {"ncalayer_home": HOME})


def _breaks(at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "break": one,
            "starts": one.starts_at.astimezone(CAPITAL),
            "ends": one.ends_at.astimezone(CAPITAL),
        }
        for one in coming_breaks(at)
    ]


def _chosen(places: list[Place], asked: str) -> Place | None:
    return next((place for place in places if str(place.pk) == asked), places[0] if places else None)


def _promise(place: Place, at: datetime) -> dict[str, Any]:
    term = portal_term(place, at)
    return {
        "due": term.due_at.astimezone(place.zone),
        "now": at.astimezone(place.zone),
        "lines": told(term, language(), zone=place.zone),
        **_doors(place, at),
    }


def _doors(place: Place, at: datetime) -> dict[str, Any]:
    doors = doors_of(place, at)
    return {
        "is_open": doors.is_open,
        "opens": doors.opens_at.astimezone(place.zone),
        "closes": doors.closes_at.astimezone(place.zone),
    }
