"""The personal account: the person's cases, his draft, and who looked at his data (¶13)."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.cases.models import Application
from joldama.installation.clock import now
from joldama.journal.queries import looks_at
from joldama.people.models import Office, Person
from joldama.people.queries import officials_by_id
from joldama.portal.access import CAPITAL, person_of
from joldama.procedures.apply import open_draft
from joldama.standard.roles import Role


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What the person has asked for, and what is open."""
    person = person_of(request)
    cases = Application.objects.of(person).select_related("office", "place").order_by("-accepted_at", "-id")
    return render(
        request,
        "portal/account.html",
        {
            "person": person,
            "cases": list(cases),
            "draft": open_draft(person),
            "looks": _looks(person),
            "now": now(),
            "section": "account",
        },
    )


@dataclass(frozen=True)
class _Seen:
    """A look as the person reads it: when by the official's wall clock, who, from which office."""

    at: datetime
    duty: Role
    office: Office | None


def _looks(person: Person) -> list[_Seen]:
    looks = list(looks_at(person.pk)[:20])
    officials = officials_by_id({look.staff for look in looks})
    return [
        _Seen(look.at.astimezone(staff.place.zone if staff.place else CAPITAL), staff.duty, staff.office)
        for look in looks
        if (staff := officials.get(look.staff))
    ]
