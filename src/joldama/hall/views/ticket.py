"""A ticket on a phone, by the QR code on it: whoever has the code follows the turn, and reads nothing of a person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.hall.turn import turn_of
from joldama.installation.clock import now
from joldama.reception.models import Ticket
from joldama.ui.templatetags.words import language


@require_safe
def ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how a ticket stands and what its holder can do; no search engine is to keep it."""
    found = Ticket.objects.select_related("line__place__office").filter(pk=pk).first()
    if found is None:
        return _unsearched(render(request, "ui/error.html", {"key": "error.ticket_unknown"}, status=404))
    turn = turn_of(found, at=now())
    spoken = [language()]
    return _unsearched(render(request, "hall/ticket.html", {"turn": turn, "spoken": spoken}))


def _unsearched(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
