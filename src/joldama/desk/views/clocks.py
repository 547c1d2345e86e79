"""The three clocks of the place over days: share in time, median, longest, and each that took too long."""

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from joldama.cases.models import Application
from joldama.desk.clocks import minutes_and_seconds
from joldama.desk.showing import Desk, desk_of, show
from joldama.procedures.clocks import ClockFigure, Measured, three_clocks
from joldama.reception.models import PaperTicket, Ticket
from joldama.ui.forms import DayField, Fault, Form

_PAGES = {Application: "desk:case", Ticket: "desk:ticket", PaperTicket: "desk:paper-ticket"}

LONGEST = timedelta(days=92)
"""The longest period counted on one page."""


class PeriodForm(Form):
    """From which day to which, both included."""

    labels: ClassVar = {"first": "desk.clocks.first", "last": "desk.clocks.last"}
    first = DayField()
    last = DayField()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            self.add_error("last", Fault("error.period", days=LONGEST.days))
        return given


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period, today's where none is asked for (R4.4-a)."""
    desk = desk_of(request)
    asked = PeriodForm(request.GET) if request.GET else None
    is_known = asked is not None and asked.is_valid()
    first, last = (
        (asked.cleaned_data[name] for name in ("first", "last")) if asked and is_known else _today(desk)
    )
    figures = three_clocks(desk.place, first=first, last=last, at=desk.at)
    named = (
        ("label.clock_result", "4.1", figures.result),
        ("label.clock_wait", "4.2", figures.wait),
        ("label.clock_serving", "4.3", figures.serving),
    )
    return show(
        request,
        "desk/clocks.html",
        desk,
        status=422 if asked and not is_known else 200,
        form=asked or PeriodForm(initial={"first": _typed(first), "last": _typed(last)}),
        first=first,
        last=last,
        rows=[
            {"key": key, "paragraph": paragraph, **_told(figure, desk)} for key, paragraph, figure in named
        ],
        no_shows=figures.no_shows,
    )


def _told(figure: ClockFigure, desk: Desk) -> dict[str, Any]:
    return {
        "limit": figure.limit.amount,
        "count": figure.count,
        "in_time": figure.in_time,
        "share": figure.share,
        "median": _length(figure.median),
        "longest": _length(figure.longest),
        "over": len(figure.violations),
        "violations": [_violation(one, desk) for one in figure.violations],
    }


def _violation(one: Measured, desk: Desk) -> dict[str, Any]:
    page = _PAGES[type(one.of)]
    began: datetime = one.began_at.astimezone(desk.zone)
    return {
        "name": str(one.of),
        "address": reverse(page, args=[one.of.pk]),
        "began": began,
        "took": minutes_and_seconds(one.took),
    }


def _length(of: timedelta | None) -> str:
    return "–" if of is None else minutes_and_seconds(of)


def _today(desk: Desk) -> tuple[date, date]:
    return desk.today, desk.today


def _typed(on: date) -> str:
    return f"{on:%d.%m.%Y}"
