"""One case whole on one screen: what is next, the clock, the facts, the register's word, the draft."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from joldama.cases.models import Application, Outcome
from joldama.cases.rules import (
    may_ask_about_referral,
    may_prepare,
    may_withdraw_on_word,
)
from joldama.desk import queries
from joldama.desk.choosing import Row, find_form, opening_held, opening_named, row_of, typed_of
from joldama.desk.clocks import left, result_clock, serving_clock
from joldama.desk.finding import (
    annulled_of,
    called_at,
    has_paper,
    latest_steps,
)
from joldama.desk.forms import ReferralForm
from joldama.desk.next_steps import NextStep, Turn, may_sign_today, next_step
from joldama.desk.showing import Desk, show
from joldama.desk.taking_back import taken_back
from joldama.desk.timeline import happened
from joldama.desk.visit import visit_of
from joldama.openings.filling import fields_of
from joldama.openings.models import Opening
from joldama.procedures.blocked import blocked, is_blocked
from joldama.procedures.court import carried_out
from joldama.procedures.granting import grounds_open, is_owed_by_court
from joldama.procedures.letters import contact_of
from joldama.procedures.offer import eligibility_of
from joldama.procedures.prepare import kinds_wanted
from joldama.procedures.reckoning import edition_of
from joldama.procedures.slip import is_awaited
from joldama.procedures.withdraw_answer import is_answered
from joldama.referrals.queries import referral_of
from joldama.referrals.replies import Way
from joldama.referrals.telling import answers_about
from joldama.registries.models import Ended, Inquiry
from joldama.registries.models import Outcome as RegisterSaid
from joldama.registries.queries import answer_of
from joldama.standard.channels import Channel, IssueForm
from joldama.standard.documents import DocumentKind
from joldama.standard.eligibility import Standing
from joldama.standard.grounds import Ground
from joldama.standard.kinds import DeclaredKind, ResultField, ResultKind, TrainingKind
from joldama.standard.organisation_numbers import masked, number_key
from joldama.standard.workflows import ApplicationState, ReferralState
from joldama.ui.templatetags.words import language


def case_page(
    request: HttpRequest,
    desk: Desk,
    application: Application,
    *,
    form: ReferralForm | None = None,
    opening: Opening | None = None,
    instead: Sequence[Row] | None = None,
    finds: Mapping[str, Any] | None = None,
    fault: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Show a case; `form` is the draft as it was typed, `fault` why it was not taken.

    `opening` is the one it is drafted from, `instead` what may stand in the place of one that is full, `finds` what
    was looked for among the openings and is found.
    """
    told = _told(desk, application)
    turn = turn_of(application, desk, told["inquiry"])
    following = turn.step
    if form is None and may_prepare(desk.staff, application):
        opening = _opening_of(request, application)
        form = _draft_form(request, application, opening)
    if told["is_denied"] and _may_only_be_refused(application, following):
        following = NextStep.REFUSE if may_prepare(desk.staff, application) else NextStep.WAIT_DRAFT
    if form is not None and finds is None:
        finds = {"find_form": find_form(application)}
    return show(
        request,
        "desk/case.html",
        desk,
        status=status,
        fault=fault,
        next=following,
        turn=turn,
        is_moving=turn.is_moving(application),
        blocked=_blocked(application, desk) if turn.is_blocked else (),
        form=form,
        chosen=row_of(opening, application) if opening else None,
        instead=instead,
        **(finds or {}),
        **told,
        **visit_of(application, desk),
    )


def _may_only_be_refused(application: Application, following: NextStep) -> bool:
    """Say whether data the register denies leave a refusal only (R9.3-c); its answer may come after the draft."""
    if carried_out(application) is not None:
        return False
    decision = application.decision
    is_drafted = decision is not None and decision.signed_at is None and decision.outcome == Outcome.GRANT
    return is_drafted or following is NextStep.DRAFT


