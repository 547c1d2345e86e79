"""A process is killed (SIGKILL) at the line, between the lock and the commit or before its page: order unchanged.

Nobody is lost, nobody is there twice; the lock ends with the process, and the next who presses is not kept
waiting (¶8 1)).
"""

from datetime import timedelta
from signal import SIGKILL
from uuid import uuid4

import pytest

from joldama.people.models import Place, Staff
from joldama.procedures import line
from joldama.reception.models import Ticket
from joldama.standard.roles import Role
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World
from tests.stories.machine import Machine

LATER = MONDAY_TEN + timedelta(minutes=1)


@pytest.fixture
def place(astana: World) -> Place:
    Place.objects.filter(pk=astana.place.pk).update(windows=2)
    astana.place.refresh_from_db()
    return astana.place


@pytest.fixture
def colleague(place: Place) -> Staff:
    return Staff.objects.create(
        role=Role.SPECIALIST, office=place.office, place=place, surname="Досова", given_name="Гүлнар"
    )


def killed(machine: Machine, point: str, by: Staff, **given: str) -> None:
    ended = machine.run(point, clerk=str(by.pk), at=LATER.isoformat(), **given)
    assert ended.code == -SIGKILL


def numbers(**states: str) -> list[int]:
    return list(Ticket.objects.filter(**states).order_by("number").values_list("number", flat=True))


def test_killed_between_lock_and_commit_a_call_overtakes_nobody(
    place: Place, astana: World, colleague: Staff, machine: Machine
) -> None:
    for _ in range(3):
        line.take_ticket(place, key=uuid4(), by=astana.specialist, at=MONDAY_TEN)

    killed(machine, "while_calling", astana.specialist)

    assert numbers(state="WAITING") == [1, 2, 3]
    assert line.call_next(place, window=2, by=colleague, at=LATER).number == 1
    assert line.call_next(place, window=1, by=astana.specialist, at=LATER).number == 2


def test_killed_before_the_page_a_call_stands_and_is_shown_again(
    place: Place, astana: World, colleague: Staff, machine: Machine
) -> None:
    for _ in range(3):
        line.take_ticket(place, key=uuid4(), by=astana.specialist, at=MONDAY_TEN)

    killed(machine, "after_calling", astana.specialist)

    assert numbers(state="CALLED") == [1]
    assert line.call_next(place, window=2, by=colleague, at=LATER).number == 2
    assert line.call_next(place, window=1, by=astana.specialist, at=LATER).number == 1
    assert numbers(state="WAITING") == [3]


def test_killed_between_lock_and_commit_a_ticket_leaves_no_gap(
    place: Place, astana: World, machine: Machine
) -> None:
    line.take_ticket(place, key=uuid4(), by=astana.specialist, at=MONDAY_TEN)
    key = uuid4()

    killed(machine, "while_taking_a_ticket", astana.specialist, key=str(key))

    assert numbers() == [1]
    assert line.take_ticket(place, key=key, by=astana.specialist, at=LATER).number == 2


def test_killed_before_the_page_a_ticket_is_the_same_one_when_asked_again(
    place: Place, astana: World, machine: Machine
) -> None:
    key = uuid4()

    killed(machine, "after_taking_a_ticket", astana.specialist, key=str(key))

    assert line.take_ticket(place, key=key, by=astana.specialist, at=LATER).number == 1
    assert numbers() == [1]
