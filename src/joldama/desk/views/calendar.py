"""The administrator's calendar: the days of a year with their acts, and a form to correct one (R8.2-d)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from govkz.workdays import Day
from joldama.desk.forms_of_calendar import CorrectionForm
from joldama.desk.showing import Desk, desk_of, show
from joldama.people.queries import officials_by_id
from joldama.procedures import correct
from joldama.procedures.correct import NothingToCorrect
from joldama.procedures.reckoning import calendar as working_calendar
from joldama.schedule.models import Change, DayCorrection
from joldama.schedule.queries import corrections
from joldama.standard.words import Phrase
from joldama.ui.forms import Fault

LATEST = 50
"""Corrections shown; a year has a handful."""


@dataclass(frozen=True)
class Entered:
    """A correction as the page tells it."""

    correction: DayCorrection
    change: Change
    at: datetime
    by: str


@dataclass(frozen=True)
class Row:
    """A day of the year that is more than a weekday or a weekend."""

    day: Day
    kind: Phrase
    holiday: Phrase | None
    act: Phrase | None


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year, and correct a day."""
    desk = desk_of(request)
    form = CorrectionForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid() and _corrected(form, desk):
        return HttpResponseRedirect(reverse("desk:calendar"))
    known = working_calendar()
    years = range(known.first.year, known.last.year + 1)
    year = _year(request, years, desk.today)
    return show(
        request,
        "desk/calendar.html",
        desk,
        status=422 if form.errors else 200,
        form=form,
        year=year,
        years=years,
        rows=[_row(day) for day in known.named_days if day.on.year == year],
        is_provisional=year in known.provisional_years,
        entered=_entered(desk),
    )


def _corrected(form: CorrectionForm, desk: Desk) -> bool:
    try:
        correct.correct_day(**form.told, by=desk.staff, at=desk.at)  # type: ignore[arg-type]
    except NothingToCorrect as nothing:
        form.add_error(nothing.field, Fault(nothing.key, **nothing.values))
        return False
    return True


def _entered(desk: Desk) -> list[Entered]:
    found = list(corrections()[:LATEST])
    authors = officials_by_id({one.entered_by for one in found})
    return [
        Entered(
            one, Change(one.change), one.entered_at.astimezone(desk.zone), authors[one.entered_by].name.short
        )
        for one in found
    ]


def _row(day: Day) -> Row:
    return Row(
        day,
        Phrase(f"desk.calendar.kind.{day.kind}"),
        Phrase(f"holiday.{day.holiday}") if day.holiday else None,
        Phrase(f"calendar.act.{day.act_key}") if day.act_key else None,
    )


def _year(request: HttpRequest, years: range, today: date) -> int:
    with suppress(ValueError):
        asked = int(request.GET.get("year", ""))
        if asked in years:
            return asked
    return min(max(today.year, years[0]), years[-1])
