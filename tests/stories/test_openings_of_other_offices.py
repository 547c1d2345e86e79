"""A vacancy of another office is found after one's own, says whose it is, and holds places as any other (¶6)."""

from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Decision
from joldama.journal.models import Event
from joldama.openings.models import Opening
from tests.factories import openings
from tests.factories.world import World
from tests.stories.counter import Counter, said
from tests.stories.test_choosing_an_opening import WORKS, find, offered

ADDRESS = {"workplace_address": "Теміртау қаласы", "occupation": "Қоймашы"}


@pytest.fixture
def temirtau(counter: Counter) -> World:
    return counter.town.office("temirtau")


@pytest.fixture
def taken(counter: Counter) -> Application:
    application = counter.register(other_kinds=["PUBLIC_WORKS"])
    counter.take(application)
    application.refresh_from_db()
    return application


def draft(counter: Counter, application: Application, opening: Opening, **typed: Any) -> Any:
    told = {"kind": application.kind, "opening": opening.pk, **ADDRESS, **typed}
    return counter.specialist.post(reverse("desk:draft", args=[application.pk]), told)


def test_it_stands_after_ones_own_and_says_whose_it_is(
    counter: Counter, taken: Application, temirtau: World
) -> None:
    elsewhere = openings.opening(temirtau, wage=900_000, locality="Теміртау")
    own = openings.opening(counter.world)

    page = find(counter, taken)

    assert offered(page) == [own.pk, elsewhere.pk]
    assert said(page).count("Another office's opening:") == 1
    assert temirtau.office.en in said(page)


def test_its_place_is_held_by_the_draft_and_its_office_sees_by_which_case(
    counter: Counter, taken: Application, temirtau: World
) -> None:
    elsewhere = openings.opening(temirtau, places=1)

    assert draft(counter, taken, elsewhere).status_code == 302

    elsewhere.refresh_from_db()
    assert elsewhere.taken == 1
    assert Decision.objects.get().fields["bin"] == elsewhere.organisation.bin
    event = Event.objects.get(name="place.reserved")
    assert (event.subject, event.office) == (elsewhere.pk, temirtau.office.pk)
    keeper = counter.town.browser_of(temirtau.specialist)
    page = keeper.get(reverse("desk:opening", args=[elsewhere.pk])).content.decode()
    assert taken.number in page
    assert reverse("desk:case", args=[taken.pk]) not in page
    assert keeper.get(reverse("desk:case", args=[taken.pk])).status_code == 404
    assert counter.town.office("temirtau").office.en in counter.case_page(taken)


def test_the_last_place_goes_once_whichever_office_was_first(
    counter: Counter, taken: Application, temirtau: World
) -> None:
    elsewhere = openings.opening(temirtau, places=1)
    openings.fill(elsewhere, taken=1)

    full = draft(counter, taken, elsewhere)

    assert (full.status_code, Decision.objects.count()) == (409, 0)
    assert "This place is taken." in said(full)


def test_a_refusal_gives_it_back(counter: Counter, taken: Application, temirtau: World) -> None:
    elsewhere = openings.opening(temirtau, places=1)
    draft(counter, taken, elsewhere)

    counter.refuse(taken, ground="FALSE_DATA", reasons="Мәлімет расталмады.")

    elsewhere.refresh_from_db()
    assert elsewhere.taken == 0


def test_work_that_another_office_pays_for_is_neither_found_nor_held(
    counter: Counter, taken: Application, temirtau: World
) -> None:
    """Its contract is with that office, and its money is for the people registered there."""
    works = openings.opening(temirtau, **WORKS)

    assert offered(find(counter, taken)) == []
    held = draft(counter, taken, works, kind="PUBLIC_WORKS")
    works.refresh_from_db()
    assert (held.status_code, works.taken) == (422, 0)


def test_its_page_is_its_offices_alone(counter: Counter, taken: Application, temirtau: World) -> None:
    elsewhere = openings.opening(temirtau)

    for name in ("desk:opening", "desk:correct-opening", "desk:close-opening"):
        assert counter.specialist.get(reverse(name, args=[elsewhere.pk])).status_code == 404
