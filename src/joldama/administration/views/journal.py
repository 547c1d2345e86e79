"""How far the journal is sealed and signed, as an administrator sees it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.administration.access import desk_of
from joldama.installation.clock import offset
from joldama.journal import overview
from joldama.ui.officials import show


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show it; seals are of the world's time, which a demonstration shows by its own clock."""
    state, shift = overview.state(), offset()
    signed = replace(state.signed, at=state.signed.at + shift) if state.signed else None
    waiting = [replace(one, since=one.since + shift) for one in state.waiting]
    return show(
        request,
        "administration/journal.html",
        desk_of(request),
        state=replace(state, signed=signed, waiting=tuple(waiting)),
    )
