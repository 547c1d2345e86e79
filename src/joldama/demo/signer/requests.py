"""Requests to sign, from the moment a page asks until the person has answered."""

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from enum import StrEnum

LIFE = 600.0
"""Seconds a request waits for its answer."""

MOST = 200
LARGEST = 64 * 1024
"""Bytes of a document: the papers of the service are small."""


class State(StrEnum):
    WAITING = "waiting"
    SIGNED = "signed"
    CANCELLED = "cancelled"


@dataclass
class Request:
    """A document to sign; `key` is the identity proposed, `cms` the signed message once there is one."""

    title: str
    document: bytes
    language: str
    key: str
    made: float
    state: State = State.WAITING
    cms: bytes = b""


class Requests:
    """The open requests of this process, each under a random name that only its page knows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Request] = OrderedDict()

    def add(self, *, title: str, document: bytes, language: str, key: str) -> str:
        """Take a request and return its name."""
        name = secrets.token_urlsafe(18)
        request = Request(title, document, language, key, time.monotonic())
        with self._lock:
            self._forget_old()
            self._open[name] = request
        return name

    def get(self, name: str) -> Request | None:
        """Give a request that still lives."""
        with self._lock:
            self._forget_old()
            return self._open.get(name)

    def _forget_old(self) -> None:
        now = time.monotonic()
        for name, request in list(self._open.items()):
            if now - request.made > LIFE or len(self._open) > MOST:
                del self._open[name]
