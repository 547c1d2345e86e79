"""One case of the person: what it is, until when, what next, and its document."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joldama.cases.models import Application, Decision, Outcome, SealedPaper
from joldama.cases.offering import known_facts, latest_offer
from joldama.cases.offers import KnownFact
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import is_held_back, may_withdraw
from joldama.installation.clock import now
from joldama.journal.operations import record
from joldama.journal.queries import events_of
from joldama.people.models import Person
from joldama.portal.access import person_of
from joldama.portal.road import road_of
from joldama.procedures import issue
from joldama.procedures import offer as offers
from joldama.procedures import withdraw as withdrawing
from joldama.procedures.reckoning import came_at
from joldama.referrals.queries import held_referral, referral_of
from joldama.referrals.status import is_checked, status_of
from joldama.referrals.telling import answers_about
from joldama.standard.eligibility import Eligibility, Fact, Standing
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.refusals import parts, what_next
from joldama.standard.workflows import ApplicationState
from joldama.ui.offers import AnswerForm
from joldama.ui.templatetags.words import language

_OPEN = (ApplicationState.SUBMITTED, ApplicationState.REGISTERED, ApplicationState.IN_PROGRESS)


@require_safe
def case(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The case whole: state, next step, road, reckoning, document."""
    return _page(request, _own(request, application_id))


