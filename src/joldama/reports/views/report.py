"""The report of a month, the rows behind each figure, and both as files for a spreadsheet."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.reports.access import desk_of
from joldama.reports.figures import Asked, Figure, office_months, rows_of
from joldama.reports.month import Month
from joldama.reports.rows import heads_of, row_of
from joldama.reports.scope import Scope, scope_for
from joldama.reports.sheets import sheet
from joldama.reports.tables import columns, tables
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.ui.officials import Desk, show

PAGE = 100
"""Rows on a page."""


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show the figures of a month."""
    desk = desk_of(request)
    month = Month.read(request.GET.get("month", ""))
    is_unclear = "month" in request.GET and month is None
    shown = month or Month.of(desk.today)
    months = office_months(scope_for(desk.staff, shown, at=desk.at))
    return show(
        request,
        "reports/report.html",
        desk,
        month=shown,
        month_named=str(shown),
        typed=request.GET.get("month", "")[:20] if is_unclear else str(shown),
        is_unclear=is_unclear,
        tables=tables(months, shown),
        status=422 if is_unclear else 200,
    )


@require_safe
def report_csv(request: HttpRequest) -> HttpResponse:
    """Give the figures of a month as a file."""
    desk = desk_of(request)
    month = _month(request)
    heads, rows = columns(office_months(scope_for(desk.staff, month, at=desk.at)))
    return sheet(f"joldama-{month}", heads, rows)


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the rows a figure counts: numbers and moments, nobody's name."""
    desk, scope, asked, page = _asked(request)
    found = list(rows_of(scope, asked)[(page - 1) * PAGE : page * PAGE + 1])
    heads = heads_of(asked)
    query = request.GET.copy()
    query.pop("page", None)
    return show(
        request,
        "reports/rows.html",
        desk,
        asked=asked,
        office=scope.offices[0],
        month=scope.month,
        heads=heads,
        rows=[list(zip(heads, row_of(asked, row), strict=True)) for row in found[:PAGE]],
        query=query.urlencode(),
        page=page,
        has_more=len(found) > PAGE,
    )


@require_safe
def rows_csv(request: HttpRequest) -> HttpResponse:
    """Give the rows a figure counts as a file."""
    _desk, scope, asked, _page = _asked(request)
    found = (row_of(asked, row) for row in rows_of(scope, asked).iterator(chunk_size=500))
    return sheet(f"joldama-{scope.month}-{asked.figure.value.replace('_', '-')}", heads_of(asked), found)


def _asked(request: HttpRequest) -> tuple[Desk, Scope, Asked, int]:
    """Read what is asked for; what is no code, or another office's, answers like a missing page."""
    desk = desk_of(request)
    given = request.GET
    try:
        asked = Asked(
            figure=Figure(given.get("figure", "")),
            kind=ResultKind(given["kind"]) if "kind" in given else None,
            ground=Ground(given["ground"]) if "ground" in given else None,
        )
        office = UUID(given.get("office", ""))
    except ValueError as error:
        raise Http404 from error
    scope = scope_for(desk.staff, _month(request), at=desk.at, office=office)
    if not scope.offices:
        raise Http404
    return desk, scope, asked, _page(request)


def _month(request: HttpRequest) -> Month:
    month = Month.read(request.GET.get("month", ""))
    if month is None:
        raise Http404
    return month


def _page(request: HttpRequest) -> int:
    with suppress(ValueError):
        return min(max(int(request.GET.get("page", "1")), 1), 10_000)
    return 1
