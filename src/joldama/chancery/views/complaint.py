"""One complaint, and the confirmation of its acceptance to print."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.chancery.access import desk_of
from joldama.chancery.complaint_page import complaint_page
from joldama.chancery.finding import find
from joldama.ui.complaints import confirmation_of
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
