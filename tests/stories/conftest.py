"""The town of the stories: offices, people, their browsers, and the moment the story tells of."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import world
from tests.factories.seals import keep_seal
from tests.stories.counter import Counter
from tests.stories.town import Town


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """A town without time yet: `town.at("2015-09-14 10:00")` sets it."""
    world.demo_installation()
    with Town() as made:
        yield made


@pytest.fixture
def counter(town: Town, tmp_path: Path, settings: Any) -> Counter:
    """The counter of Astana, whose papers are really made and sealed; the first moment is S01's morning."""
    town.at("2015-09-15 09:00")
    made = Counter(town)
    keep_seal(tmp_path / "seal", made.world.office.bin)
    settings.JOLDAMA_SEAL = tmp_path / "seal"
    return made
