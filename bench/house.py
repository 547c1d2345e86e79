"""A demonstration of its own for the measurements that need a database: made, filled, removed.

Its register of persons is the emulated one within the worker: messages are written and read as over the
gateway, and no HTTP is measured that in a real installation would be somebody else's time.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from joldama.config.postgres import start
from joldama.config.secrets import make_secrets

OPEN_AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday, 10:00 in Astana: in reception hours."""


@contextmanager
def house() -> Iterator[Path]:
    """Lend a prepared demonstration with Django set up on it; its database is as durable as a real one."""
    home = Path(tempfile.mkdtemp(prefix="joldama-bench-"))
    home.chmod(0o755)
    make_secrets(home / "secrets")
    server = start(home, database="joldama_bench")
    try:
        os.environ.update(
            DATABASE_URL=server.url,
            DJANGO_SETTINGS_MODULE="joldama.config.settings",
            JOLDAMA_DATA=str(home),
            JOLDAMA_SECRETS=str(home / "secrets"),
        )
        import django

        django.setup()
        from joldama.config.static import make_static
        from joldama.demo.prepare import prepare

        make_static()
        prepare(datetime.now(UTC), wanted=OPEN_AT)
        yield home
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
