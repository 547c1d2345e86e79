"""One way to a service of the centre: something is fetched or posted; every wait and every answer has an end.

What comes back proves itself by its signature, so plain HTTP is enough and is what the centre publishes.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING

from joldama.adapters.centre.address import require_http
from joldama.signatures.models import Fault
from joldama.signatures.ports import ServiceSilent

if TYPE_CHECKING:
    import httpx

PATIENCE = 10.0
"""Seconds from the first byte sent to the last one received; one silence inside may last as long again."""

_MAY_PASS = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True)
class Received:
    """What came back: the body, None where it has not changed, and the marks it may be asked for by again."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


class Line:
    """Speaks with one address, past every proxy, following nobody elsewhere."""

    def __init__(self, address: str, *, largest: int, patience: float = PATIENCE) -> None:
        """Raise NotAnAddress for what cannot be spoken with; `largest` is in bytes."""
        self._address = require_http(address)
        self._largest = largest
        self._patience = patience

    def get(self, *, etag: str = "", modified: str = "") -> Received:
        """Fetch what is published, unless it is still what the marks name; raise ServiceSilent."""
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._speak("GET", headers={name: value for name, value in asked.items() if value})

    def post(self, message: bytes, *, kind: str) -> bytes:
        """Post a message of a media type and give what came back; raise ServiceSilent."""
        received = self._speak("POST", headers={"Content-Type": kind}, message=message)
        assert received.body is not None
        return received.body

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _speak(self, method: str, *, headers: Mapping[str, str], message: bytes | None = None) -> Received:
        import httpx  # only the worker speaks: no web process need hold a client

        until = time.monotonic() + self._patience
        # Nothing is unpacked: what is small on the way may be endless once unpacked.
        asked = {**headers, "Accept-Encoding": "identity"}
        try:
            with self._client.stream(method, self._address, content=message, headers=asked) as answer:
                if answer.status_code == HTTPStatus.NOT_MODIFIED and method == "GET":
                    return Received(None)
                _require_answer(answer)
                body = self._whole(answer, until=until)
        except httpx.HTTPError:
            raise ServiceSilent(Fault.SILENT) from None
        return Received(body, _mark(answer, "ETag"), _mark(answer, "Last-Modified"))

    def _whole(self, answer: "httpx.Response", *, until: float) -> bytes:
        """Read to the end, unless it does not come: a sender that drips is silent too."""
        received = bytearray()
        for part in answer.iter_raw():
            received += part
            if time.monotonic() > until:
                raise ServiceSilent(Fault.SILENT)
            if len(received) > self._largest:
                raise ServiceSilent(Fault.TOO_LARGE)
        return bytes(received)

    @cached_property
    def _client(self) -> "httpx.Client":
        import httpx

        return httpx.Client(timeout=self._patience, trust_env=False, follow_redirects=False)


def _require_answer(answer: "httpx.Response") -> None:
    status = answer.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _MAY_PASS:
        raise ServiceSilent(Fault.FAILING)
    if status != HTTPStatus.OK:
        raise ServiceSilent(Fault.REFUSES)
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith(("text/", "application/json")) or answer.headers.get("Content-Encoding"):
        raise ServiceSilent(Fault.NOT_UNDERSTOOD)  # a page of a server in between


def _mark(answer: "httpx.Response", name: str) -> str:
    """Give a mark as it came, unless it is longer than anything we would send back."""
    given = answer.headers.get(name, "")
    return given if len(given) <= 200 else ""
