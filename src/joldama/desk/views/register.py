"""The registers of a day as they are printed; whose data stands on them, his looks are written down (R14.1-a)."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.desk import register as registers
from joldama.desk.showing import Desk, desk_of, show
from joldama.journal.operations import record_looks_of
from joldama.standard import moments, words
from joldama.standard.kinds import ResultKind
from joldama.ui.forms import DayField, Fault, Form


class DayForm(Form):
    """Of which day."""

    labels: ClassVar = {"on": "desk.register.day"}
    on = DayField()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_on(self) -> date:
        """Give a day that has begun."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise Fault("error.register.future")
        return on


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """The register of a day: tickets, packages, notes, who did not come; nothing before a day is asked for."""
    desk = desk_of(request)
    form, on = _asked(request, desk)
    told = registers.register_of(desk.place, on) if on else None
    if told:
        record_looks_of(told.seen, by=desk.staff.actor, at=desk.at, page="desk:register")
    return _page(
        request,
        desk,
        "desk/register.html",
        form=form,
        on=on,
        told=told,
        columns=registers.columns("paper.register.columns"),
        rows=[_told(row, desk) for row in told.rows] if told else [],
        windows=[_window(one, desk) for one in told.windows] if told else [],
        window_columns=registers.columns("paper.register.windows.columns"),
    )


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """The register of the referrals handed over on a day."""
    desk = desk_of(request)
    form, on = _asked(request, desk)
    found = registers.handed_over(desk.place, on) if on else []
    seen = [(one.application.person_id, one.application_id) for one in found]
    record_looks_of(seen, by=desk.staff.actor, at=desk.at, page="desk:register-referrals")
    return _page(
        request,
        desk,
        "desk/register_referrals.html",
        form=form,
        on=on,
        columns=registers.columns("paper.register.referrals.columns"),
        rows=[
            {
                "referral": one,
                "name": one.application.person.name.full,
                "kind": registers.in_both(kind.short_key, before=f"{kind.number}. "),
                "issued": _local(one.issued_at, desk),
                "by": one.handed_over_by.name.short if one.handed_over_by else "",
                "organisation": registers.organisation_of(one),
                "handed_over": _local(one.handed_over_at, desk),
            }
            for one in found
            for kind in [ResultKind(one.kind)]
        ],
    )


def _asked(request: HttpRequest, desk: Desk) -> tuple[DayForm, date | None]:
    if "on" not in request.GET:
        return DayForm(today=desk.today, initial={"on": f"{desk.today:%d.%m.%Y}"}), None
    form = DayForm(request.GET, today=desk.today)
    return form, form.cleaned_data["on"] if form.is_valid() else None


def _page(
    request: HttpRequest, desk: Desk, template: str, *, form: DayForm, on: date | None, **shown: Any
) -> HttpResponse:
    return show(
        request,
        template,
        desk,
        status=422 if form.errors else 200,
        form=form,
        on=on,
        sides=[
            (
                side,
                desk.place.office.name(side),
                desk.place.address(side),
                moments.day(on, side) if on else "",
            )
            for side in registers.SIDES
        ],
        printed=[
            (side, words.say("paper.printed", side, printed_at=desk.at.astimezone(desk.zone)))
            for side in registers.SIDES
        ],
        width=len(shown["columns"]),
        **shown,
    )


def _told(row: registers.Row, desk: Desk) -> dict[str, Any]:
    moments = {name: _local(getattr(row, name), desk) for name in ("taken_at", "called_at", "registered_at")}
    return {"row": row, **moments, "handed_over_at": _local(row.handed_over_at, desk)}


def _window(one: Any, desk: Desk) -> dict[str, Any]:
    return {
        "window": one,
        "opened": _local(one.opened_at, desk),
        "closed": _local(one.closed_at, desk),
    }


def _local(moment: datetime | None, desk: Desk) -> datetime | None:
    return moment.astimezone(desk.zone) if moment else None
