"""Runs errands in a process of its own until told to stop, or until the database goes away."""

import asyncio
import os
from typing import Any

import django
from procrastinate import App


def main() -> None:
    """Run errands until told to stop; exits when the database goes away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joldama.config.settings")
    django.setup()
    from procrastinate.contrib.django import app

    from joldama.worker import periodic, tasks

    assert periodic and tasks
    connector: Any = app.connector  # the Django connector, which knows the worker's
    worker_app = app.with_connector(connector.get_worker_connector())
    asyncio.run(_run(worker_app))


async def _run(app: App) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=2,
            fetch_job_polling_interval=1.0,
            listen_notify=True,
            delete_jobs="successful",
            install_signal_handlers=True,
        )
