"""A specialist finds an opening for the person before him, and the one he chooses fills in the referral (¶6)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.journal.models import Look
from joldama.openings.models import Opening
from joldama.standard.kinds import ResultKind, TrainingKind
from tests.factories import openings
from tests.factories.steps import ALTHOUGH
from tests.stories.counter import Counter
from tests.stories.town import text_of

WORKS = {"kind": ResultKind.PUBLIC_WORKS, "contract_number": "7", "contract_on": date(2015, 8, 3)}
"""Of a kind of which a condition is not known, so that the specialist says why he gives it (A39)."""
WELDER = {"occupation_kk": "Дәнекерлеуші", "occupation_ru": "Сварщик", "wage": 180_000}


@pytest.fixture
def taken(counter: Counter) -> Application:
    application = counter.register(
        kind="PUBLIC_WORKS", document_valid_until="31.12.2030", other_kinds=["VOCATIONAL_TRAINING"]
    )
    counter.take(application)
    application.refresh_from_db()
    return application


@pytest.fixture
def welder(counter: Counter) -> Opening:
    return works(counter, **WELDER)


def works(counter: Counter, **changes: Any) -> Opening:
    """Public works of the office."""
    return openings.opening(counter.world, **{**WORKS, **changes})


def find(counter: Counter, application: Application, **asked: str) -> Any:
    wanted = {f"find-{name}": text for name, text in asked.items()}
    return counter.specialist.get(reverse("desk:choose", args=[application.pk]), wanted)


def offered(answer: HttpResponse) -> list[str]:
    """The openings that a page offers, by their ids."""
    return [row.opening.pk for row in answer.context["rows"]]


def case(counter: Counter, application: Application, query: str = "") -> Any:
    return counter.specialist.get(reverse("desk:case", args=[application.pk]) + query)


def post(counter: Counter, name: str, application: Application, **typed: Any) -> Any:
    return counter.specialist.post(reverse(name, args=[application.pk]), typed)


@pytest.mark.parametrize("spelt", ["дәнекерлеуші", "Данекерлеуши", "Danekerleushi", "сварщик", "svarshch"])
def test_any_spelling_finds_the_opening(
    counter: Counter, taken: Application, welder: Opening, spelt: str
) -> None:
    works(counter)

    answer = find(counter, taken, words=spelt)

    assert (answer.status_code, offered(answer)) == (200, [welder.pk])
    assert "180 000 ₸" in text_of(answer.content.decode())


def test_wage_place_and_kind_narrow_what_is_found(
    counter: Counter, taken: Application, welder: Opening
) -> None:
    course = openings.opening(
        counter.world,
        of=openings.organisation(counter.world, is_training=True),
        kind=ResultKind.VOCATIONAL_TRAINING,
        training_kind=TrainingKind.TRAINING,
        course="Дәнекерлеу",
        occupation_kk="",
        occupation_ru="",
        locality="Теміртау",
        wage=None,
    )

    assert offered(find(counter, taken)) == [welder.pk, course.pk]
    assert offered(find(counter, taken, least_wage="150 000")) == [welder.pk]
    assert offered(find(counter, taken, locality="Теміртау")) == [course.pk]
    assert offered(find(counter, taken, kind="VOCATIONAL_TRAINING")) == [course.pk]


def test_what_cannot_be_read_is_said_beside_its_field(counter: Counter, taken: Application) -> None:
    answer = find(counter, taken, least_wage="көп", words="қойма")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["least_wage"])
    assert 'value="көп"' in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"words": "ғарышкер"}, "Nothing was found."), ({}, "There are no openings of these kinds.")],
)
def test_nothing_found_says_why_and_what_to_do(
    counter: Counter, taken: Application, asked: dict[str, str], said: str
) -> None:
    assert said in text_of(find(counter, taken, **asked).content.decode())


def test_one_opening_and_three_cost_the_same(
    counter: Counter, taken: Application, django_assert_num_queries: Any
) -> None:
    works(counter)
    with CaptureQueriesContext(connection) as one:
        find(counter, taken)
    works(counter)
    works(counter)

    with django_assert_num_queries(len(one)):
        find(counter, taken)


def test_who_was_signed_out_meanwhile_signs_in_again_and_nothing_is_drafted(
    counter: Counter, taken: Application, welder: Opening
) -> None:
    clerk = counter.specialist
    clerk.logout()

    answer = clerk.post(reverse("desk:fill", args=[taken.pk]), {"chosen": str(welder.pk)})

    assert (answer.status_code, Decision.objects.count()) == (302, 0)
    assert reverse("desk:sign-in") in answer.headers["location"]


def test_looking_for_an_opening_is_no_look_at_a_person(
    counter: Counter, taken: Application, welder: Opening
) -> None:
    before = Look.objects.count()

    page = find(counter, taken, words="свар").content.decode()

    assert Look.objects.count() == before
    assert taken.person.name.surname not in page


def test_a_case_of_another_office_or_one_that_is_not_drafted_has_no_search(
    counter: Counter, taken: Application
) -> None:
    stranger = counter.town.browser_of(counter.town.office("temirtau").specialist)
    assert stranger.get(reverse("desk:choose", args=[taken.pk])).status_code == 404

    counter.draft(taken)
    counter.sign(taken)
    assert find(counter, taken).status_code == 409


def test_the_chosen_opening_fills_in_the_draft_and_holds_a_place(
    counter: Counter, taken: Application, welder: Opening
) -> None:
    """R6.1-e: the organisation is the opening's, and nobody types it."""
    page = find(counter, taken, words="сварщик").content.decode()
    assert f"?opening={welder.pk}#draft" in page

    form = case(counter, taken, f"?opening={welder.pk}").context["form"]
    assert ("organisation" in form.fields, form["occupation"].value(), form["wage"].value()) == (
        False,
        "Дәнекерлеуші / Сварщик",
        "180 000 ₸",
    )

    typed = {field.name: field.value() or "" for field in form}
    answer = post(counter, "desk:draft", taken, **{**typed, "although": ALTHOUGH})

    assert answer.status_code == 302, text_of(answer.content.decode())
    welder.refresh_from_db()
    assert (welder.taken, Decision.objects.get().fields["bin"]) == (1, welder.organisation.bin)


