"""The kiosk in the hall: one button, a ticket, and back to the beginning; it knows nobody and keeps no session."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from joldama.hall.device import kiosk_of, known_kiosk, remember, secret_in
from joldama.installation.clock import now
from joldama.procedures import kiosks, ticket_papers
from joldama.procedures.forecast import forecast_of, forecast_of_ticket
from joldama.procedures.line import take_ticket_at_kiosk
from joldama.procedures.reckoning import doors_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.reception.models import Kiosk, Ticket
from joldama.standard.documents import DocumentKind, Supplement
from joldama.standard.moments import Told
from joldama.standard.tickets import TicketState
from joldama.standard.words import LANGUAGES
from joldama.ui.templatetags.words import language

RETURNS_AFTER = timedelta(seconds=40)
"""How long a ticket stands on the screen that nobody touches."""

STARTS_ANEW_AFTER = timedelta(seconds=60)
"""How long the first page stands in another language, or unrefreshed."""

SHOWN_WITHIN = timedelta(minutes=10)
"""How long a kiosk shows a ticket it gave; a power cut may lie between the two."""

View = Callable[..., HttpResponse]


def in_asked_language(view: View) -> View:
    """Have a page in the language its address asks for, Kazakh first: a kiosk belongs to nobody."""

    @wraps(view)
    def spoken(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("in") or request.POST.get("in") or LANGUAGES[0]
        with translation.override(asked if asked in LANGUAGES else LANGUAGES[0]):
            return view(request, **kwargs)

    return spoken


@require_safe
@in_asked_language
def start(request: HttpRequest) -> HttpResponse:
    """Offer a ticket, or say when tickets are given again; a device that is no kiosk goes to its set-up."""
    kiosk = kiosk_of(request)
    if kiosk is None:
        return HttpResponseRedirect(reverse("hall:kiosk-set-up"))
    if kiosk.ended_at is not None:
        return render(request, "hall/kiosk_ended.html", _frame(kiosk, now()))
    at = now()
    kiosks.seen(kiosk, at=at)
    return remember(render(request, "hall/kiosk.html", _first_page(kiosk, at)), secret_in(request))


@require_POST
@in_asked_language
def take(request: HttpRequest) -> HttpResponse:
    """Give a ticket; the same form gives one, however often it is sent."""
    kiosk, key = known_kiosk(request), _key(request)
    if key is None:
        return _to_start()
    try:
        ticket = take_ticket_at_kiosk(kiosk, key=key, at=now())
    except NotYet:  # the doors have closed, or the kiosk was ended: the first page says so
        return _to_start()
    except NotAllowed as error:
        raise Http404 from error
    return _to_ticket(ticket, prints=kiosk.prints)


@require_safe
@in_asked_language
def ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a ticket this kiosk gave a moment ago, and print it."""
    kiosk, at = known_kiosk(request), now()
    found = _tickets(kiosk).filter(pk=pk).first()
    if found is None:
        raise Http404
    if at - found.taken_at > SHOWN_WITHIN:
        return _to_start()
    paper = ticket_papers.paper_of(found)
    shown = {
        "paper": paper,
        "sides": _sides(),
        "wait": forecast_of_ticket(found, at=at),
        "may_print_again": kiosk.prints and ticket_papers.may_print_again(found, at=at),
        "prints_now": kiosk.prints and "print" in request.GET,
        "returns_after": int(RETURNS_AFTER.total_seconds()),
    }
    return render(request, "hall/kiosk_ticket.html", {**_frame(kiosk, at), **shown})


@require_POST
@in_asked_language
def print_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Print a ticket once more, as a marked copy; only within the minute it was taken."""
    kiosk = known_kiosk(request)
    found = _tickets(kiosk).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        ticket_papers.print_again_at_kiosk(found, by=kiosk, at=now())
    except NotYet:  # its page tells whom to ask
        return _to_ticket(found, prints=False)
    except NotAllowed as error:
        raise Http404 from error
    return _to_ticket(found, prints=True)


@require_safe
@in_asked_language
def given(request: HttpRequest, key: UUID) -> HttpResponse:
    """Lead to the ticket that was given to a key and perhaps never shown: the power went off between."""
    kiosk, at = known_kiosk(request), now()
    recent = _tickets(kiosk).filter(key=key, taken_at__gt=at - SHOWN_WITHIN, state=TicketState.WAITING)
    found = recent.first()
    if found is None:
        raise Http404
    return _to_ticket(found, prints=kiosk.prints)


def _first_page(kiosk: Kiosk, at: datetime) -> dict[str, Any]:
    local = at.astimezone(kiosk.place.zone)
    doors = doors_of(kiosk.place, at)
    shown: dict[str, Any] = {
        "key": uuid4(),
        "documents": list(DocumentKind),
        "supplement": Supplement.ORALMAN_CERTIFICATE,
        "waiting_count": Ticket.objects.at(kiosk.place, on=local.date()).waiting().count(),
        "latest": _latest(kiosk, at),
        "wait": forecast_of(kiosk.place, at=at),
        "returns_after": _until_anew(doors.opens_at if not doors.is_open else doors.closes_at, at),
    }
    if not doors.is_open:
        opens = Told(doors.opens_at.astimezone(kiosk.place.zone), local.date())
        shown["closed"] = [(side, doors.reason, opens) for side in LANGUAGES]
        shown["steps"] = doors.steps[:-1]
    return {**_frame(kiosk, at), **shown}


def _frame(kiosk: Kiosk, at: datetime) -> dict[str, Any]:
    return {
        "kiosk": kiosk,
        "place": kiosk.place,
        "asked": language(),
        "local_now": at.astimezone(kiosk.place.zone),
        "spoken": LANGUAGES,
        "in_one": [language()],
    }


def _latest(kiosk: Kiosk, at: datetime) -> Ticket | None:
    """Give the ticket this kiosk gave last, while it would still print it: nothing may have come out."""
    if not kiosk.prints:
        return None
    recent = kiosk.tickets.filter(taken_at__gte=at - ticket_papers.AGAIN_WITHIN)
    found: Ticket | None = recent.order_by("-taken_at", "-number").first()
    return found


def _until_anew(changes_at: datetime, at: datetime) -> int:
    """Give the seconds after which the first page is asked for anew: at the latest when the doors change."""
    seconds = min(STARTS_ANEW_AFTER, changes_at - at).total_seconds()
    return max(2, int(seconds) + 1)


def _tickets(kiosk: Kiosk) -> Any:
    return Ticket.objects.filter(kiosk=kiosk).select_related("line__place__office", "kiosk")


def _sides() -> list[str]:
    """Kazakh and Russian stand on every ticket, English beside them where it was chosen."""
    return ["kk", "ru", *(["en"] if language() == "en" else [])]


def _key(request: HttpRequest) -> UUID | None:
    with suppress(ValueError):
        return UUID(request.POST.get("key", ""))
    return None


def _to_start() -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('hall:kiosk')}?in={language()}")


def _to_ticket(given: Ticket, *, prints: bool) -> HttpResponse:
    address = reverse("hall:kiosk-ticket", args=[given.pk])
    return HttpResponseRedirect(f"{address}?in={language()}{'&print' if prints else ''}")
