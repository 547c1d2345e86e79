"""Has the journal sealed each second, in a thread of the worker's process that no errand waits for."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Event

from django.db import DatabaseError, connection

from joldama.journal.sealing import MOST, seal, sign_checkpoint

log = logging.getLogger(__name__)

PERIOD = 1.0
"""Seconds from one look to the next: no batch holds more."""

LONGEST_PAUSE = 30.0
"""Seconds between two looks while they fail."""


async def keep_sealed() -> None:
    """Seal until cancelled."""
    ended = Event()
    try:
        await asyncio.to_thread(run, ended.wait)
    finally:
        ended.set()


def run(pause: Callable[[float], bool]) -> None:
    """Seal until `pause` (seconds) says that it is over, and a last time then.

    A fault is told once, and tried again after a pause that grows: errands must go on, a database comes back,
    and the administration's page shows what waits.
    """
    wait, is_failing, is_unsigned = PERIOD, False, True
    while not pause(wait):
        try:
            is_unsigned = _look(is_unsigned)
        except Exception:  # whatever it is, the errands of this process go on
            if not is_failing:
                log.exception("the journal cannot be sealed; it is tried again")
            connection.close()
            is_failing, is_unsigned, wait = True, True, min(wait * 2, LONGEST_PAUSE)
        else:
            is_failing, wait = False, PERIOD
    with suppress(DatabaseError):
        _seal_all()
        sign_checkpoint(after=timedelta(0))
    connection.close()


def _look(is_unsigned: bool) -> bool:
    """Seal what waits and sign what is due; say whether something is left to be signed."""
    has_sealed = _seal_all()
    return (is_unsigned or has_sealed) and sign_checkpoint()


def _seal_all() -> bool:
    found = sealed = seal()
    while sealed == MOST:
        sealed = seal()
    return found > 0
