"""What a report is about: a month, and the offices its reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.people.models import Office, Place, Staff
from joldama.reception.models import Ticket
from joldama.reports.month import Month
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.roles import Role


@dataclass(frozen=True)
class Scope:
    """The rows a report counts; an office's month is that of its place's wall clock (A25)."""

    month: Month
    offices: tuple[Office, ...]
    zones: tuple[str, ...]
    at: datetime

    @property
    def ids(self) -> list[UUID]:
        """The ids of its offices."""
        return [office.pk for office in self.offices]

    def applications(self) -> QuerySet[Any]:
        """Give the applications registered in the month."""
        return Application.objects.filter(self._within("registered_at", "place"), office__in=self.ids)

    def tickets(self) -> QuerySet[Any]:
        """Give the tickets of the month's lines that are over."""
        days = {"line__on__gte": self.month.first, "line__on__lt": self.month.next.first}
        return Ticket.objects.filter(line__place__office__in=self.ids, ended_at__isnull=False, **days)

    def complaints(self) -> QuerySet[Any]:
        """Give the complaints about these offices registered in the month."""
        return Complaint.objects.filter(self._within("registered_at", "place"), provider__in=self.ids)

    def _within(self, moment: str, place: str) -> Q:
        found = Q(pk__in=[])
        for zone in self.zones:
            start, end = self.month.bounds(ZoneInfo(zone))
            bounds = {f"{moment}__gte": start, f"{moment}__lt": end}
            found |= Q(**bounds, **{f"{place}__zone_name": zone})
        return found


def scope_for(staff: Staff, month: Month, *, at: datetime, office: UUID | None = None) -> Scope:
    """Give what an official may see of a month: a head or deputy his office, the auditor all or the one he names."""
    offices = list(_offices(staff, office))
    zones = Place.objects.order_by("zone_name").values_list("zone_name", flat=True).distinct()
    return Scope(month=month, offices=tuple(offices), zones=tuple(zones), at=at)


def _offices(staff: Staff, office: UUID | None) -> Iterable[Office]:
    found = Office.objects.filter(body=OfficeKind.PROVIDER).order_by("territory_id", "code")
    if staff.role != Role.AUDITOR:
        found = found.filter(staff=staff)
    return found.filter(pk=office) if office else found
