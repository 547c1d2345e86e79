"""Organisations and openings, as staff enter them."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from govkz.iin.numbers import check_digit
from joldama.openings.content import OpeningSaid, OrganisationSaid
from joldama.openings.models import Opening, Organisation
from joldama.openings.operations import enter_opening, enter_organisation
from joldama.standard.kinds import ResultKind
from tests.factories.journal import tamper
from tests.factories.world import World

ENTERED = datetime(2015, 9, 1, 4, 0, tzinfo=UTC)
_NUMBERS = count(1)


def a_bin() -> str:
    """Give the number of an organisation that no other has."""
    while True:
        eleven = f"1409403{next(_NUMBERS):04}"
        digit = check_digit(eleven)
        if digit is not None:
            return f"{eleven}{digit}"


def organisation(at_world: World, **changes: Any) -> Organisation:
    """An employer."""
    told = {"number": a_bin(), "name_kk": "«Қойма» ЖШС", "name_ru": "ТОО «Қойма»", **changes}
    return enter_organisation(OrganisationSaid(**told), by=at_world.specialist.actor, at=ENTERED)


def opening_said(**changes: Any) -> OpeningSaid:
    """What is said of a vacancy that is open from September of 2015 on."""
    told = {
        "kind": ResultKind.JOB_PLACEMENT,
        "occupation_kk": "Қоймашы",
        "occupation_ru": "Кладовщик",
        "locality": "Астана",
        "address": "Астана қаласы, Сарыарқа даңғылы, 1",
        "wage": 120_000,
        "places": 1,
        "open_from_on": date(2015, 9, 1),
        **changes,
    }
    return OpeningSaid(**told)


def opening(at_world: World, *, of: Organisation | None = None, **changes: Any) -> Opening:
    """An opening of the office."""
    return enter_opening(
        of or organisation(at_world),
        opening_said(**changes),
        office=at_world.office,
        by=at_world.specialist.actor,
        at=ENTERED,
    )


def fill(one: Opening, *, taken: int) -> None:
    """Have so many places taken by nobody who is known here; the database looks at what was before, not at this."""
    looks = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")
    tamper(*looks, f"UPDATE openings_opening SET taken = {taken} WHERE id = '{one.pk}'")
