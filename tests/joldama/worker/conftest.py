"""One office with the seal of its papers, and trust fresh at the moment the steps tell of."""

from pathlib import Path

import pytest
from tests.factories import world
from tests.factories.seals import keep_seal
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World


@pytest.fixture
def astana(db: None) -> World:
    """The department of Astana on Monday, 14 September 2015, 10:00."""
    world.demo_installation()
    world.trust_at(MONDAY_TEN)
    return world.office("astana")


@pytest.fixture
def seals(astana: World, tmp_path: Path, settings) -> Path:
    """Keep the seal of Astana in a folder of its own."""
    keep_seal(tmp_path / "seal", astana.office.bin)
    settings.JOLDAMA_SEAL = tmp_path / "seal"
    settings.JOLDAMA_GENERATED = tmp_path / "generated"
    return tmp_path / "seal"
