"""A town of certificate holders, openssl as the second opinion, and the published vectors where at hand."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.govkz.eds.town import Town, build

_LEFT_OUT = pytest.StashKey[int]()


@pytest.fixture(scope="session")
def town() -> Town:
    return build()


@pytest.fixture
def openssl(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run openssl in a folder of its own; the independent opinion on every format."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["openssl", *arguments], cwd=tmp_path, capture_output=True, check=False)

    return run


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
            f"{left_out} tests with NUCA's published test vectors were left out: JOLDAMA_VECTORS is not set "
            "(originals: github.com/ncanode-kz/NCANode and NCANode-Go)"
        )
