"""Anyone who holds a referral checks it: number, date, control code (A33)."""

import json
from datetime import datetime
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.installation.clock import now
from joldama.portal.forms import VerifyForm
from joldama.procedures.slip import is_awaited
from joldama.procedures.verify import TooMany, verify
from joldama.referrals.verification import Verified
from joldama.ui.address import network_of
from joldama.ui.templatetags.words import language
from joldama.vault.code_key import published
from joldama.vault.code_keys import public_keys


@require_safe
def verify_referral(request: HttpRequest) -> HttpResponse:
    """Ask for the three, or answer about them; a QR code brings them along."""
    asked = bool({"n", "d", "c"} & set(request.GET))
    form = VerifyForm(request.GET if asked else None)
    if not asked or not form.is_valid():
        return render(request, _PAGE, {"form": form}, status=422 if asked else 200)
    at = now()
    try:
        verified = _verified(form.cleaned_data, network_of(request), at)
    except TooMany as refused:
        return _later(request, form, refused, at)
    return render(request, _PAGE, {"form": form, **_told(verified)})


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Publish the keys that sign the codes, so that anyone checks one without asking us (RFC 7517)."""
    told = published(public_keys())
    answer = HttpResponse(json.dumps(told, indent=2), content_type="application/jwk-set+json")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


_PAGE = "portal/verify.html"


def _verified(given: dict[str, Any], network: str, at: datetime) -> Verified:
    return verify(given["n"], issued_on=given["d"], code=given["c"], network=network, at=at)


def _later(request: HttpRequest, form: VerifyForm, refused: TooMany, at: datetime) -> HttpResponse:
    answer = render(request, _PAGE, {"form": form, "fault": refused.parts(language())}, status=429)
    answer.headers["Retry-After"] = str(max(1, ceil((refused.again_at - at).total_seconds())))
    return answer


def _told(verified: Verified) -> dict[str, Any]:
    referral = verified.referral
    if referral is None:
        return {"standing": verified.standing}
    application = referral.application
    return {
        "standing": verified.standing,
        "referral": referral,
        "answers_awaited": is_awaited(referral),
        "office": application.office,
        "issued": referral.issued_at.astimezone(application.place.zone),
        "annulled": referral.annulled_at and referral.annulled_at.astimezone(application.place.zone),
        "initials": application.person.name.initials,
        "last_digits": application.person.iin[-4:],
    }
