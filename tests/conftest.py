"""What every test may lean on; the database of the session comes from joldama.config.postgres.testing."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

from joldama.config import vectors as originals
from tests.databases import ensure_migrated

BROWSER = "tests/stories/browser/"
_NO_VECTORS = "JOLDAMA_VECTORS is not set"


@pytest.fixture(scope="session")
def vectors() -> Path:
    """Give the folder of the published vectors; the tests are left out where JOLDAMA_VECTORS is not set."""
    folder = os.environ.get("JOLDAMA_VECTORS")
    if not folder:
        pytest.skip(_NO_VECTORS)
    return Path(folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests lacked the vectors, and where the public originals are."""
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = sum(_NO_VECTORS in str(report.longrepr) for report in skipped)
    if left_out:
        places = Counter(vector.repository for vector in originals.published())
        terminalreporter.write_line(
            f"{left_out} tests with published vectors were left out: {_NO_VECTORS}. The public originals "
            "(`./joldama vectors list` names each file with its sha256, `check` compares a folder):"
        )
        for place, count in places.items():
            terminalreporter.write_line(f"  {count:3} files of {place}")


class OneHouse(LoadFileScheduling):
    """Keeps a file's tests on one core, and on one core every story that visits the house: it opens once."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return BROWSER if file.startswith(BROWSER) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneHouse:
    """Share the tests out, whatever `--dist` says (xdist's own seam)."""
    return OneHouse(config, log)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Have the session's databases copied from the one that is migrated (pytest-django's own seam)."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = ensure_migrated()


@pytest.fixture(autouse=True, scope="session")
def _plain_static() -> None:
    """Name the pages' files as they lie in the tree: collecting them is the start's business, not the pages'."""
    from django.conf import settings
    from django.core.files.storage import storages

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages.__dict__.pop("backends", None)
    storages._storages.pop("staticfiles", None)


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> None:
    """Hash the tests' passwords quickly: Argon2 takes a quarter of a second for each, as it should elsewhere."""
    from django.conf import settings
    from django.contrib.auth import hashers

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    hashers.get_hashers.cache_clear()
