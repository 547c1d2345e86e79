"""The demonstration's people of every role: how each of them signs in."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joldama.demo.kiosks import secret_of
from joldama.demo.listing import everybody
from joldama.hall.device import remember
from joldama.installation.identity import is_demo


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List everybody with his login, password and present code; in a demonstration only."""
    if not is_demo():
        raise Http404
    return render(request, "demo/people.html", everybody())


@require_POST
def kiosk(request: HttpRequest) -> HttpResponse:
    """Make this browser the kiosk of an office; in a demonstration only."""
    if not is_demo():
        raise Http404
    secret = secret_of(request.POST.get("office", ""))
    return remember(HttpResponseRedirect(reverse("hall:kiosk")), secret)
