"""The three clocks over days: share in time, median, longest, by place and day; every figure opens its rows."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from joldama.cases.models import Application
from joldama.desk.clocks import minutes_and_seconds
from joldama.desk.forms_of_clocks import PeriodForm, RowsForm, Shown, query
from joldama.desk.showing import Desk, desk_of, show
from joldama.people.models import Place
from joldama.procedures.clocks import ClockFigure, Measured, ThreeClocks, three_clocks
from joldama.procedures.explaining import Explained, explain_result, explain_serving, explain_wait
from joldama.reception.models import PaperTicket, Ticket
from joldama.standard.clocks import ClockKind
from joldama.ui.templatetags.words import language

_PAGES = {Application: "desk:case", Ticket: "desk:ticket", PaperTicket: "desk:paper-ticket"}

PAGE = 50
"""Rows on a page, and breaches listed beside the figures; each number opens all."""


@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period, today's where none is asked for (R4.4-a)."""
    desk = desk_of(request)
    places = _places(desk)
    asked = PeriodForm(request.GET, places=places, today=desk.today) if request.GET else None
    is_known = asked is not None and asked.is_valid()
    first, last = _period(asked) if asked and is_known else (desk.today, desk.today)
    chosen = asked.chosen if asked and is_known else places
    only = chosen[0] if len(chosen) == 1 else None
    counted = three_clocks(chosen, first=first, last=last, at=desk.at)
    return show(
        request,
        "desk/clocks.html",
        desk,
        status=422 if asked and not is_known else 200,
        form=asked or PeriodForm(initial=_initial(first, last), places=places, today=desk.today),
        has_several=len(places) > 1,
        first=first,
        last=last,
        whole=_told(counted, first, last, only),
        by_place=[(place, _told(counted.at(place), first, last, place)) for place in chosen]
        if not only
        else [],
        by_day=[(day, _told(of_day, day, day, only)) for day, of_day in counted.by_day()]
        if first != last
        else [],
        breaches=_breaches(counted, desk),
    )


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the rows behind a figure, each with how it was counted; what no figure leads to is a missing page."""
    desk = desk_of(request)
    places = _places(desk)
    asked = RowsForm(
        {**_initial(desk.today, desk.today), **request.GET.dict()}, places=places, today=desk.today
    )
    if not asked.is_valid():
        raise Http404
    first, last = _period(asked)
    kind, shown = ClockKind(asked.cleaned_data["clock"]), Shown(asked.cleaned_data["shown"])
    counted = three_clocks(asked.chosen, first=first, last=last, at=desk.at)
    found = _sorted(_chosen(counted, kind, shown), asked.cleaned_data["order"])
    page = _page(request)
    return show(
        request,
        "desk/clock_rows.html",
        desk,
        kind=kind,
        shown=shown,
        paragraph=kind.limit(counted.figures).paragraph,
        first=first,
        last=last,
        place=asked.chosen[0] if len(asked.chosen) == 1 else None,
        has_several=len(asked.chosen) > 1,
        rows=[_row(one, desk) for one in found[(page - 1) * PAGE : page * PAGE]],
        count=len(found),
        page=page,
        has_more=len(found) > page * PAGE,
        query=_without_page(request),
        back=query(first, last, asked.chosen[0] if asked.cleaned_data["place"] else None),
    )


def _places(desk: Desk) -> list[Place]:
    """The places of the office, the main one first."""
    return list(Place.objects.filter(office=desk.staff.office_id).order_by("-is_main", "kk"))


def _period(asked: PeriodForm) -> tuple[date, date]:
    return asked.cleaned_data["first"], asked.cleaned_data["last"]


def _initial(first: date, last: date) -> dict[str, str]:
    return {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}


def _told(counted: ThreeClocks, first: date, last: date, place: Place | None) -> dict[str, Any]:
    absent = query(first, last, place, clock=ClockKind.WAIT, shown=Shown.ABSENT)
    figures = [counted.of(kind) for kind in ClockKind]
    return {
        "rows": [_figure(figure, first, last, place) for figure in figures],
        "absent": len(counted.absent),
        "absent_query": absent,
    }


def _figure(figure: ClockFigure, first: date, last: date, place: Place | None) -> dict[str, Any]:
    def rows_of(shown: Shown, **more: str) -> str:
        return query(first, last, place, clock=figure.kind, shown=shown, **more)

    return {
        "kind": figure.kind,
        "paragraph": figure.limit.paragraph,
        "count": figure.count,
        "all": rows_of(Shown.ALL),
        "in_time": figure.in_time,
        "in_time_query": rows_of(Shown.IN_TIME),
        "share": figure.share,
        "median": _length(figure.median),
        "longest": _length(figure.longest),
        "by_length": rows_of(Shown.ALL, order="took"),
        "over": len(figure.violations),
        "over_query": rows_of(Shown.OVER),
    }


def _breaches(counted: ThreeClocks, desk: Desk) -> list[dict[str, Any]]:
    """What took too long, by clock, what goes on first; those with none are left out."""
    running = {kind: [one for one in counted.running if one.kind is kind] for kind in ClockKind}
    return [
        {
            "kind": figure.kind,
            "paragraph": figure.limit.paragraph,
            "running": [_named(one) for one in running[figure.kind]],
            "rows": [_named(one) for one in figure.violations[:PAGE]],
        }
        for figure in map(counted.of, ClockKind)
        if figure.violations or running[figure.kind]
    ]


def _chosen(counted: ThreeClocks, kind: ClockKind, shown: Shown) -> list[Measured]:
    if shown is Shown.ABSENT:
        return list(counted.absent)
    figure = counted.of(kind)
    match shown:
        case Shown.OVER:
            return list(figure.violations)
        case Shown.IN_TIME:
            return [one for one in figure.measured if not one.is_breached]
        case _:
            return list(figure.measured)


def _sorted(found: list[Measured], order: str) -> list[Measured]:
    if order == "took":
        return sorted(found, key=lambda one: (one.took, one.began_at), reverse=True)
    return sorted(found, key=lambda one: (one.began_at, str(one.of)))


def _row(one: Measured, desk: Desk) -> dict[str, Any]:
    explained = _explained(one, desk)
    return {
        **_named(one),
        "place": one.place,
        "is_breached": one.is_breached,
        "lines": explained.lines(language()),
    }


def _explained(one: Measured, desk: Desk) -> Explained:
    if isinstance(one.of, Application):
        return explain_result(one.of, at=desk.at)
    if one.kind is ClockKind.WAIT:
        return explain_wait(one.of, at=desk.at)
    serving = explain_serving(one.of, at=desk.at)
    assert serving is not None  # its serving was measured
    return serving


def _named(one: Measured) -> dict[str, Any]:
    page = _PAGES[type(one.of)]
    return {
        "name": str(one.of),
        "address": reverse(page, args=[one.of.pk]),
        "began": one.began_at.astimezone(one.place.zone),
        "took": minutes_and_seconds(one.took),
    }


def _length(of: timedelta | None) -> str:
    return "–" if of is None else minutes_and_seconds(of)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _without_page(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()
