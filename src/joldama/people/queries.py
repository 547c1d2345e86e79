"""Finds people without reading what is encrypted."""

from datetime import date

from django.db.models import Q

from joldama.people.models import Deputising, Office, Person, Place, Staff
from joldama.standard.roles import Role
from joldama.vault.cipher import blind

IIN = "iin"


def person_by_iin(iin: str) -> Person | None:
    """Find the person with this number; None where we never met him."""
    return Person.objects.filter(iin_index=blind(IIN, iin)).first()


def deputising(staff: Staff, *, on: date) -> Deputising | None:
    """Give the order by which a deputy acts as head on this local day; None where there is none."""
    return staff.deputisings.filter(starts_on__lte=on, ends_on__gte=on).order_by("id").first()


def acting_heads(office_id: object, *, on: date) -> list[Staff]:
    """Give those who may sign for the office on this local day: its head, deputies by order."""
    acting = Q(role=Role.HEAD) | Q(
        role=Role.DEPUTY, deputisings__starts_on__lte=on, deputisings__ends_on__gte=on
    )
    return list(
        Staff.objects.filter(acting, office_id=office_id)
        .filter(Q(left_on=None) | Q(left_on__gt=on))
        .distinct()
    )


def main_place(office: Office) -> Place:
    """Give the place whose zone the portal uses for this office (A25)."""
    return office.places.get(is_main=True)
