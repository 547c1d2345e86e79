"""The clock of a demonstration that is played faster than life: a file moves it, and a real installation has none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import world

from joldama.demo.signer.clock import tell_signer
from joldama.installation import clock
from joldama.installation.identity import installation
from joldama.installation.models import Installation

AHEAD = timedelta(days=40, hours=3)


@pytest.fixture
def file(db: None, tmp_path: Path, settings: Any) -> Path:
    settings.JOLDAMA_CLOCK_FILE = str(tmp_path / "demo-clock")
    tell_signer(tmp_path, offset=AHEAD)
    return tmp_path


def test_the_file_moves_the_clock_of_a_process_that_runs(file: Path) -> None:
    world.demo_installation()
    assert clock.offset() == AHEAD

    tell_signer(file, offset=2 * AHEAD)

    assert clock.offset() == 2 * AHEAD
    assert clock.now() - datetime.now(UTC) > 2 * AHEAD - timedelta(minutes=1)


def test_without_a_file_the_clock_runs_as_it_was_set(db: None, tmp_path: Path, settings: Any) -> None:
    world.demo_installation()
    settings.JOLDAMA_CLOCK_FILE = str(tmp_path / "nowhere")

    assert clock.offset() == timedelta(0)


def test_no_file_moves_the_clock_of_a_real_installation(file: Path) -> None:
    installation.cache_clear()
    Installation.objects.create(is_demo=False, created_at=datetime.now(UTC))

    assert clock.offset() == timedelta(0)
    installation.cache_clear()
