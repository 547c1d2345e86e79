"""The case screen."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from joldama.desk.case_page import case_page
from joldama.desk.finding import find_case
from joldama.desk.showing import desk_of


def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a case of the own office."""
    desk = desk_of(request)
    return case_page(request, desk, find_case(desk, pk, page="desk:case"))
