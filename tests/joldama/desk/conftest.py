"""The desk of Astana on Monday, 14 September 2015, at 10:00, and its officials' browsers."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from tests.factories import world
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World

from joldama.people.models import Account, Staff

Enter = Callable[[Staff], Client]


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    world.demo_installation()
    world.trust_at(MONDAY_TEN)
    with time_machine.travel(MONDAY_TEN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def astana(clock: time_machine.Traveller) -> World:
    return world.office("astana")


@pytest.fixture
def enter(clock: time_machine.Traveller) -> Enter:
    """Give a browser in which an official is signed in; its pages are English."""

    def entered(staff: Staff) -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        account = Account.objects.filter(staff=staff).first() or world.account_for(staff)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return entered


@pytest.fixture
def specialist(astana: World, enter: Enter) -> Client:
    return enter(astana.specialist)


@pytest.fixture
def head(astana: World, enter: Enter) -> Client:
    return enter(astana.head)
