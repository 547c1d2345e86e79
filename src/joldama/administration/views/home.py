"""Where an administrator begins: everything he keeps, and what waits for him."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.administration.access import desk_of
from joldama.people.queries import open_resets
from joldama.ui.officials import show


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the ways on."""
    desk = desk_of(request)
    waiting = sum(1 for asked in open_resets() if asked.asked_by_id != desk.staff.pk)
    return show(request, "administration/home.html", desk, waiting=waiting)
