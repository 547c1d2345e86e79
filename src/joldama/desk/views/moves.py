"""The steps of a case that need nothing typed: take, offer, hand over, withdraw on the person's word."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import may_withdraw_on_word
from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case, find_case_to_move
from joldama.desk.line_page import held_by
from joldama.desk.showing import desk_of, show
from joldama.desk.visit import to_window
from joldama.procedures import expire, issue, prepare
from joldama.procedures import withdraw as withdrawing
from joldama.referrals.queries import referral_of


@telling
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a registered case into work."""
    if request.method == "POST":
        desk = desk_of(request)
        application = find_case_to_move(desk, pk, page="desk:take")
        prepare.take(application, by=desk.staff, at=desk.at)
    return to_case(pk)


@telling
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer the signed result to the person at the counter (R4.1-e)."""
    if request.method == "POST":
        desk = desk_of(request)
        application = find_case_to_move(desk, pk, page="desk:offer")
        issue.offer(application, by=desk.staff, at=desk.at)
    return to_case(pk)


@telling
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the referral over; outside reception hours that is marked, never refused (R8.1-a).

    Where that ended the serving, the next person is called.
    """
    if request.method == "POST":
        desk = desk_of(request)
        application = find_case_to_move(desk, pk, page="desk:hand-over")
        referral = referral_of(application)
        if referral is None:
            raise SomebodyWasFaster(application)
        held = held_by(desk)
        issue.hand_over(referral, by=desk.staff, at=desk.at)
        if held is not None and held_by(desk) is None:
            return to_window()
    return to_case(pk)


@telling
def asked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark that the person was asked about a referral from which no slip came back."""
    if request.method == "POST":
        desk = desk_of(request)
        application = find_case_to_move(desk, pk, page="desk:asked")
        expire.mark_contacted(application, by=desk.staff, at=desk.at)
    return to_case(pk)


@telling
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, then close the case on the person's word."""
    desk = desk_of(request)
    if request.method == "POST":
        application = find_case_to_move(desk, pk, page="desk:withdraw")
        withdrawing.withdraw_on_word(application, by=desk.staff, at=desk.at)
        return to_case(pk)
    application = find_case(desk, pk, page="desk:withdraw")
    if not may_withdraw_on_word(desk.staff, application):
        return to_case(pk)
    return show(request, "desk/withdraw.html", desk, case=application)
