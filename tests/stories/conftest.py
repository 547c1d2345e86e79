"""The town of the stories: offices, people, their browsers, and the moment the story tells of."""

from collections.abc import Iterator

import pytest

from tests.factories import world
from tests.stories.town import Town


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """A town without time yet: `town.at("2015-09-14 10:00")` sets it."""
    world.demo_installation()
    with Town() as made:
        yield made
