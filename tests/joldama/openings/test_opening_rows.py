"""What can be entered of organisations and openings, and what the database refuses whoever writes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories import openings, world
from tests.factories.world import World

from joldama.journal.models import Event
from joldama.openings.content import OrganisationSaid
from joldama.openings.models import Contact, Opening, Organisation
from joldama.openings.operations import (
    ChangedMeanwhile,
    NotEntered,
    OrganisationIsKnown,
    close_opening,
    confirm_contact,
    correct_opening,
    correct_organisation,
    end_contact,
)
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.words import LANGUAGES, say

TEN = datetime(2015, 9, 15, 4, 0, tzinfo=UTC)


@pytest.fixture
def astana(db: None) -> World:
    world.demo_installation()
    return world.office("astana")


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, []),
        ({"places": 0}, [("places", "places")]),
        ({"places": 10_001}, [("places", "places")]),
        ({"occupation_kk": "", "occupation_ru": ""}, [("occupation_kk", "occupation")]),
        ({"occupation_kk": ""}, []),
        ({"address": ""}, [("address", "address")]),
        ({"wage": 0}, [("wage", "money")]),
        ({"stipend": 10**9}, [("stipend", "money")]),
        ({"open_until_on": date(2015, 8, 31)}, [("open_until_on", "open_until")]),
        ({"open_until_on": date(2015, 9, 1)}, []),
        ({"contract_number": "7"}, [("contract_on", "contract_whole")]),
        ({"contract_on": date(2015, 8, 1)}, [("contract_number", "contract_whole")]),
        ({"kind": ResultKind.CAREER_GUIDANCE}, [("kind", "kind")]),
        ({"kind": ResultKind.PUBLIC_WORKS}, [("contract_number", "contract")]),
        ({"kind": ResultKind.SOCIAL_WORKPLACE}, [("contract_number", "contract")]),
        ({"kind": ResultKind.YOUTH_PRACTICE}, []),
        (
            {"kind": ResultKind.VOCATIONAL_TRAINING},
            [("training_kind", "training_kind"), ("course", "course")],
        ),
        ({"training_kind": TrainingKind.TRAINING}, [("training_kind", "training_kind")]),
    ],
)
def test_what_is_said_of_an_opening_is_judged_by_its_kind(
    changes: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    found = list(openings.opening_said(**changes).faults())

    assert [(one.field, one.key.removeprefix("openings.fault.")) for one in found] == faults
    assert all(say(one.key, language, **one.values) for one in found for language in LANGUAGES)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"number": "14094031189"}, [("bin", "error.number_length")]),
        ({"number": "14094031189x"}, [("bin", "error.number_chars")]),
        ({"number": "140940311898"}, [("bin", "error.bin_check")]),
        ({"name_ru": ""}, [("name_kk", "openings.fault.name")]),
    ],
)
def test_what_is_said_of_an_organisation_is_judged(
    changes: dict[str, str], faults: list[tuple[str, str]]
) -> None:
    said = OrganisationSaid(**{"number": "140940311897", "name_ru": "ТОО «Қойма»", **changes})

    assert [(one.field, one.key) for one in said.faults()] == faults


def test_an_organisation_stands_once(astana: World) -> None:
    known = openings.organisation(astana)

    with pytest.raises(OrganisationIsKnown) as told:
        openings.organisation(astana, number=known.bin)

    assert told.value.organisation == known


def test_a_corrected_name_finds_the_openings_and_an_old_version_changes_nothing(astana: World) -> None:
    opening = openings.opening(astana)
    organisation = opening.organisation
    old = Organisation.objects.get(pk=organisation.pk)
    said = OrganisationSaid(number=organisation.bin, name_kk="«Дәнекер» ЖШС", address="Астана")

    correct_organisation(organisation, said, by=astana.head.actor, at=TEN)

    opening.refresh_from_db()
    words = opening.folded.split()
    assert ("daneker" in words, "koima" in words) == (True, False)
    assert organisation.name("ru") == "«Дәнекер» ЖШС"
    with pytest.raises(ChangedMeanwhile):
        correct_organisation(old, said, by=astana.head.actor, at=TEN)


def test_an_organisation_with_an_open_course_stays_a_training_organisation(astana: World) -> None:
    organisation = openings.organisation(astana, is_training=True)
    course = openings.opening(
        astana,
        of=organisation,
        kind=ResultKind.VOCATIONAL_TRAINING,
        training_kind=TrainingKind.RETRAINING,
        course="Дәнекерлеуші",
    )
    said = OrganisationSaid(number=organisation.bin, name_kk=organisation.name_kk)

    with pytest.raises(NotEntered) as told:
        correct_organisation(organisation, said, by=astana.head.actor, at=TEN)
    close_opening(course, by=astana.head.actor, at=TEN)
    correct_organisation(organisation, said, by=astana.head.actor, at=TEN)

    assert [fault.field for fault in told.value.faults] == ["is_training"]


def test_a_course_is_held_by_a_training_organisation(astana: World) -> None:
    course = {"kind": ResultKind.VOCATIONAL_TRAINING, "training_kind": TrainingKind.TRAINING, "course": "1С"}

    with pytest.raises(NotEntered) as told:
        openings.opening(astana, **course)

    assert [fault.key for fault in told.value.faults] == ["openings.fault.not_training"]


def test_places_are_never_fewer_than_taken_and_the_kind_stays_once_one_is(astana: World) -> None:
    opening = openings.opening(astana, places=3)
    openings.fill(opening, taken=2)
    works = openings.opening_said(
        places=1, kind=ResultKind.PUBLIC_WORKS, contract_number="7", contract_on=date(2015, 8, 1)
    )

    with pytest.raises(NotEntered) as told:
        correct_opening(opening, works, by=astana.head.actor, at=TEN)
    correct_opening(opening, openings.opening_said(places=2), by=astana.head.actor, at=TEN)

    assert [fault.field for fault in told.value.faults] == ["places", "kind"]
    assert (opening.places, opening.left, opening.version) == (2, 0, 2)


def test_a_correction_of_an_old_version_or_a_closed_opening_changes_nothing(astana: World) -> None:
    opening = openings.opening(astana)
    old = Opening.objects.get(pk=opening.pk)
    correct_opening(opening, openings.opening_said(places=2), by=astana.head.actor, at=TEN)

    with pytest.raises(ChangedMeanwhile):
        correct_opening(old, openings.opening_said(places=5), by=astana.head.actor, at=TEN)
    assert close_opening(opening, by=astana.head.actor, at=TEN)
    assert not close_opening(opening, by=astana.head.actor, at=TEN)
    with pytest.raises(ChangedMeanwhile):
        correct_opening(opening, openings.opening_said(places=5), by=astana.head.actor, at=TEN)

    assert Event.objects.filter(name="opening.closed").count() == 1


def test_an_organisation_has_one_contact_encrypted(astana: World) -> None:
    organisation = openings.organisation(astana)
    told = {"name": "Досова Гүлнар", "email": "kadr@koima.example", "language": "kk"}

    first = confirm_contact(organisation, **told, by=astana.specialist, at=TEN)
    second = confirm_contact(organisation, **told, by=astana.head, at=TEN)

    first.refresh_from_db()
    assert (first.ended_at, first.ended_by) == (TEN, astana.head)
    assert organisation.contact == second
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email FROM openings_contact")
        assert not any(b"koima" in bytes(value) for row in cursor.fetchall() for value in row)
    assert end_contact(second, by=astana.head, at=TEN)
    assert organisation.contact is None


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"taken": 2}, "opening_not_overfilled"),
        ({"places": 0}, "opening_not_overfilled"),
        ({"kind": "CAREER_GUIDANCE"}, "opening_sends_somewhere"),
        ({"kind": "VOCATIONAL_TRAINING"}, "opening_of_training_says_which"),
        ({"closed_at": TEN}, "opening_closed_by_somebody"),
        ({"contract_number": "7"}, "opening_contract_whole_or_not"),
    ],
)
def test_the_database_refuses(astana: World, changes: dict[str, Any], constraint: str) -> None:
    opening = openings.opening(astana)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(**changes)


def test_the_database_refuses_two_contacts_that_stand(astana: World) -> None:
    organisation = openings.organisation(astana)
    told = {"name": "А", "email": "a@koima.example", "confirmed_at": TEN, "confirmed_by": astana.head}
    Contact.objects.create(organisation=organisation, **told)

    with pytest.raises(IntegrityError, match="one_contact_per_organisation"), transaction.atomic():
        Contact.objects.create(organisation=organisation, **told)
