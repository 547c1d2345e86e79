"""Whether the person may get a kind and why, what is known of him, and the other kinds offered (A14, A39)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joldama.cases import offering
from joldama.cases.models import Application
from joldama.cases.offers import Offer
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import may_prepare
from joldama.desk.answers import telling
from joldama.desk.finding import find_case
from joldama.desk.forms_of_eligibility import FactForm, OfferForm
from joldama.desk.showing import Desk, desk_of, show
from joldama.procedures import offer as offers
from joldama.procedures.reckoning import edition_of
from joldama.procedures.refusing import NotYet
from joldama.standard.grounds import Ground
from joldama.ui.offers import AnswerForm
from joldama.ui.templatetags.words import language


@require_safe
@telling
def eligibility(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show every kind with its conditions, the facts known, and the offer."""
    desk = desk_of(request)
    return _page(request, desk, _in_progress(desk, pk, page="desk:eligibility"))


@require_POST
@telling
def fact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a fact with its source and day."""
    desk = desk_of(request)
    application = _in_progress(desk, pk, page="desk:fact")
    form = FactForm(request.POST, today=desk.today)
    if not form.is_valid():
        return _page(request, desk, application, form=form, fact_form=form)
    offers.enter_fact(application, **form.told, by=desk.staff, at=desk.at)
    return _back(pk)


@require_POST
@telling
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer the kinds that are open to the person."""
    desk = desk_of(request)
    application = _in_progress(desk, pk, page="desk:make-offer")
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, application, form=form, offer_form=form)
    try:
        offers.offer_others(
            application, ground=Ground(form.cleaned_data["ground"]), by=desk.staff, at=desk.at
        )
    except NotYet as waits:
        return _page(request, desk, application, fault=waits.parts(language()), offer_form=form)
    return _back(pk)


@require_POST
@telling
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down what the person answers at the counter or by telephone."""
    desk = desk_of(request)
    application = _in_progress(desk, pk, page="desk:answer-offer")
    made = offering.latest_offer(application)
    if made is None:
        return _back(pk)
    form = AnswerForm(request.POST, kinds=offers.named(application, made.kinds))
    if not form.is_valid():
        return _page(request, desk, application, form=form, answer_form=form)
    offers.answer(made, kind=form.chosen, by=desk.staff, at=desk.at)
    return _back(pk)


def _page(
    request: HttpRequest,
    desk: Desk,
    application: Application,
    *,
    form: Any = None,
    fault: tuple[str, ...] = (),
    **forms: Any,
) -> HttpResponse:
    known = offering.known_facts(application)
    made = offering.latest_offer(application)
    told = {
        "fact_form": FactForm(today=desk.today),
        **_told_offer(application, made, desk),
        **forms,
    }
    return show(
        request,
        "desk/eligibility.html",
        desk,
        status=422 if form else 409 if fault else 200,
        case=application,
        form=form,
        fault=fault,
        eligibility=offers.eligibility_of(application, edition_of(application).kinds, known=known),
        facts=[
            {
                "fact": fact,
                "holds": one.said["holds"],
                "source": one.said["source"],
                "on": date.fromisoformat(one.said["on"]),
                "by": one.entered_by.name.short,
                "at": one.entered_at.astimezone(desk.zone),
            }
            for fact, one in known.items()
        ],
        **told,
    )


def _told_offer(application: Application, made: Offer | None, desk: Desk) -> dict[str, Any]:
    to_offer = offers.named(application, offers.kinds_to_offer(application))
    if made is None:
        return {"offer_form": OfferForm(), "to_offer": to_offer}
    kinds = offers.named(application, made.kinds)
    is_open = made.answered_at is None
    is_declined = not is_open and made.accepted_kind is None
    return {
        "offer": made,
        "offered": kinds,
        "accepted": next(iter(offers.named(application, filter(None, [made.accepted_kind]))), None),
        "answer_until": made.answer_until_at.astimezone(desk.zone),
        "answer_form": AnswerForm(kinds=kinds) if is_open else None,
        "offer_form": OfferForm() if is_declined else None,
        "to_offer": to_offer if is_declined else (),
    }


def _in_progress(desk: Desk, pk: UUID, *, page: str) -> Application:
    application = find_case(desk, pk, page=page)
    if not may_prepare(desk.staff, application):
        raise SomebodyWasFaster(application)
    return application


def _back(pk: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:eligibility", args=[pk]))
