"""Anyone who holds a referral checks it: number, date, control code (A33)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.installation.clock import now
from joldama.portal.access import CAPITAL
from joldama.portal.forms import VerifyForm
from joldama.referrals.verification import Verified, verify


@require_safe
def verify_referral(request: HttpRequest) -> HttpResponse:
    """Ask for the three, or answer about them; a QR code brings them along."""
    asked = bool({"n", "d", "c"} & set(request.GET))
    form = VerifyForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        context |= _told(_verified(form.cleaned_data))
    return render(request, "portal/verify.html", context, status=422 if asked and form.errors else 200)


def _verified(given: dict[str, Any]) -> Verified:
    today: date = now().astimezone(CAPITAL).date()
    return verify(given["n"], issued_on=given["d"], code=given["c"], today=today)


def _told(verified: Verified) -> dict[str, Any]:
    referral = verified.referral
    if referral is None:
        return {"standing": verified.standing}
    application = referral.application
    return {
        "standing": verified.standing,
        "referral": referral,
        "office": application.office,
        "issued": referral.issued_at.astimezone(application.place.zone),
        "annulled": referral.annulled_at and referral.annulled_at.astimezone(application.place.zone),
        "initials": application.person.name.initials,
        "last_digits": application.person.iin[-4:],
    }
