"""Requests to sign, from the moment a page asks until the person has answered."""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from joldama.demo.signer.protocol import Asked

LIFE = 600.0
"""Seconds a request waits for its answer."""

MOST = 200
LARGEST = 64 * 1024
"""Bytes of a document: the papers of the service are small."""

_PATIENCE = 5.0
"""Seconds the window waits for the request it was opened for: page and window come by different ways."""


class State(StrEnum):
    WAITING = "waiting"
    SIGNED = "signed"
    CANCELLED = "cancelled"


@dataclass
class Request:
    """What is asked, under a random name that only its window knows; `reply` answers the page."""

    asked: Asked
    reply: Callable[[str], None]
    name: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    made: float = field(default_factory=time.monotonic)
    state: State = State.WAITING


class Requests:
    """The open requests of this process."""

    def __init__(self) -> None:
        self._come = threading.Condition()
        self._open: OrderedDict[str, Request] = OrderedDict()

    def add(self, request: Request) -> None:
        """Take a request."""
        with self._come:
            self._forget_old()
            self._open[request.name] = request
            self._come.notify_all()

    def get(self, name: str) -> Request | None:
        """Give a request that still lives."""
        with self._come:
            self._forget_old()
            return self._open.get(name)

    def about(self, digest: str) -> Request | None:
        """Give the newest waiting request to sign the document with this SHA-256, in a moment if need be."""
        with self._come:
            self._come.wait_for(lambda: self._about(digest), timeout=_PATIENCE)
            return self._about(digest)

    def forget(self, request: Request) -> None:
        """Drop a request whose page has gone."""
        with self._come:
            self._open.pop(request.name, None)

    def _about(self, digest: str) -> Request | None:
        for request in reversed(self._open.values()):
            if request.state == State.WAITING and digest_of(request.asked.document) == digest:
                return request
        return None

    def _forget_old(self) -> None:
        now = time.monotonic()
        for name, request in list(self._open.items()):
            if now - request.made > LIFE or len(self._open) > MOST:
                del self._open[name]


def digest_of(document: bytes) -> str:
    """Give the SHA-256 by which the window of a page finds its request."""
    return hashlib.sha256(document).hexdigest()
