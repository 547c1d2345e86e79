"""One complaint whole on one screen: what is next, the facts, what happened, the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from joldama.chancery.forms import AssignForm
from joldama.complaints import rules
from joldama.complaints.models import Complaint
from joldama.complaints.queries import officers_of
from joldama.journal.queries import events_of
from joldama.people.models import Staff
from joldama.people.queries import officials_by_id
from joldama.standard.complaint_workflow import ComplaintState
from joldama.standard.complaints import (
    ComplaintAddressee,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintSubject,
    ConsiderationGround,
)
from joldama.ui.complaints import marks_of
from joldama.ui.officials import Desk, show
from joldama.ui.templatetags.words import language


def complaint_page(
    request: HttpRequest,
    desk: Desk,
    complaint: Complaint,
    *,
    form: AssignForm | None = None,
    fault: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """Show a complaint; `form` is the assignment as it was chosen, `fault` why it was not taken."""
    assigning = rules.may_assign(desk.staff, complaint, on=desk.today)
    officers = officers_for(complaint) if assigning else []
    return show(
        request,
        "chancery/complaint.html",
        desk,
        status=status,
        fault=fault,
        form=form or (AssignForm(officers=officers) if officers else None),
        **_told(desk, complaint),
        **_offered(desk, complaint),
    )


def officers_for(complaint: Complaint) -> list[Staff]:
    """Give whom it may be given to: of the body, not complained of, took no part in the case."""
    return [one for one in officers_of(complaint.office) if rules.may_consider(one, complaint)]


def _told(desk: Desk, complaint: Complaint) -> dict[str, Any]:
    zone = complaint.place.zone
    state = ComplaintState(complaint.state)
    events = list(events_of(complaint.pk))
    names = officials_by_id({event.actor for event in events if event.actor})
    return {
        "complaint": complaint,
        "state": state,
        "next_key": f"chancery.next.{state}",
        "addressee": ComplaintAddressee(complaint.addressee),
        "channel": ComplaintChannel(complaint.channel),
        "subject": ComplaintSubject(complaint.subject),
        "complainant": complaint.person.name.full if complaint.person else complaint.complainant,
        "due": complaint.due_at.astimezone(zone),
        "target": complaint.target_at.astimezone(zone),
        "forward_by": complaint.forward_by_at.astimezone(zone),
        "accepts": complaint.accepted_at.astimezone(zone),
        "is_waiting": state is ComplaintState.DELIVERED and desk.at < complaint.accepted_at,
        "is_overdue": complaint.is_overdue(at=desk.at),
        "is_about_head": complaint.addressee == ComplaintAddressee.HEAD and rules.is_about_head(complaint),
        "lacks_result": complaint.addressee == ComplaintAddressee.QUALITY and complaint.decision is None,
        "outcome": ComplaintOutcome(complaint.outcome) if complaint.outcome else None,
        "ground": ConsiderationGround(complaint.ground) if complaint.ground else None,
        "reckoned": complaint.reckoning["steps"][language()],
        "marks": marks_of(complaint, events, names),
        "others": _others(desk, complaint),
    }


def _others(desk: Desk, complaint: Complaint) -> list[Complaint]:
    if complaint.person is None:
        return []
    seen = Complaint.objects.visible_to(desk.staff, on=desk.today).of(complaint.person)
    return list(seen.exclude(pk=complaint.pk).order_by("-delivered_at", "id")[:20])


def _offered(desk: Desk, complaint: Complaint) -> dict[str, bool]:
    staff, on = desk.staff, desk.today
    return {
        "may_register": rules.may_register(staff, complaint) and desk.at >= complaint.accepted_at,
        "may_answer": rules.may_answer(staff, complaint, on=on),
        "may_refuse": rules.may_refuse(staff, complaint, on=on),
        "may_forward": rules.may_forward(staff, complaint, on=on),
        "may_mark_executed": rules.may_mark_executed(staff, complaint, on=on),
    }
