"""Invented organisations of every demonstration office with openings of all kinds, as shipped in openings.toml."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from govkz.iin.numbers import check_digit
from joldama.demo.people import demo_people
from joldama.openings.content import BY_CONTRACT, OpeningSaid, OrganisationSaid
from joldama.openings.models import Opening, Organisation
from joldama.openings.operations import confirm_contact, enter_opening, enter_organisation
from joldama.people.models import Office, Staff
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.roles import Role

_FILE = Path(__file__).with_name("openings.toml")


@transaction.atomic
def remember_openings(*, at: datetime) -> None:
    """Enter the organisations and openings of each provider that never had any; contracts are of the year before.

    Among the first one's is a sole trader.
    """
    shipped = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for number, office in enumerate(demo_people().providers, 1):
        place = Office.objects.get(code=office.code)
        if Opening.objects.filter(office=place).exists():
            continue
        specialist = Staff.objects.filter(office=place, role=Role.SPECIALIST).earliest("id")
        names = shipped["offices"][office.slug]
        traders = [one for one in demo_people().traders if one.office == office.slug]
        known_by = [
            *((a_bin(10 * number + row), told) for row, told in enumerate(shipped["organisations"])),
            *((one.iin, shipped["traders"][one.slug]) for one in traders),
        ]
        for number_of_his, told in known_by:
            organisation = _organisation(told, names, number_of_his, by=specialist, at=at)
            for opening in told["openings"]:
                said = _said(opening, told, names, year=at.year)
                enter_opening(organisation, said, office=place, by=specialist.actor, at=at)


def a_bin(number: int) -> str:
    """Give the BIN of the invented organisation with this number, from 0 to 999."""
    for tail in range(10):
        eleven = f"1306409{number:03}{tail}"
        digit = check_digit(eleven)
        if digit is not None:
            return f"{eleven}{digit}"
    raise ValueError(number)


def _organisation(
    told: dict[str, Any], names: dict[str, str], number: str, *, by: Staff, at: datetime
) -> Organisation:
    said = OrganisationSaid(
        number=number,
        name_kk=told["kk"].format(**names),
        name_ru=told["ru"].format(**names),
        address=_address(told, names),
        is_training=told.get("is_training", False),
    )
    organisation = enter_organisation(said, by=by.actor, at=at)
    email = told.get("email", f"kadr@{number}.example")
    confirm_contact(organisation, name=told["contact"], email=email, language="kk", by=by, at=at)
    return organisation


def _said(
    told: dict[str, Any], organisation: dict[str, Any], names: dict[str, str], *, year: int
) -> OpeningSaid:
    kind = ResultKind(told["kind"])
    training = told.get("training_kind")
    known = {
        name: told[name] for name in ("course", "wage", "stipend", "work_hours", "duration") if name in told
    }
    contract: dict[str, Any] = (
        {"contract_number": "12", "contract_on": date(year - 1, 12, 15)} if kind in BY_CONTRACT else {}
    )
    return OpeningSaid(
        kind=kind,
        training_kind=TrainingKind(training) if training else None,
        occupation_kk=told.get("kk", ""),
        occupation_ru=told.get("ru", ""),
        locality=names["locality"],
        address=_address(organisation, names),
        places=told["places"],
        open_from_on=date(year, 1, 1),
        **known,
        **contract,
    )


def _address(told: dict[str, Any], names: dict[str, str]) -> str:
    return f"{names['place_kk']}, {told['address']}"
