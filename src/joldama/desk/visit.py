"""A visit at a window: who is there, how far it is, its three clocks, and who waits behind."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from joldama.cases.models import Application
from joldama.desk.clocks import (
    Clock,
    clock_before_registration,
    result_clock,
    serving_clock,
    wait_clock,
)
from joldama.desk.finding import ticket_at_window
from joldama.desk.line_page import held_by
from joldama.desk.queries import at_window
from joldama.desk.running import waiting_row
from joldama.desk.showing import Desk
from joldama.reception.models import Ticket
from joldama.referrals.queries import referral_of
from joldama.standard.budget import BudgetStep, VisitStep, budget_on
from joldama.standard.tickets import ServingEnd
from joldama.standard.workflows import ApplicationState, ReferralState

SHOWN_WAITING = 12
"""Tickets shown beside the work; the page of the line shows them all."""


def to_window() -> HttpResponse:
    """Lead to the clerk's own screen."""
    return HttpResponseRedirect(reverse("desk:intake"))


def queue_of(desk: Desk) -> dict[str, Any]:
    """Give who waits at the official's place, the first ones with their clocks (R4.2-b)."""
    today = Ticket.objects.at(desk.place, on=desk.today).select_related("line__place")
    waiting = list(today.waiting())
    return {
        "waiting": [waiting_row(ticket, at=desk.at) for ticket in waiting[:SHOWN_WAITING]],
        "waiting_count": len(waiting),
        "waiting_beyond": max(len(waiting) - SHOWN_WAITING, 0),
    }


def clocks_of(held: Ticket, application: Application | None, desk: Desk) -> list[Clock]:
    """Give the three clocks of a visit, in the order of ¶4 as a person lives through them."""
    assert held.called_at is not None
    result = result_clock(application, at=desk.at) if application is not None else None
    return [
        wait_clock(held),
        serving_clock(held.line.place, held.called_at, at=desk.at),
        result or clock_before_registration(held.line.place, at=desk.at),
    ]


def budget_of(now: VisitStep | None, desk: Desk) -> list[tuple[BudgetStep, str]]:
    """Give the suggested steps, each with its mark: done, now or ahead; None for `now` is a visit that is over."""
    steps = budget_on(desk.today).steps
    place = next((number for number, step in enumerate(steps) if step.step is now), len(steps))
    return [(step, _mark(number, place)) for number, step in enumerate(steps)]


def step_of(application: Application) -> VisitStep | None:
    """Say at which step of the visit a case is; None once its result is in the person's hands."""
    decision = application.decision
    match ApplicationState(application.state):
        case ApplicationState.REGISTERED:
            return VisitStep.DRAFT
        case ApplicationState.IN_PROGRESS:
            return VisitStep.DRAFT if decision is None else VisitStep.SIGN
        case ApplicationState.SIGNED:
            return VisitStep.HAND_OVER
        case ApplicationState.ISSUED:
            referral = referral_of(application)
            is_taken = referral is None or referral.state != ReferralState.ISSUED
            return None if is_taken else VisitStep.HAND_OVER
        case _:
            return None


def case_at_window(held: Ticket) -> Application | None:
    """Give the case of the person at the window that is to be gone on with: the latest that is not over."""
    going_on = [case for case in at_window(held) if step_of(case) is not None]
    return going_on[-1] if going_on else None


def visit_of(application: Application, desk: Desk) -> dict[str, Any]:
    """Give what the screen of a case shows of its visit; nothing where its person is at no window of this clerk."""
    ticket = ticket_at_window(application)
    held = held_by(desk) if ticket else None
    if held is None or held.pk != ticket:
        return {"visit": None}
    now = step_of(application)
    others = [case for case in at_window(held) if case.pk != application.pk]
    return {
        "visit": held,
        "visit_clocks": clocks_of(held, application, desk),
        "budget": budget_of(now, desk),
        "is_over": now is None,
        "ended_as": _end_of(application),
        "visit_others": others,
        "going_on": next((case for case in others if step_of(case) is not None), None),
        **queue_of(desk),
    }


def _end_of(application: Application) -> ServingEnd:
    """Say how the serving of a person ends whose case is over."""
    match ApplicationState(application.state):
        case ApplicationState.REFUSED:
            return ServingEnd.REFUSAL
        case ApplicationState.ISSUED:
            return ServingEnd.RESULT
        case _:
            return ServingEnd.ANSWER


def _mark(number: int, now: int) -> str:
    if number == now:
        return "now"
    return "done" if number < now else "ahead"
