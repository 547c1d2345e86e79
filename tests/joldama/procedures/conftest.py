"""One office, its people, and trust fresh at the moment the steps tell of."""

import pytest
from tests.factories import world
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World


@pytest.fixture
def astana(db: None) -> World:
    """The department of Astana on Monday, 14 September 2015, 10:00."""
    world.demo_installation()
    world.trust_at(MONDAY_TEN)
    return world.office("astana")
