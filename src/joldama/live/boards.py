"""Open boards: each is fetched once from the web server, and what differs goes to all who show it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import httpx

from joldama.live import events
from joldama.live.parts import parts_of

BOARD = "/hall/{place}/"
"""The address of a place's board: a page open to anyone, whose parts are the same for all who see it."""

_BURST = 0.03  # seconds from the beginning of one fetch to the next: what comes closer is one
_PATIENCE = 5.0  # seconds for the web server's answer
_AT_ONCE = 4
"""Fetches at the same time: more would only wait for the web processes, and keep people from them."""

_UNKNOWN_AT_ONCE = 1
"""Likewise of boards nobody has shown yet: whoever asks for places that do not exist holds up no call."""


@dataclass(frozen=True)
class Subject:
    """What a board shows: a place, in a language of the pages."""

    place: UUID
    language: str


class Unknown(Exception):
    """There is no such board."""


class Unanswered(Exception):
    """The web server gave no board."""


Fetch = Callable[[Subject], Awaitable[Mapping[str, str]]]
"""Gives the parts of a board as they stand; raises Unknown or Unanswered."""


class Viewer(Protocol):
    """Whoever shows a board: begun with the first bytes, or told why not."""

    def send(self, said: bytes) -> None:
        """Take what is said."""

    def refuse(self, status: int) -> None:
        """There is nothing to show."""


class Board:
    """One board as it stands, and who shows it."""

    def __init__(self, subject: Subject, fetch: Fetch) -> None:
        self.subject = subject
        self.viewers: set[Viewer] = set()
        self._fetch = fetch
        self._newcomers: set[Viewer] = set()
        self._parts: Mapping[str, str] = {}
        self._confirmed_at: float | None = None
        self._is_wanted = False
        self._fetching: asyncio.Task[None] | None = None

    @property
    def is_shown(self) -> bool:
        """Whether anybody shows it or wants to."""
        return bool(self.viewers or self._newcomers)

    @property
    def age(self) -> float | None:
        """Return how many seconds ago it was known to stand as shown; None before the first fetch."""
        return None if self._confirmed_at is None else _now() - self._confirmed_at

    def join(self, viewer: Viewer) -> None:
        """Show it to one more, whole and at once where it is known."""
        if self.age is None:
            self._newcomers.add(viewer)
            self.refresh()
        else:
            self._welcome(viewer)

    def leave(self, viewer: Viewer) -> None:
        """Forget somebody who has gone."""
        self.viewers.discard(viewer)
        self._newcomers.discard(viewer)

    def refresh(self) -> "asyncio.Task[None]":
        """Fetch it anew: now, or once more when the fetch under way is through."""
        self._is_wanted = True
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._run())
        return self._fetching

    async def _run(self) -> None:
        while self._is_wanted:
            self._is_wanted = False
            began = _now()
            await self._fetch_once()
            await asyncio.sleep(max(0.0, began + _BURST - _now()))

    async def _fetch_once(self) -> None:
        try:
            fresh = await self._fetch(self.subject)
        except (Unknown, Unanswered) as reason:
            return self._refuse(404 if isinstance(reason, Unknown) else 503)
        differing = {name: source for name, source in fresh.items() if self._parts.get(name) != source}
        self._parts = fresh
        self._confirmed_at = _now()
        if differing:
            self._tell(events.parts(differing) + events.beat(age=self.age))
        for viewer in self._newcomers:
            self._welcome(viewer)
        self._newcomers.clear()

    def _tell(self, said: bytes) -> None:
        for viewer in tuple(self.viewers):
            viewer.send(said)

    def _welcome(self, viewer: Viewer) -> None:
        self.viewers.add(viewer)
        viewer.send(events.parts(self._parts) + events.beat(age=self.age))

    def _refuse(self, status: int) -> None:
        """Turn away those who have seen nothing yet; who shows the board hears its age at the next beat."""
        for viewer in tuple(self._newcomers):
            viewer.refuse(status)
        self._newcomers.clear()


class FromWebServer:
    """Fetches boards as any browser does, over one address of the loopback or of the own network."""

    def __init__(self, origin: str) -> None:
        self._known: set[Subject] = set()
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._turn_of_unknown = asyncio.Semaphore(_UNKNOWN_AT_ONCE)
        self._client = httpx.AsyncClient(
            base_url=origin, headers={"Host": "localhost"}, timeout=_PATIENCE, trust_env=False
        )

    async def __call__(self, subject: Subject) -> Mapping[str, str]:
        """Give the parts of a board as the web server writes them now."""
        async with self._turn if subject in self._known else self._turn_of_unknown:
            try:
                answer = await self._client.get(
                    BOARD.format(place=subject.place), headers={"Cookie": f"language={subject.language}"}
                )
            except httpx.HTTPError as error:
                raise Unanswered from error
        if answer.status_code == httpx.codes.NOT_FOUND:
            raise Unknown
        if answer.status_code != httpx.codes.OK:
            raise Unanswered
        self._known.add(subject)
        return parts_of(answer.text)


def _now() -> float:
    return asyncio.get_running_loop().time()
