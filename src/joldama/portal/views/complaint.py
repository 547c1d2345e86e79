"""One complaint of the person: its marks, its answer, the confirmation of its acceptance (R10.6-a)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joldama.complaints.models import Complaint
from joldama.complaints.operations import ComplaintIsElsewhere
from joldama.complaints.rules import may_withdraw
from joldama.installation.clock import now
from joldama.journal.operations import record
from joldama.journal.queries import events_of
from joldama.people.queries import officials_by_id
from joldama.portal.access import person_of
from joldama.procedures import consider
from joldama.standard.complaint_workflow import ComplaintState
from joldama.standard.complaints import (
    ComplaintAddressee,
    ComplaintOutcome,
    ComplaintSubject,
    ConsiderationGround,
)
from joldama.ui.complaints import confirmation_of, marks_of
from joldama.ui.templatetags.words import language

_RELATED = (
    "office",
    "place",
    "provider",
    "official",
    "application",
    "decision",
    "registered_by",
    "answered_by",
)


@require_safe
def complaint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The complaint whole; an overdue one says so and stays open (S65)."""
    return render(request, "portal/complaint.html", _told(_own(request, pk), now()))


@require_safe
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was sent, when it is registered, when it is answered."""
    return render(request, "portal/complain/receipt.html", _told(_own(request, pk), now()))


@require_safe
def confirmation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The confirmation with its six facts, once it is registered (R10.3-b)."""
    found = _own(request, pk)
    facts = confirmation_of(found)
    if facts is None:
        raise Http404
    return render(request, "portal/complain/confirmation.html", {"complaint": found, "facts": facts})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once more, then withdraw."""
    found = _own(request, pk)
    person = person_of(request)
    if request.method == "POST":
        try:
            consider.withdraw(found, by=person, at=now())
        except ComplaintIsElsewhere:
            return render(request, "portal/complain/too_late.html", {"complaint": found}, status=409)
        return HttpResponseRedirect(reverse("portal:complaint", args=[pk]))
    if not may_withdraw(person, found):
        return HttpResponseRedirect(reverse("portal:complaint", args=[pk]))
    return render(request, "portal/complain/withdraw.html", {"complaint": found})


def _own(request: HttpRequest, pk: UUID) -> Complaint:
    """Give the person's own complaint; somebody else's answers like a missing one, and the attempt is kept."""
    person = person_of(request)
    found = Complaint.objects.select_related(*_RELATED).filter(pk=pk).first()
    if found is None or found.person_id != person.pk:
        if found is not None:
            record("complaint.look_denied", subject=found.pk, by=person.actor, at=now())
        raise Http404
    return found


def _told(complaint: Complaint, at: datetime) -> dict[str, Any]:
    zone = complaint.place.zone
    events = list(events_of(complaint.pk))
    officials = officials_by_id({event.actor for event in events if event.actor})
    return {
        "complaint": complaint,
        "state": ComplaintState(complaint.state),
        "addressee": ComplaintAddressee(complaint.addressee),
        "subject": ComplaintSubject(complaint.subject),
        "outcome": ComplaintOutcome(complaint.outcome) if complaint.outcome else None,
        "ground": ConsiderationGround(complaint.ground) if complaint.ground else None,
        "zone": zone,
        "local_now": at.astimezone(zone),
        "due": complaint.due_at.astimezone(zone),
        "accepts": complaint.accepted_at.astimezone(zone),
        "delivered": complaint.delivered_at.astimezone(zone),
        "is_overdue": complaint.is_overdue(at=at),
        "lines": complaint.reckoning["steps"][language()],
        "marks": marks_of(complaint, events, officials),
        "may_withdraw": complaint.person is not None and may_withdraw(complaint.person, complaint),
        "section": "account",
    }
