"""The display of a waiting hall: ticket numbers and windows, and nothing else, open to anyone (¶8 1))."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.installation.clock import now
from joldama.people.models import Place
from joldama.procedures.forecast import forecast_of
from joldama.procedures.reckoning import doors_of
from joldama.reception.models import Ticket
from joldama.standard.moments import Told
from joldama.standard.terms import ClosedReason
from joldama.ui.templatetags.words import language


@require_safe
def display(request: HttpRequest, place: UUID) -> HttpResponse:
    """Show who is called where and who comes next; it keeps itself fresh."""
    found = Place.objects.select_related("office").filter(pk=place).first()
    if found is None:
        raise Http404
    at = now()
    local = at.astimezone(found.zone)
    today = Ticket.objects.at(found, on=local.date())
    waiting = list(today.waiting())
    doors = doors_of(found, at)
    opens = doors.opens_at.astimezone(found.zone)
    return render(
        request,
        "hall/display.html",
        {
            "place": found,
            "languages": _sides(),
            "wait": forecast_of(found, at=at),
            "sides": [(side, found.office.name(side)) for side in _sides()],
            "local_now": local,
            "called": list(today.at_windows()),
            "waiting": waiting,
            "waiting_count": len(waiting),
            "is_lunch": doors.reason is ClosedReason.LUNCH,
            "opens": None if doors.is_open else opens,
            "opens_told": Told(opens, local.date()),
        },
    )


def _sides() -> list[str]:
    """Kazakh and Russian stand there always, English beside them where it was chosen."""
    return ["kk", "ru", *(["en"] if language() == "en" else [])]
