"""An administrator enters offices and places and changes them; the first place of an office is its main one."""

from datetime import datetime

from django.db import IntegrityError, transaction

from joldama.people import establishing
from joldama.people.establishing import OfficeFacts, PlaceFacts
from joldama.people.models import Office, Place, Staff
from joldama.procedures.administer import Barred, require_administrator
from joldama.standard.editions import edition_on
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.provider_kinds import ProviderKind


@transaction.atomic
def enter_office(
    facts: OfficeFacts,
    *,
    code: str,
    body: OfficeKind,
    kind: ProviderKind | None,
    territory: str,
    office_bin: str,
    by: Staff,
    at: datetime,
) -> Office:
    """Enter an office (A38: `code` begins its numbers); raise NotAllowed, Barred.

    Nobody can choose it before it has a place. Entered twice, it is one.
    """
    require_administrator(by)
    known = Office.objects.filter(code=code).first()
    if known is not None and (known.bin, known.kk) == (office_bin, facts.kk):
        return known
    if known is not None:
        raise Barred("error.office_code_taken")
    if Office.objects.filter(bin=office_bin).exists():
        raise Barred("error.office_bin_taken")
    if body == OfficeKind.AKIMAT and Office.objects.filter(body=body, territory=territory).exists():
        raise Barred("error.akimat_stands")
    try:
        with transaction.atomic():
            return establishing.enter_office(
                facts,
                code=code,
                body=body,
                kind=kind,
                territory=territory,
                office_bin=office_bin,
                by=by.actor,
                at=at,
            )
    except IntegrityError as error:  # somebody entered it in this very moment
        raise Barred("error.office_code_taken") from error


@transaction.atomic
def change_office(office: Office, facts: OfficeFacts, *, version: int, by: Staff, at: datetime) -> None:
    """Change an office as it was shown; raise NotAllowed, ChangedMeanwhile."""
    require_administrator(by)
    establishing.change_office(office, facts, version=version, by=by.actor, at=at)


@transaction.atomic
def enter_place(office: Office, facts: PlaceFacts, *, zone_name: str, by: Staff, at: datetime) -> Place:
    """Enter another place of an office; one address entered twice is one place. Raise NotAllowed, Barred."""
    require_administrator(by)
    _refuse_shorter(facts, at=at)
    Office.objects.select_for_update().get(pk=office.pk)
    known = office.places.filter(kk=facts.kk, ru=facts.ru, en=facts.en).first()
    return known or establishing.enter_place(office, facts, zone_name=zone_name, by=by.actor, at=at)


@transaction.atomic
def change_place(place: Place, facts: PlaceFacts, *, version: int, by: Staff, at: datetime) -> None:
    """Change a place as it was shown; raise NotAllowed, Barred, ChangedMeanwhile."""
    require_administrator(by)
    _refuse_shorter(facts, at=at)
    Office.objects.select_for_update().get(pk=place.office_id)
    establishing.change_place(place, facts, version=version, by=by.actor, at=at)


def _refuse_shorter(facts: PlaceFacts, *, at: datetime) -> None:
    """Hold that a place is open at least in the hours of the standard (R8.1-b)."""
    hours = edition_on(at.date()).figures.hours
    opens, closes = facts.opens_earlier or hours.opens, facts.closes_later or hours.closes
    if opens > hours.opens or closes < hours.closes:
        raise Barred("error.place_shorter")
