"""A place of an opening is held by one decision, freed once, and never given twice (¶6)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from tests.factories import openings, steps, world
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World

from joldama.cases.models import Decision
from joldama.journal.models import Event
from joldama.openings.models import Opening
from joldama.openings.operations import close_opening
from joldama.referrals import operations
from joldama.referrals.models import Freed, Referral, Reservation
from joldama.referrals.reserving import NoPlaceLeft, NoPlaceWhy, free, held_by, reserve
from joldama.standard.words import LANGUAGES
from joldama.standard.workflows import CLOSED_REFERRALS, REFERRAL, ReferralMove


@pytest.fixture
def astana(db: None) -> World:
    world.demo_installation()
    return world.office("astana")


@pytest.fixture
def decision(astana: World) -> Decision:
    return steps.drafted(astana, steps.walked_in(astana))


def taken(opening: Opening) -> int:
    return Opening.objects.get(pk=opening.pk).taken


def test_a_place_is_taken_once_however_often_it_is_asked_for(astana: World, decision: Decision) -> None:
    opening = openings.opening(astana, places=2)

    first = reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)
    again = reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)

    assert (first, taken(opening), held_by(decision)) == (again, 1, first)
    event = Event.objects.get(name="place.reserved")
    assert (event.subject, event.facts) == (opening.pk, {"decision": str(decision.pk), "why": None})


def test_another_opening_frees_the_first_and_a_place_is_freed_once(astana: World, decision: Decision) -> None:
    first, second = openings.opening(astana), openings.opening(astana)
    reserve(first, decision, by=astana.specialist.actor, at=MONDAY_TEN)

    reserve(second, decision, by=astana.specialist.actor, at=MONDAY_TEN)
    assert (taken(first), taken(second)) == (0, 1)
    assert free(decision, why=Freed.ANNULLED, at=MONDAY_TEN)
    assert not free(decision, why=Freed.EXPIRED, at=MONDAY_TEN)

    assert (taken(first), taken(second), held_by(decision)) == (0, 0, None)
    assert list(Reservation.objects.order_by("pk").values_list("why", flat=True).order_by("why")) == [
        Freed.ANNULLED,
        Freed.REPLACED,
    ]


def test_an_opening_without_a_place_leaves_what_was_held(astana: World, decision: Decision) -> None:
    held, full = openings.opening(astana), openings.opening(astana)
    openings.fill(full, taken=1)
    reserve(held, decision, by=astana.specialist.actor, at=MONDAY_TEN)

    with pytest.raises(NoPlaceLeft), transaction.atomic():
        reserve(full, decision, by=astana.specialist.actor, at=MONDAY_TEN)

    assert (taken(held), taken(full)) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"open_from_on": date(2015, 9, 15)}, NoPlaceWhy.NOT_YET),
        ({"open_until_on": date(2015, 9, 13)}, NoPlaceWhy.OVER),
        ({"places": 1}, NoPlaceWhy.FULL),
    ],
)
def test_why_no_place_can_be_had_is_told(
    astana: World, decision: Decision, changes: dict[str, object], why: NoPlaceWhy
) -> None:
    opening = openings.opening(astana, **changes)
    if why is NoPlaceWhy.FULL:
        openings.fill(opening, taken=1)

    with pytest.raises(NoPlaceLeft) as told:
        reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)

    assert told.value.why is why
    assert all(len(told.value.parts(language)) == 3 for language in LANGUAGES)


def test_the_first_and_the_last_day_of_the_place_are_open(astana: World, decision: Decision) -> None:
    monday = date(2015, 9, 14)
    opening = openings.opening(astana, open_from_on=monday, open_until_on=monday)

    assert reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)


def test_a_closed_opening_takes_nobody_and_frees_whoever_left(astana: World, decision: Decision) -> None:
    opening = openings.opening(astana)
    reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)
    close_opening(opening, by=astana.head.actor, at=MONDAY_TEN)
    assert free(decision, why=Freed.NO_SHOW, at=MONDAY_TEN)

    with pytest.raises(NoPlaceLeft) as told:
        reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)

    assert (told.value.why, taken(opening)) == (NoPlaceWhy.CLOSED, 0)


def answered(referral: Referral, astana: World, answer: Referral.Answer) -> None:
    operations.hand_over(referral, by=astana.specialist, at=MONDAY_TEN, is_outside_hours=False)
    operations.record_slip(referral, answer=answer, slip={}, by=astana.specialist, at=MONDAY_TEN)


def expired(referral: Referral, astana: World) -> None:
    operations.hand_over(referral, by=astana.specialist, at=MONDAY_TEN, is_outside_hours=False)
    operations.expire(referral, at=MONDAY_TEN)


def annulled(referral: Referral, astana: World) -> None:
    operations.annul(referral, reason="қате", by=astana.head, at=MONDAY_TEN, is_corrected=False)


WAYS: dict[ReferralMove, Callable[[Referral, World], None]] = {
    ReferralMove.ACCEPT: lambda one, at: answered(one, at, Referral.Answer.ACCEPTED),
    ReferralMove.REJECT: lambda one, at: answered(one, at, Referral.Answer.REJECTED),
    ReferralMove.MARK_NO_SHOW: lambda one, at: answered(one, at, Referral.Answer.NO_SHOW),
    ReferralMove.EXPIRE: expired,
    ReferralMove.ANNUL: annulled,
}
"""How a referral comes to its end."""


def test_every_way_to_the_end_of_a_referral_is_among_those_tried() -> None:
    assert set(WAYS) == {move.name for move in REFERRAL.moves if move.target in CLOSED_REFERRALS}


@pytest.mark.parametrize("move", WAYS)
def test_every_end_of_a_referral_frees_its_place_but_for_whoever_was_accepted(
    astana: World, move: ReferralMove
) -> None:
    world.trust_at(MONDAY_TEN)
    opening, case = openings.opening(astana), steps.walked_in(astana)
    decision = steps.drafted(astana, case)
    reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)
    steps.signed(astana, case)

    WAYS[move](Referral.objects.get(), astana)

    assert taken(opening) == (1 if move is ReferralMove.ACCEPT else 0)


@pytest.mark.parametrize("is_left", [True, False])
def test_an_answer_that_is_set_aside_takes_the_place_again_where_one_is_left(
    astana: World, *, is_left: bool
) -> None:
    """The person did not come, then he did: the place is his again, unless somebody else has it by now."""
    world.trust_at(MONDAY_TEN)
    opening, case = openings.opening(astana), steps.walked_in(astana)
    decision = steps.drafted(astana, case)
    reserve(opening, decision, by=astana.specialist.actor, at=MONDAY_TEN)
    steps.signed(astana, case)
    referral = Referral.objects.get()
    answered(referral, astana, Referral.Answer.NO_SHOW)
    other = steps.drafted(astana, steps.walked_in(astana))
    reserve(opening, other, by=astana.specialist.actor, at=MONDAY_TEN)
    Opening.objects.filter(pk=opening.pk).update(places=2 if is_left else 1)

    operations.withdraw_answer(referral, reply=None, reason="қате", by=astana.specialist, at=MONDAY_TEN)

    assert (taken(opening), held_by(decision) is not None) == (2 if is_left else 1, is_left)
    operations.record_slip(
        referral, answer=Referral.Answer.ACCEPTED, slip={}, by=astana.specialist, at=MONDAY_TEN
    )
    assert taken(opening) == (2 if is_left else 1)
    assert referral.state == "ACCEPTED_BY_ORGANISATION"


def test_a_late_answer_that_is_set_aside_gives_its_place_back(astana: World) -> None:
    world.trust_at(MONDAY_TEN)
    opening, case = openings.opening(astana), steps.walked_in(astana)
    reserve(opening, steps.drafted(astana, case), by=astana.specialist.actor, at=MONDAY_TEN)
    steps.signed(astana, case)
    referral = Referral.objects.get()
    expired(referral, astana)
    referral.refresh_from_db()
    operations.record_slip(
        referral, answer=Referral.Answer.ACCEPTED, slip={}, by=astana.specialist, at=MONDAY_TEN
    )
    assert taken(opening) == 1

    operations.withdraw_answer(referral, reply=None, reason="қате", by=astana.specialist, at=MONDAY_TEN)

    assert (taken(opening), referral.state) == (0, "EXPIRED")
