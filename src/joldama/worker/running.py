"""Runs errands in a process of its own until told to stop, or until the database goes away."""

import asyncio
import os
from typing import Any

import django
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django.utils import connector_params
from psycopg_pool import AsyncConnectionPool


def main() -> None:
    """Run errands until told to stop; exits when the database goes away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joldama.config.settings")
    django.setup()
    from procrastinate.contrib.django import app

    from joldama.worker import periodic, tasks

    assert periodic and tasks
    asyncio.run(_run(app.with_connector(_connector())))


def _connector() -> PsycopgConnector:
    """Keep the queue's own books on connections that wait for no disk.

    A database that falls over may forget that an errand was done; it is done once more, and its effect is
    unique. What errands write themselves goes through Django's connections and is as durable as anything.
    """
    params = connector_params()
    params["options"] = f"{params.get('options', '')} -c synchronous_commit=off".strip()
    return PsycopgConnector(kwargs=params, pool_factory=_pool)


def _pool(**wishes: Any) -> AsyncConnectionPool:
    """Make the pool without a question to the database before every question; a dead one ends the worker."""
    return AsyncConnectionPool(**{**wishes, "check": None})


async def _run(app: App) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=2,
            fetch_job_polling_interval=1.0,
            listen_notify=True,
            delete_jobs="successful",
            install_signal_handlers=True,
        )
