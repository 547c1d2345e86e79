"""The least that is valid: an office with its people, a person, and the trust of the tests."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from joldama.demo.people import demo_people
from joldama.installation.identity import installation
from joldama.installation.models import Installation
from joldama.people.models import Account, Deputising, Office, Person, Place, Staff, Territory
from joldama.people.operations import account_of, remember_person
from joldama.people.queries import IIN
from joldama.signatures.models import RevocationList
from joldama.signatures.operations import keep_revocation_list, trust
from joldama.standard.roles import Role
from joldama.vault.cipher import blind
from tests.factories import pki


@dataclass(frozen=True)
class World:
    """An office of the scenarios: its place, its head, deputy and specialist."""

    office: Office
    place: Place
    head: Staff
    deputy: Staff
    specialist: Staff


@dataclass(frozen=True)
class Body:
    """A body with a chancery: its officer, who answers there, and a provider it hears complaints about."""

    office: Office
    place: Place
    officer: Staff
    addressee: Staff
    provider: Office


def demo_installation() -> Installation:
    """Make this database a demonstration."""
    installation.cache_clear()
    row, _ = Installation.objects.get_or_create(
        defaults={"is_demo": True, "created_at": datetime.fromisoformat("2015-01-01T00:00:00+00:00")}
    )
    return row


def office(slug: str = "astana") -> World:
    """Make an office of the demonstration with its three officials."""
    place = _place(slug)
    people = {role: _official(slug, role, place) for role in (Role.HEAD, Role.DEPUTY, Role.SPECIALIST)}
    return World(place.office, place, people[Role.HEAD], people[Role.DEPUTY], people[Role.SPECIALIST])


def _place(slug: str) -> Place:
    shipped = demo_people().office(slug)
    territory, _ = Territory.objects.get_or_create(
        kato=shipped.territory, defaults={"kk": shipped.kk, "ru": shipped.ru, "en": shipped.en}
    )
    made = Office.objects.create(
        code=shipped.code,
        body=shipped.body,
        kind=shipped.kind,
        territory=territory,
        bin=shipped.bin,
        kk=shipped.kk,
        ru=shipped.ru,
        en=shipped.en,
        phones=[shipped.phone],
    )
    return Place.objects.create(
        office=made,
        kk=shipped.address_kk,
        ru=shipped.address_ru,
        en=shipped.address_en,
        phones=[shipped.phone],
        zone_name=shipped.zone,
    )


def body(slug: str, *, of: World | None = None) -> Body:
    """Make the chancery of a provider that stands, or an akimat or the quality body with its people."""
    if of is not None:
        return Body(of.office, of.place, _official(slug, Role.CHANCERY, of.place), of.head, of.office)
    place = _place(slug)
    login = {"quality": "quality.official"}.get(slug, f"{slug}.akim")
    role = Role.QUALITY_OFFICIAL if slug == "quality" else Role.AKIM
    return Body(
        place.office,
        place,
        _official(slug, Role.CHANCERY, place),
        _made(login, role, place),
        Office.objects.filter(body="PROVIDER").order_by("code").first() or place.office,
    )


def by_order(deputy: Staff, *, starts_on: date, ends_on: date) -> Deputising:
    """Have a deputy stand for the head."""
    return Deputising.objects.create(staff=deputy, starts_on=starts_on, ends_on=ends_on, order="№ 17-Ө")


def applicant(slug: str = "citizen-card") -> Person:
    """Make a person of the demonstration with his account."""
    shipped = demo_people().applicant(slug)
    person = remember_person(shipped.iin, name=shipped.name, born_on=shipped.born_on)
    account_of(person)
    return person


def account_for(staff: Staff) -> Account:
    """Make an official's account; tests sign in without its password."""
    account = Account(staff=staff, username=f"u-{uuid4().hex[:12]}")
    account.set_unusable_password()
    account.save()
    return account


def trust_at(moment: datetime) -> None:
    """Have the installation trust the tests' centre, with a list fresh at this moment."""
    for der in pki.authority().certificates:
        trust(der, set_name="demo")
    RevocationList.objects.all().delete()
    keep_revocation_list(pki.revocation_list(moment))


def reference_service(place: Place, slug: str = "astana") -> Staff:
    """Make the official who answers by telephone for an office."""
    return _official(slug, Role.REFERENCE_SERVICE, place)


def operator() -> Staff:
    """Make an operator of 1414, who belongs to no office."""
    return _made("operator1414", Role.OPERATOR_1414, None)


def _official(slug: str, role: Role, place: Place) -> Staff:
    return _made(f"{slug}.{role}", role, place)


def _made(login: str, role: Role, place: Place | None) -> Staff:
    shipped = demo_people().official(login)
    return Staff.objects.create(
        role=role,
        office=place.office if place else None,
        place=place,
        surname=shipped.surname,
        given_name=shipped.given_name,
        patronymic=shipped.patronymic,
        iin=shipped.iin or None,
        iin_index=blind(IIN, shipped.iin) if shipped.iin else None,
        position_kk=shipped.position_kk,
        position_ru=shipped.position_ru,
        position_en=shipped.position_en,
    )
