"""Listens to the database: which place's line has changed (reception's triggers), for as long as it takes."""

import asyncio
import logging
from contextlib import suppress
from typing import Protocol
from uuid import UUID

import psycopg

CHANNEL = "joldama_line"
_FIRST_PAUSE = 0.1  # seconds before a lost connection is made anew; doubles up to the longest
_LONGEST_PAUSE = 5.0
_QUIET = 20.0  # seconds of silence after which the connection is asked whether it still is one
_PATIENCE = 10.0  # seconds for an answer of the database

_log = logging.getLogger(__name__)


class Woken(Protocol):
    """Who is told."""

    def wake(self, place: UUID) -> None:
        """The line of a place has changed."""

    def wake_all(self) -> None:
        """Nobody knows what happened until now: any line may have changed."""


class Wakes:
    """One connection that listens, made anew whenever it is lost; everything is counted as changed then."""

    def __init__(self, database_url: str, woken: Woken) -> None:
        self.is_listening = False
        self._url = database_url
        self._woken = woken

    async def listen(self) -> None:
        """Listen until cancelled."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._listen_once()
            except (OSError, psycopg.Error, TimeoutError) as lost:
                if self.is_listening:
                    _log.warning("the database is lost: %s", type(lost).__name__)
                    pause = _FIRST_PAUSE
            self.is_listening = False
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _listen_once(self) -> None:
        async with asyncio.timeout(_PATIENCE):
            connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        try:
            await _ask(connection, f"LISTEN {CHANNEL}")
            self.is_listening = True
            self._woken.wake_all()
            while True:
                async for notice in connection.notifies(timeout=_QUIET):
                    with suppress(ValueError):
                        self._woken.wake(UUID(notice.payload))
                await _ask(connection, "SELECT 1")
        finally:
            await connection.close()


async def _ask(connection: psycopg.AsyncConnection, question: str) -> None:
    async with asyncio.timeout(_PATIENCE):
        await connection.execute(question)
