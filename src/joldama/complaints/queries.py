"""Reads many complaints: those one may see at all, open ones by time left."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from joldama.people.models import Office, Person, Staff
from joldama.people.queries import deputising
from joldama.standard.complaint_workflow import ComplaintState
from joldama.standard.complaints import ComplaintAddressee
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.roles import Role

ABOVE = {
    Role.SPECIALIST: (Role.HEAD, Role.DEPUTY),
    Role.REFERENCE_SERVICE: (Role.HEAD, Role.DEPUTY),
}
"""Whose subordinate a role is in one office: the deputies answer for a head who is complained of (A27)."""

OPEN = (ComplaintState.DELIVERED, ComplaintState.REGISTERED, ComplaintState.IN_CONSIDERATION)


class Complaints(models.QuerySet[Any]):  # of Complaint, whose module imports this one
    """Complaints, asked in the words of the service."""

    def of(self, person: Person) -> "Complaints":
        """Keep a person's own complaints."""
        return self.filter(person=person)

    def visible_to(self, staff: Staff, *, on: date) -> "Complaints":
        """Keep what the official may see on this local day, as rules.may_see says of one (R10.6-c)."""
        own = Q(office_id=staff.office_id, office_id__isnull=False)
        about_head = Q(official__role=Role.HEAD, official__office_id=F("office_id"))
        to_head = Q(addressee=ComplaintAddressee.HEAD)
        match Role(staff.role):
            case Role.CHANCERY:
                his = own
            case Role.HEAD:
                his = own & to_head & (Q(official=None) | ~about_head)
            case Role.DEPUTY if deputising(staff, on=on):
                his = own & to_head
            case Role.DEPUTY:
                his = own & to_head & about_head
            case Role.AKIM:
                his = own & Q(addressee=ComplaintAddressee.AKIM)
            case Role.QUALITY_OFFICIAL:
                his = own & Q(addressee=ComplaintAddressee.QUALITY)
            case _:
                his = Q(pk__in=[])
        above = Q(official__office_id=staff.office_id, official__role__in=ABOVE.get(Role(staff.role), ()))
        about_him = Q(official=staff) | above
        return self.filter(his | Q(assigned_to=staff)).filter(Q(official=None) | ~about_him)

    def open(self) -> "Complaints":
        """Keep what has no answer yet."""
        return self.filter(state__in=OPEN)

    def closed(self) -> "Complaints":
        """Keep what was answered, refused, forwarded or withdrawn."""
        return self.exclude(state__in=OPEN)

    def by_time_left(self) -> "Complaints":
        """Order as the chancery works: the soonest due first."""
        return self.order_by("due_at", "id")


def chancery_for(addressee: ComplaintAddressee, provider: Office) -> Office | None:
    """Give the body with a chancery that registers this complaint; None where it has nobody here.

    The akim is that of the provider's own territory (R10.1-a); the quality body is the territory's own, else
    the first.
    """
    kind = addressee.office_kind
    if kind is OfficeKind.PROVIDER:
        found = Office.objects.filter(pk=provider.pk)
    elif kind is OfficeKind.AKIMAT:
        found = Office.objects.filter(body=kind, territory_id=provider.territory_id)
    else:
        found = Office.objects.filter(body=kind)
    serving = found.filter(Q(staff__role=Role.CHANCERY, staff__left_on=None)).distinct()
    near = [office for office in serving.order_by("code") if office.territory_id == provider.territory_id]
    return near[0] if near else serving.order_by("code").first()


def providers_near(office: Office) -> list[Office]:
    """Give the providers a chancery may get complaints about: itself, its territory's, or all."""
    providers = Office.objects.filter(body=OfficeKind.PROVIDER).order_by("-territory_id", "code")
    match office.body:
        case OfficeKind.PROVIDER:
            return list(providers.filter(pk=office.pk))
        case OfficeKind.AKIMAT:
            return list(providers.filter(territory_id=office.territory_id))
        case _:
            return list(providers)


def officials_of(office: Office) -> list[Staff]:
    """Give those of a provider who may be complained of by name: who serves there now."""
    roles = (Role.HEAD, Role.DEPUTY, Role.SPECIALIST, Role.REFERENCE_SERVICE, Role.CHANCERY)
    found = Staff.objects.filter(office=office, role__in=roles, left_on=None)
    return sorted(found, key=lambda staff: (roles.index(Role(staff.role)), staff.surname, str(staff.pk)))


def officers_of(office: Office) -> list[Staff]:
    """Give those of a body who may consider complaints there."""
    roles = (Role.HEAD, Role.AKIM, Role.QUALITY_OFFICIAL, Role.DEPUTY, Role.SPECIALIST)
    found = Staff.objects.filter(office=office, role__in=roles, left_on=None)
    return sorted(found, key=lambda staff: (roles.index(Role(staff.role)), staff.surname, str(staff.pk)))