def turn_of(application: Application, desk: Desk, inquiry: Inquiry | None) -> Turn:
    """Tell how far a case that was found here is, for this official."""
    may_sign = may_sign_today(desk.staff, on=desk.today)
    is_made = has_paper(application)
    step = next_step(application, desk.staff, may_sign=may_sign, has_paper=is_made)
    is_answered = inquiry is None or inquiry.answered_at is not None or not application.is_open
    decision = application.decision
    is_drafted = step in (NextStep.SIGN, NextStep.WAIT_SIGNATURE)
    return Turn(step, is_made, is_answered, is_blocked=bool(is_drafted and decision and is_blocked(decision)))


def _blocked(application: Application, desk: Desk) -> tuple[str, ...]:
    why = blocked(application.decision, at=desk.at) if application.decision else None
    return why.parts(language()) if why else ()


def draft_form(
    application: Application,
    typed: QueryDict | None = None,
    *,
    kind: ResultKind | None = None,
    opening: Opening | None = None,
    initial: Mapping[str, Any] | None = None,
) -> ReferralForm:
    """Give the form of a draft, as it was typed or with what it begins with."""
    kinds = kinds_wanted(application)
    return ReferralForm(
        typed,
        kinds=kinds,
        edition=edition_of(application),
        kind=kind,
        opening=opening,
        doubtful=doubtful(application, kinds),
        initial=initial,
    )


def kind_named(application: Application, named: str | None) -> ResultKind | None:
    """Give a kind the person would take; None where it is none."""
    return next((kind for kind in kinds_wanted(application) if kind == named), None)


def _draft_form(request: HttpRequest, application: Application, opening: Opening | None) -> ReferralForm:
    asked = kind_named(application, request.GET.get("kind"))
    decision = application.decision
    if opening is not None and "opening" in request.GET:
        return draft_form(application, opening=opening, initial=typed_of(fields_of(opening)))
    if decision is None or decision.outcome != Outcome.GRANT or asked not in (None, decision.kind):
        initial = {"training_kind": application.training_kind}
        return draft_form(application, kind=asked, initial=initial)
    drafted = {
        "kind": decision.kind,
        "training_kind": decision.training_kind,
        "although": decision.although or "",
        **typed_of(decision.fields),
    }
    kind = ResultKind(decision.kind or application.kind)
    return draft_form(application, kind=kind, opening=opening, initial=drafted)


def _opening_of(request: HttpRequest, application: Application) -> Opening | None:
    """Give the opening that was chosen, else the one the draft holds, unless it is to be filled in by hand."""
    if "opening" in request.GET:
        return opening_named(application, request.GET["opening"])
    return None if "kind" in request.GET else opening_held(application)


def doubtful(application: Application, kinds: tuple[ResultKind, ...]) -> frozenset[ResultKind]:
    """Give the kinds of which a condition is not known, and no court has found that they are owed."""
    judged = eligibility_of(application, kinds)
    unknown = (one.kind for one in judged if one.standing is Standing.NOT_KNOWN)
    return frozenset(kind for kind in unknown if not is_owed_by_court(application, kind))


