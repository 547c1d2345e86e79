"""What every test may lean on; the database of the session comes from joldama.config.postgres.testing."""

import pytest

from joldama.config.postgres.testing import ensure_server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the session's database before the first test that needs one (pytest-django's own seam)."""
    ensure_server()