def test_a_draft_that_holds_a_place_shows_its_opening_again_and_can_leave_it(
    counter: Counter, taken: Application, welder: Opening
) -> None:
    post(counter, "desk:draft", taken, opening=welder.pk, kind="PUBLIC_WORKS", although=ALTHOUGH, **ASKED)

    again = case(counter, taken)
    assert again.context["chosen"].opening == welder
    assert f"?kind={ResultKind.PUBLIC_WORKS}#draft" in again.content.decode()

    left = case(counter, taken, f"?kind={ResultKind.PUBLIC_WORKS}")
    assert (left.context["chosen"], left.context["form"]["bin"].value()) == (None, welder.organisation.bin)


ASKED = {"workplace_address": "Астана", "occupation": "Дәнекерлеуші"}


def test_choosing_keeps_what_was_typed_of_the_person_and_not_of_another_opening(
    counter: Counter, taken: Application, welder: Opening
) -> None:
    other = works(counter, wage=None)
    typed = {"although": ALTHOUGH, "work_hours": "9:00–18:00", "occupation": "Аспаз"}

    alone = post(counter, "desk:fill", taken, chosen=other.pk, **typed).context["form"]
    after = post(counter, "desk:fill", taken, chosen=other.pk, opening=welder.pk, **typed).context["form"]

    assert [alone[name].value() for name in typed] == [ALTHOUGH, "9:00–18:00", "Қоймашы / Кладовщик"]
    assert [after[name].value() for name in typed] == [ALTHOUGH, None, "Қоймашы / Кладовщик"]


def test_a_course_fixes_kind_and_training(counter: Counter, taken: Application) -> None:
    course = openings.opening(
        counter.world,
        of=openings.organisation(counter.world, is_training=True),
        kind=ResultKind.VOCATIONAL_TRAINING,
        training_kind=TrainingKind.RETRAINING,
        course="Дәнекерлеуші",
    )

    form = case(counter, taken, f"?opening={course.pk}").context["form"]

    assert ([value for value, _ in form.fields["kind"].choices], "training_kind" in form.fields) == (
        ["VOCATIONAL_TRAINING"],
        False,
    )


def test_when_the_last_place_goes_the_neighbours_are_told_and_what_was_typed_stays(
    counter: Counter, taken: Application, welder: Opening
) -> None:
    """R6.1-e: somebody was faster; the next best is one step away."""
    near = works(counter, occupation_kk="Дәнекерлеуші", wage=150_000)
    works(counter, occupation_ru="Повар", occupation_kk="Аспаз")
    openings.fill(welder, taken=1)

    typed = {"opening": welder.pk, "kind": "PUBLIC_WORKS", "although": ALTHOUGH, **ASKED}
    answer = post(counter, "desk:draft", taken, **typed)

    assert (answer.status_code, [row.opening for row in answer.context["instead"]]) == (409, [near])
    assert "This place is taken." in text_of(answer.content.decode())
    assert answer.context["form"]["although"].value() == ALTHOUGH
    assert not Decision.objects.exists()

    chosen = post(counter, "desk:fill", taken, chosen=near.pk, **typed)
    assert (chosen.context["chosen"].opening, chosen.context["form"]["although"].value()) == (near, ALTHOUGH)


def test_an_opening_of_another_office_is_none(counter: Counter, taken: Application) -> None:
    elsewhere = openings.opening(counter.town.office("temirtau"), **WORKS)

    assert post(counter, "desk:fill", taken, chosen=elsewhere.pk).status_code == 404
    assert post(counter, "desk:fill", taken, chosen="x").status_code == 404
    assert case(counter, taken, f"?opening={elsewhere.pk}").context["chosen"] is None


def test_guidance_sends_nobody_and_has_no_search(counter: Counter) -> None:
    application = counter.register(kind="CAREER_GUIDANCE")
    counter.take(application)

    assert find(counter, application).status_code == 404
    assert 'id="find"' not in case(counter, application).content.decode()
