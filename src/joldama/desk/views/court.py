"""The head records an appeal to court, and has a decision against a refusal carried out (¶11, R11.1-a)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joldama.complaints.models import CourtAppeal
from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case
from joldama.desk.forms_of_court import CourtForm
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import desk_of, show
from joldama.procedures import court as going_to_court
from joldama.ui.errors import no_right
from joldama.ui.kept import take_typed


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def court(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is recorded, take a new record or the outcome of a pending one."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:court")
    if not may_sign_today(desk.staff, on=desk.today):
        return no_right(request)
    if going_to_court.result_of(application) is None:
        return to_case(pk)
    form = CourtForm(request.POST if request.method == "POST" else take_typed(request))
    if request.method == "POST" and form.is_valid():
        going_to_court.record_appeal(application, form.appeal, by=desk.staff, at=desk.at)
        return HttpResponseRedirect(reverse("desk:court", args=[pk]))
    appeals = application.court_appeals.select_related("application", "decision")
    recorded = [
        {"appeal": one, "may_be_carried_out": going_to_court.may_be_carried_out(one)}
        for one in appeals.order_by("filed_on", "recorded_at")
    ]
    status = 422 if form.errors else 200
    return show(
        request, "desk/court.html", desk, status=status, case=application, form=form, recorded=recorded
    )


@telling
def carry_out(request: HttpRequest, pk: UUID, appeal: UUID) -> HttpResponse:
    """Have the result the court ordered drafted."""
    desk = desk_of(request)
    find_case(desk, pk, page="desk:carry-out")
    found = CourtAppeal.objects.filter(pk=appeal, application_id=pk).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:court", args=[pk]))
    going_to_court.carry_out(found, by=desk.staff, at=desk.at)
    return to_case(pk)
