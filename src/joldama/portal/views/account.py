"""The personal account: the person's cases and complaints, his drafts, and who looked at his data (¶13, R13.1-a)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.installation.clock import now
from joldama.journal.queries import looks_at
from joldama.notices.models import NoticeKind, Outcome
from joldama.notices.queries import contact_of, notices_to
from joldama.people.models import Office, Person
from joldama.people.queries import officials_by_id
from joldama.portal.access import CAPITAL, person_of
from joldama.procedures import complain
from joldama.procedures.apply import open_draft
from joldama.procedures.ask_status import LOOKED_AT
from joldama.standard.complaint_workflow import ComplaintState
from joldama.standard.roles import Role


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What the person has asked for, complained of, and what is open (R13.1-a)."""
    person = person_of(request)
    found = Application.objects.of(person).select_related("office", "place").order_by("-accepted_at", "-id")
    cases = list(found)
    return render(
        request,
        "portal/account.html",
        {
            "person": person,
            "cases": cases,
            "draft": open_draft(person),
            "complaints": _complaints(person),
            "complaint_draft": complain.open_draft(person),
            "looks": _looks(person, cases),
            "contact": contact_of(person),
            "notices": _notices(person, cases),
            "now": now(),
            "section": "account",
        },
    )


def _complaints(person: Person) -> list[dict[str, Any]]:
    found = Complaint.objects.of(person).select_related("office", "place")
    shown = found.defer("complainant", "contact", "text", "answer", "forwarded_to", "reckoning")
    return [
        {"complaint": one, "state": ComplaintState(one.state), "is_overdue": one.is_overdue(at=now())}
        for one in shown.order_by("-delivered_at", "-id")
    ]


@dataclass(frozen=True)
class _Seen:
    """A look as the person reads it: when by the official's wall clock, who, from which office, at what."""

    at: datetime
    duty: Role
    office: Office | None
    what: str
    case: Application | None


def _looks(person: Person, cases: list[Application]) -> list[_Seen]:
    looks = list(looks_at(person.pk)[:20])
    officials = officials_by_id({look.staff for look in looks})
    by_id: dict[UUID | None, Application] = {case.pk: case for case in cases}
    return [
        _Seen(
            at=look.at.astimezone(staff.place.zone if staff.place else CAPITAL),
            duty=staff.duty,
            office=staff.office,
            what="portal.account.what.status" if look.page == LOOKED_AT else "portal.account.what.opened",
            case=by_id.get(look.subject),
        )
        for look in looks
        if (staff := officials.get(look.staff))
    ]


@dataclass(frozen=True)
class _Told:
    """A notice as the person reads it: when by the wall clock of the case's place, of what, how it ended."""

    at: datetime
    kind: NoticeKind
    outcome: Outcome
    case: Application | None


def _notices(person: Person, cases: list[Application]) -> list[_Told]:
    by_id = {case.pk: case for case in cases}
    return [
        _Told(
            at=notice.written_at.astimezone(case.place.zone if case else CAPITAL),
            kind=NoticeKind(notice.kind),
            outcome=Outcome(notice.outcome),
            case=case,
        )
        for notice in notices_to(person).defer("address", "subject", "body")[:20]
        for case in (by_id.get(notice.about),)
    ]
