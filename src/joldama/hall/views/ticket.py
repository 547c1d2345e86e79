"""A ticket on a phone, by the QR code on it: for now it leads to the display of its hall."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from joldama.reception.models import Ticket


@require_safe
def ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the display where the ticket is called."""
    found = Ticket.objects.select_related("line").filter(pk=pk).first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(reverse("hall:display", args=[found.line.place_id]))
