"""The centre that says whether a certificate was revoked, silent until a story has it answer."""

from collections.abc import Iterator

import pytest

from tests.fakes.centre import FakeCentre, wired


@pytest.fixture
def centre() -> Iterator[FakeCentre]:
    """The centre, silent until a story has it answer."""
    with wired(FakeCentre()) as made:
        made.falls_silent()
        yield made
