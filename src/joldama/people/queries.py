"""Finds people without reading what is encrypted."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from joldama.people.models import (
    Deputising,
    Invitation,
    Office,
    Person,
    Place,
    SecondFactorReset,
    Staff,
    Territory,
)
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.roles import Role
from joldama.standard.spelling import spelling_key
from joldama.vault.cipher import blind

IIN = "iin"
_REGION = 2
"""Digits of a territory's code that name its oblast or city of republican significance (KATO)."""


def person_by_iin(iin: str) -> Person | None:
    """Find the person with this number; None where we never met him."""
    return Person.objects.filter(iin_index=blind(IIN, iin)).first()


def deputising(staff: Staff, *, on: date) -> Deputising | None:
    """Give the order by which a deputy acts as head on this local day; None where there is none."""
    in_force = staff.deputisings.filter(starts_on__lte=on, ends_on__gte=on, called_off_at=None)
    return in_force.order_by("id").first()


def acting_heads(office_id: UUID, *, on: date) -> list[Staff]:
    """Give those who may sign for the office on this local day: its head, deputies by order."""
    acting = Q(role=Role.HEAD) | Q(
        role=Role.DEPUTY,
        deputisings__starts_on__lte=on,
        deputisings__ends_on__gte=on,
        deputisings__called_off_at=None,
    )
    return list(
        Staff.objects.filter(acting, office_id=office_id)
        .filter(Q(left_on=None) | Q(left_on__gt=on))
        .distinct()
    )


def specialists_of(office_id: UUID) -> list[Staff]:
    """Give the specialists of an office, those who left too: they may stand in a paper register."""
    found = Staff.objects.filter(office_id=office_id, role=Role.SPECIALIST)
    return list(found.order_by("surname", "given_name", "id"))


def signers_of(office_id: UUID) -> list[Staff]:
    """Give the heads and deputies of an office, those who left too: one of them signed by hand."""
    found = Staff.objects.filter(office_id=office_id, role__in=(Role.HEAD, Role.DEPUTY))
    return list(found.order_by("surname", "given_name", "id"))


def main_place(office: Office) -> Place:
    """Give the place whose zone the portal uses for this office (A25)."""
    return office.places.get(is_main=True)


def places_of(office_id: UUID) -> list[Place]:
    """Give the places of an office, the main one first."""
    return list(Place.objects.filter(office_id=office_id).order_by("-is_main", "id"))


def main_places() -> QuerySet[Place]:
    """Give the main place of every provider, in the order of the classifier of territories."""
    providers = Place.objects.filter(is_main=True, office__body=OfficeKind.PROVIDER)
    return providers.select_related("office").order_by("-office__territory_id", "id")


@dataclass(frozen=True)
class Region:
    """An oblast or a city of republican significance with what was found in it; None for its name unknown.

    `places` are those where the service is given, `chanceries` those of other bodies to which one complains.
    """

    territory: Territory | None
    places: list[Place]
    chanceries: list[Place]


def find_places(asked: str) -> list[Region]:
    """Find places by words of their office's, territory's or region's name or of the address (R12.1-a, ¶10).

    Kazakh, Russian and Latin spellings find the same; an empty text finds all. Two queries, however many.
    """
    wanted = spelling_key(asked).split()
    places = Place.objects.select_related("office__territory").order_by(
        "office__territory_id", "office__code", "-is_main", "id"
    )
    by_prefix: dict[str, list[Place]] = {}
    for place in places:
        by_prefix.setdefault(place.office.territory_id[:_REGION], []).append(place)
    codes = {prefix.ljust(9, "0"): prefix for prefix in by_prefix}
    named = {codes[one.kato]: one for one in Territory.objects.filter(kato__in=codes)}
    regions = [_found(inside, named.get(prefix), wanted) for prefix, inside in by_prefix.items()]
    return [region for region in regions if region.places or region.chanceries]


def _found(inside: list[Place], territory: Territory | None, wanted: list[str]) -> Region:
    meant = [place for place in inside if _is_meant(place, territory, wanted)]
    places = [place for place in meant if place.office.body == OfficeKind.PROVIDER]
    return Region(territory, places, [place for place in meant if place not in places])


def _is_meant(place: Place, region: Territory | None, wanted: list[str]) -> bool:
    things: tuple[Any, ...] = (place.office, place.office.territory, place, *([region] if region else []))
    known = spelling_key(" ".join(f"{one.kk} {one.ru} {one.en}" for one in things))
    return all(word in known for word in wanted)


def officials_by_id(staff_ids: set[UUID]) -> dict[UUID, Staff]:
    """Give the officials with these ids and their offices, in one query."""
    return {
        staff.pk: staff for staff in Staff.objects.filter(pk__in=staff_ids).select_related("office", "place")
    }


def serving_administrators() -> QuerySet[Staff]:
    """Give the administrators for whom no last day is set, in an order in which they can be locked."""
    return Staff.objects.filter(role=Role.ADMINISTRATOR, left_on=None).order_by("id")


def open_resets() -> QuerySet[SecondFactorReset]:
    """Give the requests to take a second factor away that wait for a second person, the oldest first."""
    waiting = SecondFactorReset.objects.filter(confirmed_at=None, called_off_at=None)
    return waiting.select_related("account__staff__office", "asked_by").order_by("asked_at", "id")


def open_invitation(username: str) -> Invitation | None:
    """Give the invitation with which this login's password may be set; None where there is none."""
    waiting = Invitation.objects.filter(account__username=username, used_at=None, called_off_at=None)
    return waiting.select_related("account__staff__place").first()


def find_staff(asked: str, *, office: UUID | None = None) -> QuerySet[Staff]:
    """Find officials by the beginning of a name or by the login, those who left last; all for an empty word."""
    found = Staff.objects.select_related("office", "account").order_by(
        F("left_on").asc(nulls_first=True), "surname", "given_name", "id"
    )
    if office:
        found = found.filter(office=office)
    for word in asked.split():
        found = found.filter(
            Q(surname__istartswith=word)
            | Q(given_name__istartswith=word)
            | Q(account__username__istartswith=word)
        )
    return found
