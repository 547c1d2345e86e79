"""One complaint, and the confirmation of its acceptance to print."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.chancery.access import desk_of
from joldama.chancery.complaint_page import complaint_page
from joldama.chancery.finding import find
from joldama.ui.complaints import confirmation_of, reply_of
from joldama.ui.officials import show


@require_safe
def complaint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the complaint whole."""
    desk = desk_of(request)
    return complaint_page(request, desk, find(desk, pk, page="chancery:complaint"))


@require_safe
def confirmation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The six facts of ¶10.3 in Kazakh, the complainant's language beside it (R10.3-b)."""
    desk = desk_of(request)
    found = find(desk, pk, page="chancery:confirmation")
    facts = confirmation_of(found)
    if facts is None:
        raise Http404
    return show(request, "chancery/confirmation.html", desk, complaint=found, facts=facts)


@require_safe
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer to print and send, with the right to go to court (R11.1-a)."""
    desk = desk_of(request)
    found = find(desk, pk, page="chancery:reply")
    given = reply_of(found)
    if given is None:
        raise Http404
    complainant = found.person.name.full if found.person else found.complainant
    return show(request, "chancery/reply.html", desk, complaint=found, reply=given, complainant=complainant)
