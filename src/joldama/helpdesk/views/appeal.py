"""The order of appeal, to be read to whoever asks by telephone: the portal's own text (R10.5-a)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.helpdesk.access import desk_of
from joldama.ui.officials import show


@require_safe
def appeal(request: HttpRequest) -> HttpResponse:
    """Show the text; nothing can be done here."""
    return show(request, "helpdesk/appeal.html", desk_of(request), section="appeal")