@require_POST
def answer_offer(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Take the person's answer to the other kinds offered; an answer given twice is the first one (A39)."""
    application = _own(request, application_id)
    made = latest_offer(application)
    if made is None:
        raise Http404
    form = AnswerForm(request.POST, kinds=offers.named(application, made.kinds))
    if not form.is_valid():
        return _page(request, application, answer_form=form)
    with suppress(SomebodyWasFaster):
        offers.answer(made, kind=form.chosen, by=person_of(request), at=now())
    return HttpResponseRedirect(reverse("portal:case", args=[application.pk]))


@require_safe
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What was sent, when it is due, and how that was reckoned; delivered is not yet accepted (A31)."""
    application = _own(request, application_id)
    return render(request, "portal/receipt.html", {**_told(application, now()), "section": "account"})


@require_safe
def document(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Hand out the sealed document: the recipient's own copy."""
    application = _own(request, application_id)
    decision = _shown(application)
    papers = SealedPaper.objects.filter(decision=decision, copy=SealedPaper.Copy.RECIPIENT)
    paper = papers.first() if decision else None
    if paper is None:
        raise Http404
    issue.take_from_account(application, by=application.person, at=now())
    response = HttpResponse(paper.pdf, content_type="application/pdf")
    name = f"{_file_name(application)}.pdf"  # numbers begin with Cyrillic letters: RFC 6266 §4.3
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Ask once more, then withdraw."""
    application = _own(request, application_id)
    person = person_of(request)
    if request.method == "POST":
        try:
            withdrawing.withdraw(application, by=person, at=now())
        except SomebodyWasFaster:
            application.refresh_from_db()
            decided = application.decided_at or application.finished_at
            told = {"decided_at": decided.astimezone(application.place.zone)} if decided else {}
            context = {"application": application, "told": told}
            return render(request, "portal/too_late.html", context, status=409)
        return HttpResponseRedirect(reverse("portal:case", args=[application.pk]))
    if not may_withdraw(person, application):
        return HttpResponseRedirect(reverse("portal:case", args=[application.pk]))
    return render(request, "portal/withdraw.html", {"application": application})


def _own(request: HttpRequest, application_id: UUID) -> Application:
    """Give the person's own case; somebody else's answers like a missing one, and the attempt is kept."""
    person: Person = person_of(request)
    found = (
        Application.objects.select_related("office", "place", "person", "decision__referral", "signature")
        .filter(pk=application_id)
        .first()
    )
    if found is None or found.person_id != person.pk:
        if found is not None:
            record("case.look_denied", subject=found.pk, by=person.actor, at=now())
        raise Http404
    return found


def _page(
    request: HttpRequest, application: Application, *, answer_form: AnswerForm | None = None
) -> HttpResponse:
    told = {**_told(application, now()), **_offered(application, answer_form), "section": "account"}
    return render(request, "portal/case.html", told, status=422 if answer_form else 200)


def _offered(application: Application, answer_form: AnswerForm | None) -> dict[str, Any]:
    """Tell whether the person may get what he asked for and why, and what he was offered instead (A14)."""
    if application.state not in _OPEN:
        return {}
    known = known_facts(application)
    (judged,) = offers.eligibility_of(application, (ResultKind(application.kind),), known=known)
    why = {"eligibility": judged, "facts": _told_facts(judged, known)}
    if judged.standing is Standing.NOT_MET:
        why["open_kinds"] = offers.named(application, offers.kinds_to_offer(application))
    made = latest_offer(application) if application.state == ApplicationState.IN_PROGRESS else None
    if made is None:
        return why
    kinds = offers.named(application, made.kinds)
    is_open = made.answered_at is None
    return {
        **why,
        "offer": made,
        "offered": kinds,
        "offer_reason": offers.reason_of(made, judged),
        "answer_until": made.answer_until_at.astimezone(application.place.zone),
        "accepted": next(iter(offers.named(application, filter(None, [made.accepted_kind]))), None),
        "answer_form": (answer_form or AnswerForm(kinds=kinds)) if is_open else None,
        "form": answer_form,
    }


def _told_facts(judged: Eligibility, known: dict[Fact, KnownFact]) -> list[dict[str, Any]]:
    """Tell the person what the office entered of him, from which source and of which day (A39)."""
    asked = {one.condition.fact for one in judged.judged}
    return [
        {
            "fact": fact,
            "holds": one.said["holds"],
            "source": one.said["source"],
            "on": date.fromisoformat(one.said["on"]),
        }
        for fact, one in known.items()
        if fact in asked
    ]


def _told(application: Application, at: datetime) -> dict[str, Any]:
    zone = application.place.zone
    deadline = application.deadlines.order_by("-id").first()
    referral = held_referral(application)
    decision = _shown(application)
    paper = decision.papers.filter(copy=SealedPaper.Copy.RECIPIENT).first() if decision else None
    refused = decision if decision and decision.signed_at and decision.outcome == Outcome.REFUSE else None
    return {
        "application": application,
        "status": status_of(application, at=at),
        "local_now": at.astimezone(zone),
        "due": application.due_at.astimezone(zone),
        "accepted": application.accepted_at.astimezone(zone),
        "submitted": application.submitted_at.astimezone(zone) if application.submitted_at else None,
        "lines": deadline.steps[language()] if deadline else [],
        "came_on": came_at(application).astimezone(zone).date(),
        "is_registered": application.registered_at is not None,
        "is_checking": is_checked(application),
        "road": road_of(application, list(events_of(application.pk))),
        "decision": decision,
        "earlier_refusals": _earlier_refusals(application, decision),
        "courts": list(
            application.court_appeals.select_related("decision").order_by("filed_on", "recorded_at")
        ),
        "refused": refused,
        "refused_next": what_next(Ground(refused.ground or ""), language()) if refused else "",
        "not_accepted": parts(Ground(application.not_accepted_ground), language())
        if application.not_accepted_ground
        else (),
        "referral": referral,
        "answers": answers_about(referral, zone) if referral else [],
        "has_paper": paper is not None,
        "may_withdraw": may_withdraw(application.person, application),
    }


def _shown(application: Application) -> Decision | None:
    """Give the decision the person has in hand: while another is drafted or held back, the latest in force."""
    if application.correction_asked_at is None and not is_held_back(application):
        return application.decision
    return application.decisions.in_force().order_by("signed_at").last()


def _earlier_refusals(application: Application, shown: Decision | None) -> list[Decision]:
    """Give the refusals a court found against: they stay in the history (S61)."""
    found = application.decisions.in_force().filter(outcome=Outcome.REFUSE)
    return [one for one in found.order_by("signed_at") if one != shown]


def _file_name(application: Application) -> str:
    referral = referral_of(application)
    return (referral.number if referral else application.number) or application.reference
