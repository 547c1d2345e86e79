"""What every test may lean on; the database of the session comes from joldama.config.postgres.testing."""

import pytest

from joldama.config.postgres.testing import ensure_server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the session's database before the first test that needs one (pytest-django's own seam)."""
    ensure_server()


@pytest.fixture(autouse=True, scope="session")
def _plain_static() -> None:
    """Name the pages' files as they lie in the tree: collecting them is the start's business, not the pages'."""
    from django.conf import settings
    from django.core.files.storage import storages

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storages.__dict__.pop("backends", None)
    storages._storages.pop("staticfiles", None)
