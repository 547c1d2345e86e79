"""What the screen that shows a QR code asks: the code, how its request stands, to take it back."""

from io import BytesIO
from uuid import UUID

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from joldama.installation.clock import now
from joldama.mobile import papers
from joldama.procedures import remote_signing
from joldama.signatures.remote.tickets import Seen, Ticket
from joldama.ui.remote import screen_of, ticket_in


@require_safe
def state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say how the request stands and how many seconds it has; asked each second."""
    _ticket, seen = _found(request, pk)
    left = max(0, int((seen.expires_at - now()).total_seconds()))
    return JsonResponse({"state": seen.state, "fault": bool(seen.fault), "seconds": left})


@require_safe
def code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw the address of the first call as a QR code."""
    ticket, _seen = _found(request, pk)
    address = f"{settings.JOLDAMA_ORIGIN}{reverse('mobile:invitation', args=[ticket.token])}"
    drawn = BytesIO()
    qr = segno.make(papers.figures().content(address), error="m", micro=False)
    qr.save(drawn, kind="svg", scale=5, border=4, light="#fff", xmldecl=False, omitsize=True)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the request back, and lead back to its page."""
    ticket, _seen = _found(request, pk)
    remote_signing.cancel(ticket, screen=screen_of(request), at=now())
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("portal:start")
    return HttpResponseRedirect(back)


def _found(request: HttpRequest, pk: UUID) -> tuple[Ticket, Seen]:
    """Give this screen's request; a missing page where it is another's, or gone."""
    ticket = ticket_in(request)
    if ticket is None or ticket.id != pk:
        raise Http404
    seen = remote_signing.look(ticket, screen=screen_of(request), at=now())
    if seen is None:
        raise Http404
    return ticket, seen
