"""A specialist finds an opening by occupation, place, wage and kind, whichever alphabet he types in (¶6)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import openings, world
from tests.factories.openings import ENTERED
from tests.factories.world import World

from joldama.openings.content import BY_CONTRACT
from joldama.openings.finding import MOST, Found, Wanted, find_openings, localities, neighbours
from joldama.openings.folding import fold_again, folded_of
from joldama.openings.models import Opening
from joldama.openings.operations import correct_organisation
from joldama.standard.kinds import ResultKind, TrainingKind

TUESDAY = date(2015, 9, 15)
WELDER = {"occupation_kk": "Дәнекерлеуші", "occupation_ru": "Сварщик"}


@pytest.fixture
def astana(db: None) -> World:
    world.demo_installation()
    return world.office("astana")


def found(at_world: World, words: str = "", **wanted: Any) -> list[Opening]:
    return list(asked(at_world, words, **wanted).openings)


def asked(at_world: World, words: str = "", **wanted: Any) -> Found:
    given = Wanted(**{"words": words, "kinds": (ResultKind.JOB_PLACEMENT,), **wanted})
    return find_openings(given, office_id=at_world.office.pk, on=TUESDAY)


@pytest.mark.parametrize(
    "spelt",
    [
        "Дәнекерлеуші",
        "Данекерлеуши",
        "Danekerleushi",
        "Dänekerleuşi",
        "ДӘНЕКЕР",
        "сварщик",
        "Svarshchik",
        "svarschik",
        "свар",
    ],
)
@pytest.mark.parametrize("told", [WELDER, {**WELDER, "occupation_kk": ""}, {**WELDER, "occupation_ru": ""}])
def test_every_spelling_of_a_word_in_both_languages_finds_the_same_row(
    astana: World, spelt: str, told: dict[str, str]
) -> None:
    welder = openings.opening(astana, **told)
    openings.opening(astana)

    assert found(astana, spelt) == [welder]


@pytest.mark.parametrize("spelt", ["Теміртау", "темиртау", "Temirtau", "TEMİRTAW"])
def test_a_place_is_found_as_a_word_and_as_a_choice(astana: World, spelt: str) -> None:
    there = openings.opening(astana, locality="Теміртау", address="Республика даңғылы, 12")
    openings.opening(astana)

    assert found(astana, spelt) == found(astana, "қойма", locality=spelt) == [there]
    assert found(astana, "сварщик", locality=spelt) == []


def test_the_organisation_is_a_word_as_well_under_the_name_it_has_now(astana: World) -> None:
    firm = openings.organisation(astana, name_kk="«Жол» ЖШС")
    opening = openings.opening(astana, of=firm)
    said = openings.OrganisationSaid(number=firm.bin, name_kk="«Көктем» ЖШС")

    correct_organisation(firm, said, by=astana.specialist.actor, at=ENTERED)

    assert (found(astana, "koktem"), found(astana, "жол")) == ([opening], [])


def test_what_pays_less_or_does_not_tell_is_not_found_by_its_wage(astana: World) -> None:
    best = openings.opening(astana, wage=200_000)
    openings.opening(astana, wage=120_000)
    untold = openings.opening(astana, wage=None)

    assert found(astana, least_wage=150_000) == [best]
    assert found(astana)[0] == best
    assert found(astana)[-1] == untold


def test_only_what_takes_somebody_that_day_is_found(astana: World) -> None:
    taking = openings.opening(astana, open_until_on=TUESDAY)
    full = openings.opening(astana)
    openings.fill(full, taken=1)
    openings.opening(astana, open_from_on=date(2015, 9, 16))
    openings.opening(astana, open_until_on=date(2015, 9, 14))
    openings.opening(
        astana,
        kind=ResultKind.VOCATIONAL_TRAINING,
        training_kind=TrainingKind.TRAINING,
        course="Қоймашы",
        of=openings.organisation(astana, is_training=True),
    )

    assert found(astana) == [taking]


def test_more_than_a_screen_is_said_and_costs_one_query(astana: World) -> None:
    firm = openings.organisation(astana)
    for wage in range(MOST + 1):
        openings.opening(astana, of=firm, wage=100_000 + wage)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = asked(astana, "қоймашы")
        told = [opening.organisation.bin for opening in answer.openings]

    assert (len(told), answer.has_more, len(queries)) == (MOST, True, 1)


@pytest.mark.parametrize("typed", ["'); drop table", "a & | ! :* <-> \\", "и", "%_", "№ 5"])
def test_whatever_is_typed_is_words(astana: World, typed: str) -> None:
    openings.opening(astana)

    assert isinstance(found(astana, typed), list)


def test_a_place_is_offered_once_however_it_is_spelt(astana: World) -> None:
    for locality in ("Теміртау", "Темиртау", "Астана", ""):
        openings.opening(astana, locality=locality)

    assert localities([ResultKind.JOB_PLACEMENT], office_id=astana.office.pk, on=TUESDAY) == [
        "Астана",
        "Темиртау",
    ]


def test_neighbours_are_of_the_occupation_and_else_of_the_kind(astana: World) -> None:
    full, other = openings.opening(astana, **WELDER), openings.opening(astana)
    assert neighbours(full, on=TUESDAY) == [other]

    like = openings.opening(astana, occupation_kk="", occupation_ru="электросварщик, сварщик", wage=1)

    assert neighbours(full, on=TUESDAY) == [like]


def test_a_neighbour_in_the_same_place_stands_before_a_better_paid_one(astana: World) -> None:
    full = openings.opening(astana, **WELDER, locality="Теміртау")
    far = openings.opening(astana, **WELDER, locality="Астана", wage=300_000)
    near = openings.opening(astana, **WELDER, locality="Теміртау", wage=100_000)

    assert neighbours(full, on=TUESDAY) == [near, far]


def test_after_a_new_edition_every_opening_is_folded_again(astana: World) -> None:
    old, new = openings.opening(astana, **WELDER), openings.opening(astana)
    Opening.objects.filter(pk=old.pk).update(folded="danekerleuxi")

    assert (fold_again(), fold_again()) == (1, 0)
    assert found(astana, "сварщик") == [old]
    assert folded_of(new).split()[:2] == ["koimashi", "kladovshik"]


def test_the_search_reads_the_index_and_not_every_row(astana: World) -> None:
    """The table is small here, so that reading it whole is made dear."""
    openings.opening(astana, **WELDER)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")

    plan = Opening.objects.told_as("сварщик").explain()

    assert "openings_by_words" in plan


def test_vacancies_of_other_offices_come_after_ones_own_however_they_are_paid(astana: World) -> None:
    elsewhere = openings.opening(world.office("temirtau"), wage=900_000)
    own = openings.opening(astana, wage=None)

    assert found(astana) == [own, elsewhere]
    assert found(astana, least_wage=800_000) == [elsewhere]


@pytest.mark.parametrize("kind", [kind for kind in ResultKind if kind.is_referral])
def test_only_a_vacancy_is_found_from_another_office(astana: World, kind: ResultKind) -> None:
    """Work under a contract, practice and courses are the office's that pays for them."""
    temirtau = world.office("temirtau")
    of = openings.organisation(temirtau, is_training=True)
    changes = {"contract_number": "7", "contract_on": date(2015, 8, 3)} if kind in BY_CONTRACT else {}
    training = TrainingKind.TRAINING if kind.needs_training_kind else None
    openings.opening(temirtau, of=of, kind=kind, training_kind=training, course="Курс", **changes)

    assert bool(found(astana, kinds=(kind,))) == (kind is ResultKind.JOB_PLACEMENT)


def test_where_ones_own_fill_the_list_nobody_elses_are_looked_for(
    astana: World, django_assert_num_queries: Any
) -> None:
    mine = openings.organisation(astana)
    for _ in range(MOST + 1):
        openings.opening(astana, of=mine)
    openings.opening(world.office("temirtau"), wage=900_000)

    with django_assert_num_queries(1):
        told = asked(astana)

    assert ({one.office_id for one in told.openings}, told.has_more) == ({astana.office.pk}, True)
