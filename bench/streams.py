"""As many open boards as are wanted, in a process of their own, and a bare server of as many sockets."""

import asyncio
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, Self

from joldama.config.ports import LOOPBACK, free_port

_FILES = 4096
_PATIENCE = 60.0
_SPAWN = multiprocessing.get_context("spawn")


class Boards:
    """Streams that are open, and when each received what was expected; moments are of the machine's monotonic clock."""

    def __init__(self, port: int, address: str, count: int) -> None:
        self.latest = b""
        self._pipe, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_watch, args=(theirs, port, address, count), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._take()
        return self

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.join()

    def expect(self, word: str) -> None:
        """From now on, wait for an event with this word in it."""
        self._pipe.send(word.encode())
        self._take()

    def arrived(self) -> list[float]:
        """Give when it came, of every board."""
        self.latest, moments = self._take()
        return list(moments)

    def _take(self) -> Any:
        if not self._pipe.poll(_PATIENCE):
            raise TimeoutError("not every board was told")
        return self._pipe.recv()


class _Board(asyncio.Protocol):
    def __init__(self, watch: "_Watch") -> None:
        self._watch = watch
        self._said = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self._watch.request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        whole, ended, self._said = (self._said + data).rpartition(b"\n\n")
        if ended:
            self._watch.heard(self, whole + ended, now)


class _Watch:
    def __init__(self, pipe: Connection, address: str, count: int) -> None:
        self.request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        self._pipe = pipe
        self._count = count
        self._expected = b"event: "  # the first one, of which each board has its own
        self._heard: dict[_Board, float] = {}

    def expect(self) -> None:
        self._expected = self._pipe.recv()
        self._heard = {}
        self._pipe.send(None)

    def heard(self, board: _Board, said: bytes, now: float) -> None:
        if not self._expected or self._expected not in said or board in self._heard:
            return
        self._heard[board] = now
        if len(self._heard) == self._count:
            self._expected = b""
            self._pipe.send((said, list(self._heard.values())))


def _watch(pipe: Connection, port: int, address: str, count: int) -> None:
    async def watched() -> None:
        watch = _Watch(pipe, address, count)
        loop = asyncio.get_running_loop()
        for _ in range(count):
            await loop.create_connection(lambda: _Board(watch), LOOPBACK, port)
        loop.add_reader(pipe.fileno(), watch.expect)
        await asyncio.Event().wait()

    _allow_files()
    asyncio.run(watched())


@contextmanager
def bare_server(count: int) -> Iterator[tuple[int, Callable[[bytes], float]]]:
    """Run a server that writes to all its sockets what it is handed; give its port, and how (returns when it began)."""
    port = free_port()
    pipe, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs, port), daemon=True)
    process.start()

    def write(said: bytes) -> float:
        pipe.send(said)
        return float(pipe.recv())

    try:
        pipe.recv()
        yield port, write
    finally:
        process.terminate()
        process.join()


class _Socket(asyncio.Protocol):
    def __init__(self, open_ones: list[asyncio.Transport]) -> None:
        self._open_ones = open_ones

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._transport.write(b"HTTP/1.1 200 OK\r\n\r\nevent: beat\ndata: 0\n\n")
        self._open_ones.append(self._transport)


def _serve(pipe: Connection, port: int) -> None:
    async def served() -> None:
        open_ones: list[asyncio.Transport] = []
        loop = asyncio.get_running_loop()

        def write() -> None:
            said = pipe.recv()
            began = time.monotonic()
            for one in open_ones:
                one.write(said)
            pipe.send(began)

        await loop.create_server(lambda: _Socket(open_ones), LOOPBACK, port, backlog=1024)
        loop.add_reader(pipe.fileno(), write)
        pipe.send(None)
        await asyncio.Event().wait()

    _allow_files()
    asyncio.run(served())


def _allow_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < _FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(_FILES, hard) if hard > 0 else _FILES, hard))
