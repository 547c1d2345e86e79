"""A town of certificate holders, and openssl as the second opinion."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.govkz.eds.town import Town, build


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
