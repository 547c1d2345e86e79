"""The head annuls a result that is wrong: a reason, and whether a corrected one is drafted (R6.2-b)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from joldama.cases.rules import may_annul
from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case
from joldama.desk.forms import AnnulForm
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import desk_of, show
from joldama.procedures import annul as annulling
from joldama.referrals.queries import referral_of
from joldama.ui.errors import no_right
from joldama.ui.kept import take_typed


@telling
def annul(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the reason, then annul; a deputy needs an order of this day."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:annul")
    if not may_sign_today(desk.staff, on=desk.today):
        return no_right(request)
    is_owed = annulling.must_be_corrected(application)
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = AnnulForm(typed, is_correction_owed=is_owed)
    if request.method == "POST" and form.is_valid():
        annulling.annul(
            application,
            reason=form.cleaned_data["reason"],
            with_correction=form.cleaned_data.get("with_correction", False),
            by=desk.staff,
            at=desk.at,
        )
        return to_case(pk)
    referral = referral_of(application)
    if referral is None or referral.annulled_at or not may_annul(desk.staff, application, on=desk.today):
        return to_case(pk)
    status = 422 if form.errors else 200
    context = {"case": application, "referral": referral, "form": form, "is_owed": is_owed}
    return show(request, "desk/annul.html", desk, status=status, **context)
