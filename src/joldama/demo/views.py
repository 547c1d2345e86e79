"""The demonstration's people of every role: how each of them signs in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.demo.listing import everybody
from joldama.installation.identity import is_demo


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List everybody with his login, password and present code; in a demonstration only."""
    if not is_demo():
        raise Http404
    return render(request, "demo/people.html", everybody())
