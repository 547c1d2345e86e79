"""The administrator's technical breaks: what runs and comes, and a form to enter one (R8.2-b)."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joldama.desk.forms_of_breaks import BreakForm
from joldama.desk.showing import Desk, desk_of, show
from joldama.procedures import pause
from joldama.schedule.models import TechnicalBreak
from joldama.schedule.queries import coming_breaks, past_breaks
from joldama.ui.forms import Fault


@require_http_methods(["GET", "HEAD", "POST"])
def breaks(request: HttpRequest) -> HttpResponse:
    """List the breaks and enter one."""
    desk = desk_of(request)
    form = BreakForm(request.POST or None, zone=desk.zone)
    if request.method == "POST" and form.is_valid() and _entered(form, desk):
        return HttpResponseRedirect(reverse("desk:breaks"))
    return show(
        request,
        "desk/breaks.html",
        desk,
        status=422 if form.errors else 200,
        form=form,
        coming=[_told(one, desk) for one in coming_breaks(desk.at)],
        past=[_told(one, desk) for one in past_breaks(desk.at)[:20]],
    )


@require_POST
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call a break off."""
    desk = desk_of(request)
    planned = TechnicalBreak.objects.filter(pk=pk).first()
    if planned is None:
        raise Http404
    pause.call_off(planned, by=desk.staff, at=desk.at)
    return HttpResponseRedirect(reverse("desk:breaks"))


def _entered(form: BreakForm, desk: Desk) -> bool:
    try:
        pause.enter_break(
            starts_at=form.starts_at, ends_at=form.ends_at, reasons=form.reasons, by=desk.staff, at=desk.at
        )
    except pause.EndsBeforeItStarts:
        form.add_error("ends_on", Fault("error.dates_reversed"))
        return False
    except pause.IsOver:
        form.add_error("ends_on", Fault("error.break_over"))
        return False
    return True


def _told(planned: TechnicalBreak, desk: Desk) -> dict[str, object]:
    starts: datetime = planned.starts_at.astimezone(desk.zone)
    return {
        "break": planned,
        "starts": starts,
        "ends": planned.ends_at.astimezone(desk.zone),
        "is_running": planned.is_running(at=desk.at),
        "is_late": pause.is_late(planned),
    }
