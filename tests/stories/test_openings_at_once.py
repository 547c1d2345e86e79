"""Many referrals at once for few places, on real connections: never one too many, nobody waits forever (¶6)."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from govkz.iin.numbers import check_digit
from joldama.cases.models import Application, Decision
from joldama.cases.operations import SomebodyWasFaster
from joldama.openings.models import Opening
from joldama.procedures import decide, prepare, withdraw
from joldama.referrals.models import Referral, Reservation
from joldama.referrals.reserving import NoPlaceLeft
from joldama.standard.kinds import ResultKind
from tests.factories import openings, steps, world
from tests.factories.steps import ALTHOUGH
from tests.factories.world import World

TEN = datetime(2015, 9, 15, 4, 0, tzinfo=UTC)
PLACES = 10
REFERRALS = int(os.environ.get("JOLDAMA_REFERRALS", "40"))
CONNECTIONS = min(REFERRALS, int(os.environ.get("JOLDAMA_CONNECTIONS", "20")))
PATIENCE = 600
Answer = TypeVar("Answer")


@pytest.fixture
def astana(database: str) -> World:
    """The office of Astana in a database to which everybody commits."""
    world.demo_installation()
    world.trust_at(TEN)
    return world.office("astana")


def an_iin(number: int) -> str:
    """Give the number of an invented person of 1890; no two are alike."""
    while True:
        eleven = f"9001011{number:04}"
        digit = check_digit(eleven)
        if digit is not None:
            return f"{eleven}{digit}"
        number += 5000


def taken_cases(astana: World, count: int) -> list[Application]:
    """Register so many people, each with a case in work."""
    cases = [steps.walked_in(astana, at=TEN, iin=an_iin(number)) for number in range(count)]
    for case in cases:
        prepare.take(case, by=astana.specialist, at=TEN)
    return cases


def draft(astana: World, case: Application, opening: Opening) -> bool:
    """Draft from the opening; say whether there was a place."""
    try:
        prepare.draft_referral(
            case,
            kind=ResultKind.JOB_PLACEMENT,
            fields={},
            although=ALTHOUGH,
            opening=opening,
            by=astana.specialist,
            at=TEN,
        )
    except NoPlaceLeft:
        return False
    return True


def at_once(tasks: Sequence[Callable[[], Answer]], *, connections: int) -> list[Answer]:
    """Do tasks on so many connections, all released at the same instant."""
    barrier = Barrier(connections)

    def work(share: Sequence[Callable[[], Answer]]) -> list[Answer]:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE)
            return [task() for task in share]
        finally:
            connection.close()

    with ThreadPoolExecutor(connections) as pool:
        shares = [pool.submit(work, tasks[first::connections]) for first in range(connections)]
        return [answer for share in shares for answer in share.result(PATIENCE)]


def counted() -> dict[object, int]:
    """Say of each opening how many places are taken, if it is as many as are held."""
    held = Counter(Reservation.objects.filter(freed_at=None).values_list("opening", flat=True))
    taken = dict(Opening.objects.values_list("pk", "taken"))
    assert {pk: held.get(pk, 0) for pk in taken} == taken
    return taken


@pytest.mark.parametrize("each", [1, PLACES])
def test_parallel_referrals_take_as_many_places_as_there_are(
    astana: World, each: int, record_property: Callable[[str, object], None]
) -> None:
    """Ten openings of one place, and one of ten; the drafts that hold a place are signed, no other exists.

    The long form: `JOLDAMA_REFERRALS=1000 JOLDAMA_CONNECTIONS=60 ./joldama test
    tests/stories/test_openings_at_once.py -k parallel`.
    """
    offered = [openings.opening(astana, places=each) for _ in range(PLACES // each)]
    cases = taken_cases(astana, REFERRALS)
    wished = zip(cases, cycle(offered), strict=False)
    tasks = [partial(draft, astana, case, opening) for case, opening in wished]

    answers = at_once(tasks, connections=CONNECTIONS)

    assert Counter(answers) == {True: PLACES, False: REFERRALS - PLACES}
    assert counted() == {opening.pk: each for opening in offered}
    drafted = Application.objects.filter(pk__in=Decision.objects.values("application"))
    assert drafted.count() == PLACES
    for case in drafted.select_related("office", "place", "person", "decision"):
        steps.signed(astana, case, at=TEN)
    assert Referral.objects.count() == PLACES
    loser = next(case for case in cases if case.pk not in {one.pk for one in drafted})
    with pytest.raises(SomebodyWasFaster):
        decide.render(loser, by=astana.head, at=TEN)
    record_property("connections", CONNECTIONS)


def test_two_who_swap_their_places_never_wait_for_each_other(astana: World) -> None:
    first, second = (openings.opening(astana, places=2) for _ in range(2))
    one, other = taken_cases(astana, 2)
    rounds = 15

    def swaps(case: Application, to: Sequence[Opening]) -> Callable[[], list[bool]]:
        return lambda: [draft(astana, case, opening) for _ in range(rounds) for opening in to]

    moved = at_once([swaps(one, (first, second)), swaps(other, (second, first))], connections=2)

    assert all(answer for answers in moved for answer in answers)
    assert counted() == {first.pk: 1, second.pk: 1}


def test_places_that_are_given_back_while_others_come_are_never_counted_twice(astana: World) -> None:
    opening = openings.opening(astana, places=3)
    cases = taken_cases(astana, 24)

    def come_and_go(case: Application) -> Callable[[], bool]:
        def steps_of_one() -> bool:
            got = draft(astana, case, opening)
            case.refresh_from_db()
            withdraw.withdraw_on_word(case, by=astana.specialist, at=TEN)
            return got

        return steps_of_one

    got = at_once([come_and_go(case) for case in cases[:20]], connections=10)

    assert any(got)
    assert counted() == {opening.pk: 0}
    assert [draft(astana, case, opening) for case in cases[20:]] == [True, True, True, False]
