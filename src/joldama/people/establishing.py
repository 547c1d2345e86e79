"""Writes offices and their places; a row is changed only as it was shown (compare-and-set by its version)."""

from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import F

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.people.models import Office, Place
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.provider_kinds import ProviderKind


class ChangedMeanwhile(Exception):
    """The row is no longer as the page showed it: show it anew."""


@dataclass(frozen=True, kw_only=True)
class OfficeFacts:
    """What may change of an office: its name in kk, ru and en, its telephones."""

    kk: str
    ru: str
    en: str
    phones: list[str]


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """What may change of a place: its address in kk, ru and en, telephones, windows, whether it is the main one.

    Also by how much it is open longer than the standard has it, by its own wall clock (R8.1-b).
    """

    kk: str
    ru: str
    en: str
    phones: list[str]
    windows: int
    is_main: bool
    opens_earlier: time | None = None
    closes_later: time | None = None
    works_through_lunch: bool = False


def enter_office(
    facts: OfficeFacts,
    *,
    code: str,
    body: OfficeKind,
    kind: ProviderKind | None,
    territory: str,
    office_bin: str,
    by: Actor,
    at: datetime,
) -> Office:
    """Enter an office; code, kind, territory (KATO) and BIN stay as they are, since its numbers begin with them."""
    office = Office.objects.create(
        code=code, body=body, kind=kind, territory_id=territory, bin=office_bin, **asdict(facts)
    )
    record("office.entered", subject=office.pk, office=office.pk, by=by, at=at)
    return office


def change_office(office: Office, facts: OfficeFacts, *, version: int, by: Actor, at: datetime) -> None:
    """Change an office; raise ChangedMeanwhile."""
    change(office, version=version, **asdict(facts))
    record("office.changed", subject=office.pk, office=office.pk, by=by, at=at)


def enter_place(office: Office, facts: PlaceFacts, *, zone_name: str, by: Actor, at: datetime) -> Place:
    """Enter a place; the first one is the main one. Its zone stays, since terms are reckoned by it (A25)."""
    is_main = facts.is_main or not office.places.filter(is_main=True).exists()
    if is_main:
        _no_longer_main(office)
    columns = {**asdict(facts), "is_main": is_main}
    place = Place.objects.create(office=office, zone_name=zone_name, **columns)
    record("place.entered", subject=place.pk, office=office.pk, by=by, at=at)
    return place


def change_place(place: Place, facts: PlaceFacts, *, version: int, by: Actor, at: datetime) -> None:
    """Change a place; raise ChangedMeanwhile. The main one stays so until another becomes it."""
    if facts.is_main and not place.is_main:
        _no_longer_main(place.office)
    change(place, version=version, **{**asdict(facts), "is_main": facts.is_main or place.is_main})
    record("place.changed", subject=place.pk, office=place.office_id, by=by, at=at)


def change(row: Any, *, version: int, **columns: Any) -> None:
    """Write columns of a row that is still of this version; raise ChangedMeanwhile."""
    changed = type(row).objects.filter(pk=row.pk, version=version).update(version=F("version") + 1, **columns)
    if not changed:
        raise ChangedMeanwhile


def _no_longer_main(office: Office) -> None:
    Place.objects.filter(office=office, is_main=True).update(is_main=False, version=F("version") + 1)
