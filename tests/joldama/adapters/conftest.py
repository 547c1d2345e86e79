"""The fonts of the papers, and the seal of an office whose certificate holds through all scenarios."""

from pathlib import Path

import pytest
from tests.factories.seals import office_seal

from joldama.adapters.printing.fonts import ensure_fonts
from joldama.adapters.signer import Seal


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fonts once."""
    return ensure_fonts(tmp_path_factory.mktemp("pdf-fonts"))


@pytest.fixture(scope="session")
def seal() -> Seal:
    """Load the seal of an office."""
    return office_seal()
