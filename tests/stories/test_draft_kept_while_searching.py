"""Without scripts an opening is looked for from the draft itself: the page brings back whatever was typed."""

import re
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.openings.models import Opening
from joldama.people.models import Account
from joldama.standard.kinds import ResultKind, TrainingKind
from tests.factories import openings
from tests.factories.steps import ALTHOUGH
from tests.stories.counter import Counter
from tests.stories.town import text_of

TYPED = {
    "kind": "VOCATIONAL_TRAINING",
    "training_kind": TrainingKind.RETRAINING.value,
    "organisation": "«Білім» колледжі",
    "bin": "14094031",
    "course": "Дәнекерлеу",
    "although": ALTHOUGH,
}
"""A draft half done: a BIN that is too short yet, a course that is not the one looked for."""


@pytest.fixture
def taken(counter: Counter) -> Application:
    application = counter.register(
        kind="PUBLIC_WORKS", document_valid_until="31.12.2030", other_kinds=["VOCATIONAL_TRAINING"]
    )
    counter.take(application)
    application.refresh_from_db()
    return application


@pytest.fixture
def course(counter: Counter) -> Opening:
    return openings.opening(
        counter.world,
        of=openings.organisation(counter.world, is_training=True),
        kind=ResultKind.VOCATIONAL_TRAINING,
        training_kind=TrainingKind.TRAINING,
        course="Тігінші",
        occupation_kk="",
        occupation_ru="",
    )


def press(counter: Counter, name: str, application: Application, **typed: Any) -> Any:
    return counter.specialist.post(reverse(name, args=[application.pk]), typed)


def values(page: Any) -> dict[str, str]:
    return {name: page.context["form"][name].value() for name in TYPED if name in page.context["form"].fields}


def test_the_draft_stays_as_it_was_typed_and_nothing_is_stored(
    counter: Counter, taken: Application, course: Opening
) -> None:
    page = press(counter, "desk:search", taken, **TYPED, **{"find-words": "tigin"})

    html = page.content.decode()
    assert (page.status_code, values(page)) == (200, TYPED)
    assert [row.opening for row in page.context["rows"]] == [course]
    assert 'role="alert"' not in html
    assert 'value="tigin"' in html
    for typed in ("«Білім» колледжі", "14094031", "Дәнекерлеу", ALTHOUGH):
        assert typed in html
    assert not Decision.objects.exists()
    course.refresh_from_db()
    assert course.taken == 0


def test_the_search_is_a_button_of_the_form_that_is_typed_into(counter: Counter, taken: Application) -> None:
    html = counter.specialist.get(reverse("desk:case", args=[taken.pk])).content.decode()

    form = re.search(r'<form method="post"[^>]* id="f">.*?</form>', html, re.DOTALL)
    assert form is not None
    address = re.escape(reverse("desk:search", args=[taken.pk]))
    assert re.search(rf'<button[^>]* formaction="{address}#find-head" formnovalidate>', form[0])
    assert 'name="find-words"' in form[0]
    # Where no script looks out, nothing opens the page anew while one types.
    assert 'http-equiv="refresh"' not in html


def test_what_was_found_is_chosen_with_what_was_typed(
    counter: Counter, taken: Application, course: Opening
) -> None:
    found = press(counter, "desk:search", taken, **TYPED, **{"find-words": "tigin"})
    address = reverse("desk:fill", args=[taken.pk])
    button = f'formaction="{address}#draft" formnovalidate name="chosen" value="{course.pk}"'
    assert button in found.content.decode()

    chosen = press(counter, "desk:fill", taken, **TYPED, chosen=course.pk)

    form = chosen.context["form"]
    assert chosen.context["chosen"].opening == course
    assert (form["although"].value(), form["course"].value()) == (ALTHOUGH, "Тігінші")


def test_a_draft_from_an_opening_keeps_it_while_another_is_looked_for(
    counter: Counter, taken: Application, course: Opening
) -> None:
    typed = {"kind": "VOCATIONAL_TRAINING", "opening": course.pk, "course": "Тігінші, кешкі топ"}

    page = press(counter, "desk:search", taken, **typed, **{"find-words": "жоқ"})

    assert page.context["chosen"].opening == course
    assert (page.context["form"]["course"].value(), page.context["form"]["duration"].value()) == (
        "Тігінші, кешкі топ",
        None,
    )
    assert "Nothing was found." in text_of(page.content.decode())


def test_a_question_that_cannot_be_read_is_said_and_the_draft_stays(
    counter: Counter, taken: Application
) -> None:
    page = press(counter, "desk:search", taken, **TYPED, **{"find-least_wage": "көп"})

    assert (page.status_code, list(page.context["find_form"].errors), values(page)) == (
        422,
        ["least_wage"],
        TYPED,
    )
    assert 'href="#id_find-least_wage"' in page.content.decode()


def test_who_was_signed_out_finds_draft_and_question_after_signing_in(
    counter: Counter, taken: Application, course: Opening
) -> None:
    clerk = counter.specialist
    clerk.logout()
    address = reverse("desk:search", args=[taken.pk])
    sent = clerk.post(address, {**TYPED, "find-words": "tigin"})
    assert sent.status_code == 302

    clerk.force_login(Account.objects.get(staff=counter.world.specialist))
    page = clerk.get(address)

    assert (values(page), [row.opening for row in page.context["rows"]]) == (TYPED, [course])
    assert clerk.get(address).status_code == 302


def test_a_case_that_is_not_drafted_here_has_no_search(counter: Counter, taken: Application) -> None:
    guidance = counter.register(kind="CAREER_GUIDANCE")
    counter.take(guidance)
    stranger = counter.town.browser_of(counter.town.office("temirtau").specialist)

    assert press(counter, "desk:search", guidance).status_code == 404
    assert stranger.post(reverse("desk:search", args=[taken.pk])).status_code == 404
    counter.refuse(taken, ground="FALSE_DATA", reasons="Мәлімет расталмады.")
    counter.sign(taken)
    assert press(counter, "desk:search", taken).status_code == 409
