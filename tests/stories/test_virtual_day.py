"""A virtual day through the pages: kiosk, calls, no-shows, six kinds, a wrong document, breaks, lunch, closing.

Order, ends, clocks and breaches are judged afterwards by a second reckoning (¶4, ¶8 1)).
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from joldama.cases.models import Application
from joldama.demo.day.judge import judge
from joldama.demo.day.play import Played, play
from joldama.demo.day.script import Wish, script
from joldama.people.models import Place
from joldama.standard.kinds import ResultKind
from tests.factories.seals import keep_seal
from tests.stories.day import Day
from tests.stories.town import Town

TUESDAY = date(2015, 9, 15)
PEOPLE = 24


@pytest.fixture
def played(town: Town, tmp_path: Path, settings: Any) -> Played:
    town.at(f"{TUESDAY} 08:50")
    hands = Day(town)
    place = Place.objects.select_related("office").get()
    keep_seal(tmp_path / "seal", place.office.bin)
    settings.JOLDAMA_SEAL = tmp_path / "seal"
    return play(script(7, people=PEOPLE), hands, place=place, on=TUESDAY)


def test_a_day_through_the_pages_holds(played: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    judgement = judge(played)

    assert judgement.faults == ()
    assert (judgement.tickets, judgement.turned_away) == (PEOPLE, 3)
    assert judgement.called + judgement.closed == judgement.tickets
    assert judgement.no_shows == 1
    assert judgement.servings_breached >= 1
    kinds = Application.objects.values_list("kind", flat=True)
    assert sorted(kinds) >= sorted(ResultKind)
    assert {one.state for one in Application.objects.all()} == {"ISSUED"}

    # The negative controls: what is judged is really looked at.
    played.called[0], played.called[1] = played.called[1], played.called[0]
    assert judge(played).faults == ("people were not called as they took their tickets",)
    monkeypatch.setattr("joldama.demo.day.judge.LIMIT", timedelta(minutes=1))
    assert any("judged wrongly" in fault for fault in judge(played).faults)


def test_the_same_seed_is_the_same_day_and_another_one_another() -> None:
    assert script(1, people=30) == script(1, people=30) != script(2, people=30)


@pytest.mark.parametrize("people", [20, 60, 100])
def test_every_day_has_all_six_kinds_and_everything_that_goes_otherwise(people: int) -> None:
    day = script(3, people=people)

    assert len(day.visits) == people
    assert {visit.kind for visit in day.visits if visit.kind} == set(ResultKind)
    assert {visit.wish for visit in day.visits} == set(Wish)
    assert max(visit.lasts for visit in day.visits) > timedelta(minutes=30)
    assert sorted(visit.comes for visit in day.visits) == [visit.comes for visit in day.visits]
