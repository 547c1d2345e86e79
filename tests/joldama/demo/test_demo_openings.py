"""The demonstration's openings: every kind in every office, found by whatever letters the guided run types."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import world

from joldama.demo.guided import LOOKED_FOR
from joldama.demo.openings import remember_openings
from joldama.demo.people import DemoPeople, demo_people
from joldama.openings.finding import Wanted, find_openings
from joldama.openings.models import Contact, Opening, Organisation
from joldama.people.models import Office
from joldama.standard.kinds import ResultKind

TEN = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
OFFICES = ("astana", "akkol")


@pytest.fixture
def offices(db: None, monkeypatch: pytest.MonkeyPatch) -> list[Office]:
    """Two of the offices with their openings."""
    world.demo_installation()
    found = [world.office(slug).office for slug in OFFICES]
    only = DemoPeople(
        offices=tuple(demo_people().office(slug) for slug in OFFICES),
        staff=(),
        applicants=(),
        traders=demo_people().traders,
    )
    monkeypatch.setattr("joldama.demo.openings.demo_people", lambda: only)
    remember_openings(at=TEN)
    return found


def test_every_office_has_openings_of_every_kind_that_sends_somewhere(offices: list[Office]) -> None:
    kinds = {kind.value for kind in ResultKind if kind.is_referral}

    assert [
        set(office.openings.open_on(date(2026, 11, 23)).values_list("kind", flat=True)) for office in offices
    ] == [
        kinds,
        kinds,
    ]


def test_every_organisation_has_somebody_who_answers_and_a_second_start_adds_nothing(
    offices: list[Office],
) -> None:
    counts = (
        Organisation.objects.count(),
        Contact.objects.filter(ended_at=None).count(),
        Opening.objects.count(),
    )

    remember_openings(at=TEN)

    assert counts == (13, 13, 41)
    assert Opening.objects.count() == 41


def test_one_organisation_is_a_sole_trader_whose_number_stands_in_no_address(offices: list[Office]) -> None:
    [trader] = demo_people().traders

    organisation = Organisation.objects.known_by(trader.iin).get()

    assert organisation.is_sole_trader and organisation.contact is not None
    assert [opening.office.code for opening in organisation.openings.all()] == ["АСТ"]
    assert trader.iin not in organisation.contact.email


@pytest.mark.parametrize("kind", LOOKED_FOR)
def test_what_the_guided_run_types_finds_something(offices: list[Office], kind: ResultKind) -> None:
    wanted = Wanted(kinds=(kind,), words=LOOKED_FOR[kind])

    found = [find_openings(wanted, office_id=one.pk, on=date(2026, 11, 23)).openings for one in offices]

    assert [
        [opening.office for opening in openings if opening.office == one]
        for one, openings in zip(offices, found, strict=True)
    ] == [[one] for one in offices]
