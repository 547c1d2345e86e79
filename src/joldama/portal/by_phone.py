"""A signature on a phone, as the portal's pages ask for it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from joldama.installation.clock import now
from joldama.procedures import remote_signing
from joldama.signatures.remote.tickets import Wish
from joldama.ui.remote import keep_ticket, screen_of


def begin_on_phone(request: HttpRequest, wish: Wish, *, back: str) -> HttpResponse:
    """Ask for a signature on a phone, and lead back to the page that shows the code; may raise NotYet."""
    ticket = remote_signing.start(wish, screen=screen_of(request), at=now())
    keep_ticket(request, ticket)
    return HttpResponseRedirect(f"{back}#qr")
