"""A person before the portal on Monday, 14 September 2015, at 10:00 in Astana."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from tests.factories import world
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World

from joldama.people.models import Account, Person


@pytest.fixture
def astana(db: None) -> Iterator[World]:
    world.demo_installation()
    world.trust_at(MONDAY_TEN)
    with time_machine.travel(MONDAY_TEN, tick=False):
        yield world.office("astana")


@pytest.fixture
def person(astana: World) -> Person:
    return world.applicant("citizen-card")


@pytest.fixture
def signed_in(person: Person) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(
        Account.objects.get(person=person), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client
