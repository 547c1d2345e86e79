"""A page that listens, as far as the stream knows: one request, and what is said read event by event."""

import json
import socket
from contextlib import suppress
from typing import Any, Self

PATIENCE = 30.0


class Listener:
    """A stream that was asked for; `status` and `headers` are those of its answer."""

    def __init__(self, port: int, address: str, *, method: str = "GET", takes: int | None = None) -> None:
        self._socket = socket.socket()
        self._socket.settimeout(PATIENCE)
        if takes is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, takes)
        self._socket.connect(("127.0.0.1", port))
        self._socket.sendall(f"{method} {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        self._said = self._socket.makefile("rb")
        self.heard: list[str] = []
        self.read_bytes = 0

    def __enter__(self) -> Self:
        self.status = int(self._said.readline().split()[1])
        lines = iter(lambda: self._said.readline().decode().strip(), "")
        self.headers = {
            name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
        }
        return self

    def __exit__(self, *error: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Go away."""
        self._said.close()
        self._socket.close()

    def next(self, wanted: str) -> Any:
        """Give what the next event of a name says; those before it are in `heard`."""
        while True:
            name = self._said.readline().decode().removeprefix("event: ").strip()
            assert name, "the stream has ended"
            said = json.loads(self._said.readline().removeprefix(b"data: "))
            self._said.readline()
            self.heard.append(name)
            if name == wanted:
                return said

    def hears_nothing(self) -> bool:
        """Say whether nothing waits to be read."""
        self._socket.setblocking(False)
        try:
            return not self._said.peek(1)
        except BlockingIOError:
            return True
        finally:
            self._socket.settimeout(PATIENCE)

    def ends(self) -> bool:
        """Read to the end of the stream; say whether it came."""
        with suppress(ConnectionResetError):
            while read := self._said.read1(65536):
                self.read_bytes += len(read)
        return True
