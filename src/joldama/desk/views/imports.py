"""Tables handed in at the desk: the empty ones to fill in, the one that comes, what was wrong with it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from govkz.tables import Sheet, write_text, write_workbook
from joldama.desk.forms_of_imports import ImportForm, TakeBackForm
from joldama.desk.showing import Desk, desk_of, show
from joldama.openings.models import Import, Opening
from joldama.openings.tables import template
from joldama.openings.tables.columns import TableSort
from joldama.openings.tables.reporting import decoded, heading, report
from joldama.procedures import import_table, take_back_table
from joldama.procedures.import_table import LIMITS
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.take_back_table import Rest, RowsRest
from joldama.standard import words
from joldama.ui.forms import say_fault
from joldama.ui.templatetags.words import language, say
from joldama.ui.uploads import is_too_large, takes_file

SHOWN_PAST = 20
"""Tables that are listed below the form."""

LOOKED_AGAIN_AFTER = 2
"""Seconds after which the page of a table that is being read looks again."""

SHOWN_FAULTS = 100
"""Faults on a page; the report has all of them."""

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT = "text/csv; charset=utf-8"


@takes_file(most=LIMITS.size)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Take a table, and lead to its page; without one, show the form and the tables before."""
    desk = desk_of(request)
    if request.method != "POST":
        return _page(request, desk, ImportForm(initial={"key": uuid4()}))
    form = ImportForm(request.POST, request.FILES)
    if is_too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", say_fault("tables.unread.too_large", megabytes=LIMITS.size // 1_000_000))
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    given = form.cleaned_data
    try:
        done = import_table.receive(
            given["file"].read(), sort=TableSort(given["sort"]), key=given["key"], by=desk.staff, at=desk.at
        )
    except NotYet as unread:
        form.add_error("file", " ".join(unread.parts(language())))
        return _page(request, desk, form, status=422)
    except NotAllowed as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("desk:import", args=[done.pk]))


@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how far a table is, what became of it, and what is wrong with which row."""
    desk = desk_of(request)
    found = _find(desk, pk)
    faults = decoded((found.faults or [])[:SHOWN_FAULTS])
    spoken = language()
    return show(
        request,
        "desk/import.html",
        desk,
        found=found,
        received=found.received_at.astimezone(desk.zone),
        looked_again_after=LOOKED_AGAIN_AFTER,
        may_take_back=take_back_table.may_take_back(desk.staff, found),
        taken_back=found.taken_back_at.astimezone(desk.zone) if found.taken_back_at else None,
        shown=len(faults),
        faults=[
            {
                "row": fault.row,
                "column": heading(fault, found.table_sort, spoken),
                "given": fault.given,
                "parts": words.parts(fault.key, spoken, **fault.values),
            }
            for fault in faults
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why a table is to be taken back, and take it back; or say which of its rows stand in the way."""
    desk = desk_of(request)
    found = _find(desk, pk)
    if not take_back_table.may_take_back(desk.staff, found):
        return HttpResponseRedirect(reverse("desk:import", args=[pk]))
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return _taking_back(request, desk, found, form, take_back_table.what_rests(found), status=status)
    try:
        take_back_table.take_back(found, reason=form.cleaned_data["reason"], by=desk.staff, at=desk.at)
    except RowsRest as stays:
        return _taking_back(request, desk, found, form, stays.rests, status=409)
    except NotAllowed as error:
        raise Http404 from error
    return HttpResponseRedirect(reverse("desk:import", args=[pk]))


def _taking_back(
    request: HttpRequest, desk: Desk, found: Import, form: TakeBackForm, rests: Sequence[Rest], *, status: int
) -> HttpResponse:
    return show(
        request,
        "desk/import_take_back.html",
        desk,
        status=status,
        found=found,
        received=found.received_at.astimezone(desk.zone),
        form=form,
        count=len(rests),
        rests=[{"row": rest, "is_opening": isinstance(rest.thing, Opening)} for rest in rests[:SHOWN_FAULTS]],
        fault=RowsRest(rests).parts(language()) if rests else (),
    )


@require_safe
def report_text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out everything that is wrong with a table, as text."""
    found = _refused(desk_of(request), pk)
    return _file(write_text(*report(decoded(found.faults or []), found.table_sort, language())), "report.csv")


@require_safe
def report_workbook(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out everything that is wrong with a table, as a workbook."""
    found = _refused(desk_of(request), pk)
    headings, rows = report(decoded(found.faults or []), found.table_sort, language())
    return _file(write_workbook([Sheet(say(found.table_sort), headings, rows)]), "report.xlsx")


@require_safe
def template_of_openings(request: HttpRequest) -> HttpResponse:
    """Hand out the empty table of openings."""
    return _template(TableSort.OPENINGS)


@require_safe
def template_of_organisations(request: HttpRequest) -> HttpResponse:
    """Hand out the empty table of organisations."""
    return _template(TableSort.ORGANISATIONS)


def _template(sort: TableSort) -> HttpResponse:
    return _file(template.workbook(sort, language()), f"{sort}.xlsx")


def _page(request: HttpRequest, desk: Desk, form: ImportForm, *, status: int = 200) -> HttpResponse:
    past = Import.objects.filter(office=desk.place.office_id).select_related("received_by")
    listed = past.defer("faults").order_by("-received_at", "id")[:SHOWN_PAST]
    return show(
        request,
        "desk/imports.html",
        desk,
        status=status,
        form=form,
        past=[_told(each, desk) for each in listed],
    )


def _told(found: Import, desk: Desk) -> dict[str, Any]:
    return {"found": found, "received": found.received_at.astimezone(desk.zone)}


def _find(desk: Desk, pk: UUID) -> Import:
    found = (
        Import.objects.select_related("received_by", "taken_back_by")
        .filter(pk=pk, office=desk.place.office_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _refused(desk: Desk, pk: UUID) -> Import:
    found = _find(desk, pk)
    if not found.fault_count:
        raise Http404
    return found


def _file(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_TEXT if name.endswith(".csv") else _WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
