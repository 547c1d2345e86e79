"""The hall now, for whoever answers for it: windows, clocks, risks, and what was missed today."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.desk.board import board_of
from joldama.desk.showing import desk_of, show
from joldama.standard.tickets import STONES


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show every place of the office as it is now (R4.2-b)."""
    desk = desk_of(request)
    return show(request, "desk/board.html", desk, board=board_of(desk), stone=STONES[0])