def _told(desk: Desk, application: Application) -> dict[str, Any]:
    zone, edition = application.place.zone, edition_of(application)
    referral = referral_of(application)
    annulled = annulled_of(application)
    subjects = [application.pk, *(one.pk for one in (*annulled, referral) if one)]
    steps = latest_steps(application)
    is_prepared = may_prepare(desk.staff, application)
    called = called_at(application)
    return {
        "case": application,
        "zone": zone,
        "person": application.person,
        "kind": edition.declared(ResultKind(application.kind)),
        "training_kind": TrainingKind(application.training_kind) if application.training_kind else None,
        "other_kinds": [edition.declared(ResultKind(kind)) for kind in application.other_kinds],
        "channel": Channel(application.channel),
        "issue_form": IssueForm(application.issue_form),
        "due": application.due_at.astimezone(zone),
        "left": left(application, at=desk.at),
        "is_overdue": application.is_overdue(at=desk.at),
        "is_walk_in": application.channel == Channel.PROVIDER,
        "clock": result_clock(application, at=desk.at),
        "serving": serving_clock(application.place, called, at=desk.at) if called else None,
        "reckoned": steps[language()] if steps else [],
        "happenings": happened(subjects, zone),
        "others": queries.other_cases(application, desk.staff),
        "may_prepare": is_prepared,
        "court_binds": carried_out(application) if is_prepared else None,
        "may_refuse": is_prepared and bool(grounds_open(application)),
        "eligibility": eligibility_of(application, kinds_wanted(application)) if is_prepared else [],
        "may_withdraw": may_withdraw_on_word(desk.staff, application),
        "not_accepted": Ground(application.not_accepted_ground) if application.not_accepted_ground else None,
        "referral": referral,
        "annulled": annulled,
        "may_go_to_court": application.decided_at is not None and may_sign_today(desk.staff, on=desk.today),
        **taken_back(desk, application, referral),
        "slip_key": f"desk.slip.{referral.slip_answer}" if referral and referral.slip_answer else "",
        "slip_on": date.fromisoformat(referral.slip["answered_on"])
        if referral and referral.slip_answer
        else None,
        "slip_way": Way(referral.slip_way) if referral and referral.slip_way else None,
        **_answers(desk, application, referral),
        "referral_state": ReferralState(referral.state) if referral else None,
        "document_kind": DocumentKind(application.identity.kind),
        **_register(application),
        **decision_of(application),
    }


def _answers(desk: Desk, application: Application, referral: Any) -> dict[str, Any]:
    """Give what the organisation answered, each with how it came, and what may be done about it."""
    if referral is None:
        return {"answers": []}
    told = {"answers": answers_about(referral, application.place.zone), "names_are_shown": True}
    may_ask = may_ask_about_referral(desk.staff, application)
    if not is_awaited(referral):
        return {**told, "may_withdraw_answer": may_ask and is_answered(referral)}
    return {
        **told,
        "may_send_code": may_ask,
        "contact_is_known": contact_of(referral) is not None,
        "reply_steps": "desk/_reply_steps.html" if may_ask else "",
    }


def _register(application: Application) -> dict[str, Any]:
    inquiry = queries.inquiry_of(application)
    answer = answer_of(inquiry) if inquiry else None
    is_confirmed = answer is not None and answer.outcome == RegisterSaid.CONFIRMED
    return {
        "inquiry": inquiry,
        "answer": answer,
        "answer_key": f"desk.register.{answer.outcome}" if answer else "",
        "is_confirmed": is_confirmed,
        "is_asked_on": application.is_open,
        "ended": Ended(inquiry.ended) if inquiry and inquiry.ended else None,
        "is_denied": answer is not None and not is_confirmed,
    }


def decision_of(application: Application) -> dict[str, Any]:
    """Give the drafted or signed decision of a case as a page shows it."""
    decision = application.decision
    if decision is None:
        return {"decision": None}
    declared = edition_of(application).declared(ResultKind(decision.kind)) if decision.kind else None
    stands = application.state != ApplicationState.WITHDRAWN
    return {
        "decision": decision if stands else None,
        "is_drafted": stands and decision.signed_at is None,
        "decided_kind": declared,
        "decided_training": TrainingKind(decision.training_kind) if decision.training_kind else None,
        "decided_ground": Ground(decision.ground) if decision.ground else None,
        "decided_fields": told_fields(decision.fields.items(), declared),
    }


def told_fields(fields: Any, declared: DeclaredKind | None) -> list[tuple[str, Any]]:
    """Give the fields of a result in the order of the paper under their keys, days as days."""
    if declared is None:
        return []
    given = {ResultField(name): text for name, text in fields}
    return [_told_field(declared, field, given[field]) for field in ResultField if field in given]


def _told_field(declared: DeclaredKind, field: ResultField, text: str) -> tuple[str, Any]:
    if field is ResultField.BIN:
        return number_key(text), masked(text)
    return declared.field_key(field), date.fromisoformat(text) if field is ResultField.START_ON else text
