"""What is printed: the receipt, the note of non-acceptance, the sealed PDF."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from joldama.cases.models import Application, NonAcceptance, SealedPaper
from joldama.desk.finding import find_case, has_paper
from joldama.desk.showing import Desk, desk_of, show
from joldama.people.rules import works_for
from joldama.procedures.reckoning import doors_of
from joldama.standard import words
from joldama.standard.channels import Channel
from joldama.standard.citations import cite
from joldama.standard.documents import DocumentKind
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.refusals import parts
from joldama.ui.templatetags.words import language

_WAITS_SECONDS = "2"


def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt of a package registered at the counter, in two languages side by side."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:receipt")
    if application.channel != Channel.PROVIDER:
        raise Http404
    place = application.place
    sides = [
        (side, application.office.name(side), place.address(side), _printed(desk, side))
        for side in _sides(application.language)
    ]
    values = _receipt_values(application)
    return show(request, "desk/receipt.html", desk, case=application, sides=sides, told=values)


def note(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The note of non-acceptance: when, by which ground and paragraph, what to do; no term has begun."""
    desk = desk_of(request)
    found = (
        NonAcceptance.objects.select_related("office", "place", "by", "entered_by", "blank")
        .filter(pk=pk)
        .first()
    )
    if found is None or not works_for(desk.staff, found.office_id):
        raise Http404
    return show(request, "desk/note.html", desk, note=found, **_note_values(found, desk))


def referral_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand out the sealed PDF of the result, or the copy for the organisation; say so while it is made."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:referral-pdf")
    decision = application.decision
    if decision is None or decision.signed_at is None:
        raise Http404
    copy = SealedPaper.Copy.RECIPIENT
    if request.GET.get("copy") == SealedPaper.Copy.ORGANISATION:
        copy = SealedPaper.Copy.ORGANISATION
    paper = SealedPaper.objects.filter(decision=decision, copy=copy).first()
    if paper is None:
        return _being_made(request, desk, application)
    response = HttpResponse(paper.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name(copy)}.pdf"'
    return response


def _being_made(request: HttpRequest, desk: Desk, application: Application) -> HttpResponse:
    if has_paper(application):
        # The recipient's copy stands and this one does not: there is none of this result.
        raise Http404
    response = show(request, "desk/being_made.html", desk, status=202, case=application)
    response.headers["Refresh"] = _WAITS_SECONDS
    return response


def _file_name(copy: SealedPaper.Copy) -> str:
    return f"joldama-{copy.value}"


def _sides(spoken: str) -> list[str]:
    """Kazakh and Russian stand side by side; English beside Kazakh where somebody speaks it."""
    return ["kk", "en" if spoken == "en" else "ru"]


def _receipt_values(application: Application) -> dict[str, Any]:
    zone = application.place.zone
    identity = application.identity
    assert application.registered_at and application.registered_by
    return {
        "registered_at": application.registered_at.astimezone(zone),
        "due_at": application.due_at.astimezone(zone),
        "person": application.person.name.full,
        "document": DocumentKind(identity.kind),
        "document_number": identity.number,
        "kind": ResultKind(application.kind),
        "other_kinds": tuple(ResultKind(kind) for kind in application.other_kinds),
        "specialist": application.registered_by.name.short,
    }


def _printed(desk: Desk, side: str) -> str:
    return words.say("paper.printed", side, printed_at=desk.at.astimezone(desk.zone))


def _note_values(found: NonAcceptance, desk: Desk) -> dict[str, Any]:
    zone = found.place.zone
    opens_at = _next_opening(found).astimezone(zone)
    return {
        "asked_at": found.at.astimezone(zone),
        "entered_at": found.entered_at and found.entered_at.astimezone(zone),
        "opens_at": opens_at,
        "sides": [_side(found, side, opens_at, desk) for side in _sides(language())],
    }


def _side(found: NonAcceptance, side: str, opens_at: datetime, desk: Desk) -> dict[str, Any]:
    ground = Ground(found.ground)
    assert ground.paragraph
    return {
        "language": side,
        "office": found.office.name(side),
        "address": found.place.address(side),
        "printed": _printed(desk, side),
        "reason": words.say(ground.name_key, side),
        "parts": parts(ground, side, opens_at=opens_at),
        "basis": cite(ground.paragraph, side),
    }


def _next_opening(found: NonAcceptance) -> datetime:
    """Give the next opening after the note: after the stretch that runs, where reception was open."""
    doors = doors_of(found.place, found.at)
    return doors_of(found.place, doors.closes_at).opens_at if doors.is_open else doors.opens_at
