"""A result that is wrong is annulled by two: one proposes, another reads the annulment and signs it (R6.2-b)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from joldama.cases.models import Application
from joldama.cases.rules import may_propose_annulment
from joldama.desk import signing_page
from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case, find_case_to_move, proposed_annulment_of
from joldama.desk.forms import AnnulForm
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import desk_of, show
from joldama.desk.signing_page import OfficialsPaper
from joldama.procedures import annul as annulling
from joldama.referrals.queries import referral_of
from joldama.signatures.models import Purpose
from joldama.standard.papers import AnnulmentPaper
from joldama.ui.kept import take_typed


@telling
def annul(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for the reason, and whether a corrected one is to be given; then propose."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:annul")
    is_owed = annulling.must_be_corrected(application)
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = AnnulForm(typed, is_correction_owed=is_owed)
    if request.method == "POST" and form.is_valid():
        annulling.propose(
            application,
            reason=form.cleaned_data["reason"],
            with_correction=form.cleaned_data.get("with_correction", False),
            by=desk.staff,
            at=desk.at,
        )
        return to_case(pk)
    referral = referral_of(application)
    if (
        referral is None
        or not may_propose_annulment(desk.staff, application)
        or proposed_annulment_of(application)
    ):
        return to_case(pk)
    status = 422 if form.errors else 200
    context = {"case": application, "referral": referral, "form": form, "is_owed": is_owed}
    may_sign = may_sign_today(desk.staff, on=desk.today)
    return show(request, "desk/annul.html", desk, status=status, may_sign=may_sign, **context)


@telling
def annulment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the proposed annulment, take the signature of a second person; a deputy needs an order of this day."""
    return signing_page.answer(request, pk, _PAPER)


@telling
def by_phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a signature on a phone; go on to the case once it has signed."""
    return signing_page.answer_by_phone(request, pk, _PAPER)


@telling
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the very bytes to sign, for those who sign in a program of their own."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:annulment-document")
    read = annulling.read_by(application, by=desk.staff)
    return signing_page.hand_out(read, name="annulment.xml")


@telling
def decline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a proposal back, or decline it: the referral stands as it did."""
    desk = desk_of(request)
    application = find_case_to_move(desk, pk, page="desk:annulment-decline")
    if request.method == "POST":
        annulling.decline(application, by=desk.staff, at=desk.at)
    return to_case(pk)


def _is_proposed(application: Application) -> bool:
    return proposed_annulment_of(application) is not None


def _take(application: Application, cms: bytes, **who_and_when: Any) -> bool:
    return annulling.confirm(application, cms, **who_and_when).confirmed_at is not None


def _told(document: bytes) -> dict[str, Any]:
    return {"paper": AnnulmentPaper.from_xml(document)}


_PAPER = OfficialsPaper(
    purpose=Purpose.ANNULMENT,
    page="desk:annulment",
    template="desk/annulment.html",
    is_awaited=_is_proposed,
    render=annulling.render,
    take=_take,
    told=_told,
)
