"""Who may get which kind, open to anyone: the conditions with act, source and days, and an answer for oneself (A14)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from joldama.installation.clock import now
from joldama.portal.access import CAPITAL
from joldama.portal.context import edition_today
from joldama.portal.editions import choose_edition
from joldama.portal.forms_of_eligibility import MayForm
from joldama.standard.counting import Counted, Unit
from joldama.standard.eligibility import Eligibility, Standing, eligibility, rule
from joldama.standard.kinds import DeclaredKind

_ORDER = (Standing.MET, Standing.NOT_KNOWN, Standing.NOT_MET)


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """Each kind with who may get it on a day, by which act, and what held or will hold on other days."""
    chosen = choose_edition(request)
    context = {
        "kinds": [_shown(declared, chosen.on) for declared in chosen.edition.declared_kinds],
        "shown_on": chosen.on,
        **chosen.as_context(),
    }
    return render(request, "portal/conditions.html", context, status=chosen.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def may(request: HttpRequest) -> HttpResponse:
    """Answer who asks for himself; what he types is judged and forgotten."""
    today = now().astimezone(CAPITAL).date()
    form = MayForm(request.POST if request.method == "POST" else None, on=today)
    judged = _judged(form, today) if form.is_valid() else []
    context = {"form": form, "judged": judged, "is_asked": bool(judged)}
    return render(request, "portal/may.html", context, status=422 if form.errors else 200)


def _shown(declared: DeclaredKind, on: date) -> dict[str, Any]:
    known = rule(declared)
    validity = declared.validity
    return {
        "kind": declared,
        "conditions": [one for one in known if one.is_in_force(on=on)],
        "other_days": [one for one in known if not one.is_in_force(on=on)],
        "validity": Counted(validity.amount, Unit.BUSINESS_DAY) if validity else None,
    }


def _judged(form: MayForm, today: date) -> list[Eligibility]:
    """Judge every kind, what is open first; among equals in the order of ¶6."""
    found = [
        eligibility(kind, on=today, born_on=form.born_on, facts=form.facts) for kind in edition_today().kinds
    ]
    return sorted(found, key=lambda one: _ORDER.index(one.standing))
