"""What every page of the desk is shown with: the official, the moment, the wall clock of his place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joldama.desk.access import staff_of, zone_of
from joldama.installation.clock import now
from joldama.people.models import Place, Staff


@dataclass(frozen=True)
class Desk:
    """Who works, at what moment."""

    staff: Staff
    at: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone of his place."""
        return zone_of(self.staff)

    @property
    def place(self) -> Place:
        """The place he works at; only behind rules that ask for an office's official."""
        assert self.staff.place is not None
        return self.staff.place

    @property
    def local_now(self) -> datetime:
        """The moment as the wall clock of his place shows it."""
        return self.at.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The day at his place."""
        return self.local_now.date()


def desk_of(request: HttpRequest) -> Desk:
    """Give the desk of the official who is signed in; only behind a rule of the desk."""
    staff = staff_of(request)
    assert staff is not None
    return Desk(staff, now())


def show(
    request: HttpRequest, template: str, desk: Desk, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a page of the desk."""
    shown = {"staff": desk.staff, "local_now": desk.local_now, "zone": desk.zone, **context}
    return render(request, template, shown, status=status)
