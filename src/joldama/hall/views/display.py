"""The board of a waiting hall: ticket numbers and windows, and nothing else, open to anyone (¶8 1))."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.hall.board import board_of
from joldama.installation.clock import now
from joldama.people.models import Place
from joldama.ui.templatetags.words import language


@require_safe
def display(request: HttpRequest, place: UUID) -> HttpResponse:
    """Show who is called where and who comes next; it keeps itself fresh."""
    board = board_of(_find(place), spoken=spoken(), at=now())
    return render(request, "hall/display.html", {"board": board, "spoken": board.spoken})


def _find(place: UUID) -> Place:
    found = Place.objects.select_related("office").filter(pk=place).first()
    if found is None:
        raise Http404
    return found


def spoken() -> tuple[str, ...]:
    """Kazakh and Russian stand there always, English beneath them where it was chosen."""
    return ("kk", "ru", "en") if language() == "en" else ("kk", "ru")
