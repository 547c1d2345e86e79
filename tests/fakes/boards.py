"""A web server that has one board for every place, and counts who asks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar


class Boards:
    """What the board shows now, and how often it was asked for."""

    def __init__(self) -> None:
        self.origin = ""
        self.show_as_at_first()

    def show_as_at_first(self) -> None:
        """Forget what was told and asked."""
        self.called = "А001"
        self.status = 200
        self.asked: list[tuple[str, str]] = []
        self.kept_waiting: set[str] = set()
        self.may_answer = threading.Event()

    @property
    def page(self) -> str:
        """The page as it stands."""
        return (
            '<html lang="kk"><body><p id="title">Тақта</p>'
            f'<section id="called" data-live="2"><section><b>{self.called}</b></section><br></section>\n'
            '<p id="rule" data-live="2">Кезек &amp; тәртіп</p></body></html>'
        )


@contextmanager
def boards_served() -> Iterator[Boards]:
    """Serve boards on a port of the loopback."""
    shown = Boards()

    class Handler(_Handler):
        boards = shown

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shown.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield shown
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    boards: ClassVar[Boards]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.boards.asked.append((self.path, self.headers["Cookie"]))
        if self.path in self.boards.kept_waiting:
            self.boards.may_answer.wait(30)
        page = self.boards.page.encode()
        self.send_response(self.boards.status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""
