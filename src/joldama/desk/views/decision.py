"""The head reads the decision back from its stored bytes and signs it with his own EDS (A36)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from joldama.cases.models import Application
from joldama.desk import signing_page
from joldama.desk.answers import telling, to_case
from joldama.desk.case_page import told_fields
from joldama.desk.finding import find_case, find_case_to_move
from joldama.desk.next_steps import may_sign_today
from joldama.desk.showing import desk_of
from joldama.desk.signing_page import OfficialsPaper
from joldama.procedures import decide
from joldama.procedures import recall as recalling
from joldama.signatures.models import Purpose
from joldama.standard.papers import DecisionPaper
from joldama.ui.errors import no_right


@telling
def decision(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show what is decided, take the signature; a deputy needs an order of this day."""
    return signing_page.answer(request, pk, _PAPER)


@telling
def by_phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a signature on a phone; go on to the case once it has signed."""
    return signing_page.answer_by_phone(request, pk, _PAPER)


@telling
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the very bytes to sign, for those who sign in a program of their own."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:decision-document")
    read = decide.read_by(application, by=desk.staff)
    return signing_page.hand_out(read, name="decision.xml")


@telling
def recall(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a signed decision back before it is sealed: it is a draft again (A38)."""
    desk = desk_of(request)
    application = find_case_to_move(desk, pk, page="desk:recall")
    if not may_sign_today(desk.staff, on=desk.today):
        return no_right(request)
    if request.method == "POST":
        recalling.recall(application, by=desk.staff, at=desk.at)
    return to_case(pk)


def _is_drafted(application: Application) -> bool:
    return application.decision is not None and application.decision.signed_at is None


def _take(application: Application, cms: bytes, **who_and_when: Any) -> bool:
    return decide.sign(application, cms, **who_and_when).signed_at is not None


def _told(document: bytes) -> dict[str, Any]:
    paper = DecisionPaper.from_xml(document)
    return {"paper": paper, "fields": told_fields(paper.fields, paper.declared)}


_PAPER = OfficialsPaper(
    purpose=Purpose.DECISION,
    page="desk:decision",
    template="desk/decision.html",
    is_awaited=_is_drafted,
    render=decide.render,
    take=_take,
    told=_told,
)
