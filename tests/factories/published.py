"""A server of this machine that says what a test has it say, and remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Speak = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Place:
    """Where the server listens, what it says from now on, and what it was asked."""

    address: str
    speak: Speak
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def speaking(speak: Speak) -> Iterator[Place]:
    """Lend a server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            place.asked.append((self.command, self.path, dict(self.headers), body))
            place.speak(self)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who left early is no fault
    place = Place(f"http://127.0.0.1:{server.server_port}/", speak)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield place
    finally:
        server.shutdown()
        server.server_close()


def saying(status: int, body: bytes = b"", **headers: str) -> Speak:
    """Answer with a status, a body and headers (`Content_Type` for Content-Type)."""

    def speak(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        given = {"Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}
        for name, value in given.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return speak
