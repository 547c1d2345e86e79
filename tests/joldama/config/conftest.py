"""Folders in which a database of our own may be tried: short, and open to the user it runs as."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def home() -> Iterator[Path]:
    """Lend a folder that the database's user may enter, unlike pytest's own temporary folders."""
    folder = Path(tempfile.mkdtemp(prefix="joldama-try-"))
    if os.geteuid() == 0:
        folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
