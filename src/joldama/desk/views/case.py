"""The case screen."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from joldama.desk.case_page import case_page, turn_of
from joldama.desk.finding import find_case, find_case_to_move
from joldama.desk.showing import desk_of
from joldama.registries.queries import inquiry_about


def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a case of the own office."""
    desk = desk_of(request)
    return case_page(request, desk, find_case(desk, pk, page="desk:case"))


def turn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tell how far a case is, for its page that looks out for another's move; nothing of the person is told."""
    desk = desk_of(request)
    found = find_case_to_move(desk, pk, page="desk:case-turn")
    return HttpResponse(str(turn_of(found, desk, inquiry_about(found.pk))), content_type="text/plain")
