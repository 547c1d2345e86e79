"""Finds people without reading what is encrypted."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from joldama.people.models import Deputising, Office, Person, Place, Staff
from joldama.standard.names import search_key
from joldama.standard.roles import Role
from joldama.vault.cipher import blind

IIN = "iin"


def person_by_iin(iin: str) -> Person | None:
    """Find the person with this number; None where we never met him."""
    return Person.objects.filter(iin_index=blind(IIN, iin)).first()


def deputising(staff: Staff, *, on: date) -> Deputising | None:
    """Give the order by which a deputy acts as head on this local day; None where there is none."""
    return staff.deputisings.filter(starts_on__lte=on, ends_on__gte=on).order_by("id").first()


def acting_heads(office_id: UUID, *, on: date) -> list[Staff]:
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


def main_places() -> QuerySet[Place]:
    """Give the main place of every office, in the order of the classifier of territories."""
    return Place.objects.filter(is_main=True).select_related("office").order_by("-office__territory_id", "id")


def find_places(asked: str) -> list[Place]:
    """Find places by a word of their office's or territory's name, in any language; all for an empty word."""
    wanted = search_key(asked)
    places = Place.objects.select_related("office__territory").order_by(
        "office__territory_id", "-is_main", "id"
    )
    return [place for place in places if not wanted or wanted in _searchable(place)]


def _searchable(place: Place) -> str:
    office, territory = place.office, place.office.territory
    names = (office.kk, office.ru, office.en, territory.kk, territory.ru, territory.en, place.kk, place.ru)
    return search_key(" ".join(names))


def officials_by_id(staff_ids: set[UUID]) -> dict[UUID, Staff]:
    """Give the officials with these ids and their offices, in one query."""
    return {
        staff.pk: staff for staff in Staff.objects.filter(pk__in=staff_ids).select_related("office", "place")
    }
