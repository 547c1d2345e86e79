"""Return slips: which are awaited, and what an organisation answered (S28)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joldama.desk import queries
from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case
from joldama.desk.forms_of_slips import FindForm, SlipForm
from joldama.desk.showing import desk_of, show
from joldama.procedures import slip as slips_of
from joldama.procedures.slip import CannotHaveAnswered, is_awaited
from joldama.referrals.queries import referral_of
from joldama.ui.forms import Fault


@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: HttpRequest) -> HttpResponse:
    """List the referrals whose slip is awaited, and find one by the number on the slip."""
    desk = desk_of(request)
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"].strip().upper()
        found = queries.case_of_referral(number, desk.staff)
        if found is not None:
            return HttpResponseRedirect(reverse("desk:slip", args=[found.pk]))
        form.add_error("number", Fault("error.slip.no_such_referral"))
    status = 422 if form.errors else 200
    awaited = queries.to_answer(desk.staff)
    return show(request, "desk/slips.html", desk, status=status, form=form, awaited=awaited)


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def slip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what the organisation answered."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:slip")
    referral = referral_of(application)
    if not is_awaited(referral):
        return to_case(pk)
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slips_of.record_slip(application, form.slip, by=desk.staff, at=desk.at)
        except CannotHaveAnswered as cannot:
            form.add_error("answered_on", Fault(cannot.key, **cannot.values))
        else:
            return to_case(pk)
    status = 422 if form.is_bound else 200
    return show(
        request, "desk/slip.html", desk, status=status, case=application, referral=referral, form=form
    )
