"""One calendar per page: it is asked for once, however often a page reckons."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from joldama.schedule.calendar import one_page


class OneCalendar:
    """Middleware that has every page reckon by one calendar."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_page():
            return self.get_response(request)
