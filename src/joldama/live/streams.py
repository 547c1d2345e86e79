"""The streams themselves: HTTP/1.1 as far as it is needed, and no patience for whoever does not read.

A server in front speaks HTTP to us and to the world; here are one request, one answer without an end, and limits.
"""

import asyncio
import re
import socket
from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import Protocol
from uuid import UUID

from joldama.live.boards import Subject, Viewer
from joldama.standard.words import LANGUAGES

_HEAD = 8192  # bytes of a request, and of what may come after it
_ASKING = 10.0  # seconds to say what is wanted
_UNREAD = 128 * 1024  # bytes that may wait for a reader beside what the system holds
_SENDING = 128 * 1024  # bytes of the system's own buffer
_STALLED = 30.0  # seconds without reading after which somebody is given up
_TURNED_AWAY = 200
"""Connections beyond the limit that are still told it is reached."""

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REQUEST = re.compile(rb"([A-Z]{1,10}) (/[!-~]*) HTTP/1\.[01]\r\n")
BOARD_STREAM = re.compile(rf"/live/({_UUID})/({'|'.join(LANGUAGES)})(?:\?age=[0-9]{{1,15}})?")
PAGE_STREAM = re.compile(rf"/live/({_UUID}(?:,{_UUID}){{0,19}})(?:\?age=([0-9]{{1,15}}))?")
_HEALTH = "/live/healthz"

_OPENING = (
    b"HTTP/1.1 200 OK\r\n"
    b"Content-Type: text/event-stream; charset=utf-8\r\n"
    b"Cache-Control: no-store\r\n"
    b"X-Accel-Buffering: no\r\n"  # nginx then passes on what comes when it comes
    b"X-Content-Type-Options: nosniff\r\n"
    b"Access-Control-Allow-Origin: *\r\n"  # nothing here is anybody's: what is told, anyone may hear
    b"Connection: close\r\n\r\n"
)
_SAID = {
    HTTPStatus.OK: "ok",
    HTTPStatus.NOT_FOUND: "There is no such stream.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Streams are read with GET.",
    HTTPStatus.BAD_REQUEST: "This is no request.",
    HTTPStatus.SERVICE_UNAVAILABLE: "No stream now; the page goes on by asking the web server.",
}
_RETRY = 30  # seconds after which somebody who was turned away may come again


class Source(Protocol):
    """Where streams come from."""

    def show_board(self, subject: Subject, viewer: Viewer) -> Callable[[], None]: ...

    def wake_page(
        self, places: Collection[UUID], viewer: Viewer, *, age: float | None
    ) -> Callable[[], None]: ...


class Door:
    """Lets streams in, as many as it may."""

    def __init__(self, source: Source, *, most: int, is_well: Callable[[], bool]) -> None:
        self.source = source
        self.most = most
        self.is_well = is_well
        self.connections: set[Connection] = set()
        self.streams = 0

    def __call__(self) -> "Connection":
        """Make the protocol of a new connection."""
        return Connection(self)

    def close(self) -> None:
        """End every connection; pages find their way back by themselves."""
        for connection in tuple(self.connections):
            connection.drop()


class Connection(asyncio.Protocol):
    """One page's stream; a Viewer of its board, or a page that is woken."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._head = b""
        self._is_asked = self._is_streaming = self._is_counted = False
        self._stalled_at: float | None = None
        self._asking: asyncio.TimerHandle | None = None
        self._leave: Callable[[], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._door.connections.add(self)
        if len(self._door.connections) > self._door.most + _TURNED_AWAY:
            return self.drop()
        transport.set_write_buffer_limits(high=0)
        wire = transport.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SENDING)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(_STALLED * 1000))
        self._asking = asyncio.get_running_loop().call_later(_ASKING, self._give_up_asking)

    def data_received(self, data: bytes) -> None:
        self._head += data
        if len(self._head) > _HEAD:
            return self.drop()
        if not self._is_asked and b"\r\n\r\n" in self._head:
            self._is_asked = True
            self._answer(self._head)

    def pause_writing(self) -> None:
        self._stalled_at = _now()

    def resume_writing(self) -> None:
        self._stalled_at = None

    def connection_lost(self, error: Exception | None) -> None:
        self._door.connections.discard(self)
        self._stop_asking()
        if self._is_counted:
            self._door.streams -= 1
        if self._leave is not None:
            self._leave()

    def send(self, said: bytes) -> None:
        """Send, unless the reader has stopped reading: then he is dropped, and comes again if he lives."""
        if self._transport.is_closing():
            return
        if self._transport.get_write_buffer_size() > _UNREAD or self._is_stalled():
            return self.drop()
        self._transport.write(said if self._is_streaming else _OPENING + said)
        self._is_streaming = True

    def refuse(self, status: int) -> None:
        """Answer with a status and its sentence, and end."""
        known = HTTPStatus(status)
        said = _SAID[known].encode()
        again = f"Retry-After: {_RETRY}\r\n" if known is HTTPStatus.SERVICE_UNAVAILABLE else ""
        head = (
            f"HTTP/1.1 {known.value} {known.phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(said)}\r\n{again}Cache-Control: no-store\r\n"
            "Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
        )
        self._transport.write(head.encode() + said)
        self._transport.close()

    def drop(self) -> None:
        """End at once, whatever still waits to be read."""
        self._transport.abort()

    def _answer(self, head: bytes) -> None:
        request = _REQUEST.match(head)
        if request is None:
            return self.refuse(HTTPStatus.BAD_REQUEST)
        method, address = (found.decode("ascii") for found in request.groups())
        if method != "GET":
            return self.refuse(HTTPStatus.METHOD_NOT_ALLOWED)
        if address == _HEALTH:
            return self.refuse(HTTPStatus.OK if self._door.is_well() else HTTPStatus.SERVICE_UNAVAILABLE)
        board, page = BOARD_STREAM.fullmatch(address), PAGE_STREAM.fullmatch(address)
        if not board and not page:
            return self.refuse(HTTPStatus.NOT_FOUND)
        if self._door.streams >= self._door.most:
            return self.refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        self._stop_asking()
        self._door.streams += 1
        self._is_counted = True
        if board:
            self._leave = self._door.source.show_board(Subject(UUID(board[1]), board[2]), self)
        elif page:
            places = {UUID(place) for place in page[1].split(",")}
            age = int(page[2]) / 1000 if page[2] else None
            self._leave = self._door.source.wake_page(places, self, age=age)

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.cancel()

    def _give_up_asking(self) -> None:
        if not self._is_asked:
            self.drop()

    def _is_stalled(self) -> bool:
        return self._stalled_at is not None and _now() - self._stalled_at > _STALLED


def _now() -> float:
    return asyncio.get_running_loop().time()
