"""The published vectors, where at hand."""

import os
from pathlib import Path

import pytest

_LEFT_OUT = pytest.StashKey[int]()


@pytest.fixture
def vectors(request: pytest.FixtureRequest) -> Path:
    """Give the folder of the published vectors; left out and counted where JOLDAMA_VECTORS is not set."""
    folder = os.environ.get("JOLDAMA_VECTORS")
    if not folder:
        request.config.stash[_LEFT_OUT] = request.config.stash.get(_LEFT_OUT, 0) + 1
        pytest.skip("JOLDAMA_VECTORS is not set")
    return Path(folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = terminalreporter.config.stash.get(_LEFT_OUT, 0)
    if left_out:
        terminalreporter.write_line(
            f"{left_out} tests with published vectors were left out: JOLDAMA_VECTORS is not set (originals: "
            "github.com/ncanode-kz/NCANode and NCANode-Go; of the gateway also codecraftkz/syncegg and unifl)"
        )
