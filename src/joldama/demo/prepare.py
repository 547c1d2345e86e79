"""Makes a database a demonstration and fills it: schema, territories, offices, people, trust, clock."""

from datetime import date, datetime
from pathlib import Path

from axes.utils import reset
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from joldama.demo.clock import set_clock
from joldama.demo.kiosks import remember_kiosks
from joldama.demo.openings import remember_openings
from joldama.demo.people import DemoOffice, DemoStaff, demo_people, password_of
from joldama.demo.pki import prepare_pki, remember_trust
from joldama.demo.second_factor import give_second_factor
from joldama.demo.signer.clock import tell_signer
from joldama.installation.identity import installation
from joldama.installation.models import Installation
from joldama.openings.folding import fold_again
from joldama.people import territories
from joldama.people.models import Account, Deputising, Office, Place, Staff
from joldama.people.queries import IIN
from joldama.standard.roles import Role
from joldama.vault.cipher import blind

FIRST_OFFICE = "АСТ"
FROM_THE_START = date(2015, 1, 1)
FOR_LONG = date(2035, 12, 31)


class NotADemo(Exception):
    """This database is a real installation: nothing of the demonstration may enter it."""


def prepare(real: datetime, *, wanted: datetime | None = None) -> datetime:
    """Prepare the demonstration at a moment of the world; return what its clock shows (UTC).

    `wanted` sets the clock (JOLDAMA_CLOCK). Runs at every start; what stands already is kept.
    Raises NotADemo.
    """
    call_command("migrate", interactive=False, verbosity=0)
    row, _ = Installation.objects.get_or_create(defaults={"is_demo": True, "created_at": real})
    if not row.is_demo:
        raise NotADemo
    with transaction.atomic():
        territories.load()
        _remember_people()
    fold_again()
    shown = set_clock(real, place=Place.objects.get(office__code=FIRST_OFFICE), wanted=wanted)
    installation.cache_clear()
    reset()  # a lock of fifteen minutes would outlast many a demonstration
    tell_signer(settings.DATA, offset=shown - real)
    remember_trust(prepare_pki(pki_folder(), at=shown), at=shown)
    remember_kiosks(at=shown)
    remember_openings(at=shown)
    return shown


def pki_folder() -> Path:
    """Tell where the keys of the demonstration's people lie."""
    return Path(settings.DATA) / "demo-pki"


def _remember_people() -> None:
    if Office.objects.exists():
        return
    people = demo_people()
    places = {office.slug: _remember_office(office) for office in people.offices}
    for official in people.staff:
        _remember_official(official, places.get(official.office))


def _remember_office(shipped: DemoOffice) -> Place:
    office = Office.objects.create(
        code=shipped.code,
        body=shipped.body,
        kind=shipped.kind,
        territory_id=shipped.territory,
        bin=shipped.bin,
        kk=shipped.kk,
        ru=shipped.ru,
        en=shipped.en,
        phones=[shipped.phone],
    )
    return Place.objects.create(
        office=office,
        kk=shipped.address_kk,
        ru=shipped.address_ru,
        en=shipped.address_en,
        phones=[shipped.phone],
        windows=shipped.windows,
        zone_name=shipped.zone,
    )


def _remember_official(shipped: DemoStaff, place: Place | None) -> None:
    staff = Staff.objects.create(
        role=shipped.role,
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
    if shipped.role == Role.DEPUTY:
        Deputising.objects.create(
            staff=staff, starts_on=FROM_THE_START, ends_on=FOR_LONG, order=shipped.order
        )
    account = Account.objects.create_user(shipped.login, password_of(shipped.login), staff=staff)
    give_second_factor(account)
