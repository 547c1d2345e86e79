"""Runs errands in a process of its own until told to stop, or until the database goes away; seals the journal."""

import asyncio
import gc
import os
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from signal import SIGINT, SIGTERM
from typing import Any

import django
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django.utils import connector_params
from psycopg_pool import AsyncConnectionPool

from joldama.journal.outbox import LETTERS, OUTSIDE, TABLES, WITHIN

LANES = {WITHIN: 2, OUTSIDE: 2, LETTERS: 1, TABLES: 1}
"""Queues and how many of its errands run at once: who waits for the outside keeps nobody from sealing."""


def main() -> None:
    """Run errands until told to stop; exits when the database goes away."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joldama.config.settings")
    django.setup()
    from procrastinate.contrib.django import app

    from joldama.worker import journal, periodic, tasks

    assert periodic and tasks
    gc.freeze()  # what is loaded by now stays: the collector need not walk it again and again
    asyncio.run(_run(app.with_connector(_connector()), beside=journal.keep_sealed))


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


async def _run(app: App, *, beside: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run the lanes side by side; the end of one is the end of all, and its fault that of the process.

    `beside` runs as long as they do.
    """
    async with app.open_async():
        lanes = [asyncio.create_task(_lane(app, queue)) for queue in LANES]
        companion = asyncio.create_task(beside())
        for number in (SIGINT, SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, _end, lanes)
        await asyncio.wait(lanes, return_when=asyncio.FIRST_COMPLETED)
        _end(lanes)
        for lane in lanes:
            with suppress(asyncio.CancelledError):
                await lane
        companion.cancel()
        with suppress(asyncio.CancelledError):
            await companion


async def _lane(app: App, queue: str) -> None:
    await app.run_worker_async(
        name=queue,
        queues=[queue],
        concurrency=LANES[queue],
        fetch_job_polling_interval=1.0,
        listen_notify=True,
        delete_jobs="successful",
        install_signal_handlers=False,
    )


def _end(lanes: Sequence[asyncio.Task[None]]) -> None:
    """Have each lane finish the errands it is at, and end."""
    for lane in lanes:
        lane.cancel()
