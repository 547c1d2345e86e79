"""The emulated centre's local server: lists are fetched, questions are posted."""

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from govkz.eds.ocsp import MAX_OCSP_BYTES
from joldama.demo.centre.emulated import EmulatedCentre, Said


def make_server(port: int, centre: EmulatedCentre) -> ThreadingHTTPServer:
    """Make the server, bound to loopback; raises OSError when the port is in use."""

    class Handler(_Handler):
        pass

    Handler.centre = centre
    return _Server(("127.0.0.1", port), Handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Report a fault of ours; who stopped waiting has done no wrong."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed's private alias


class _Handler(BaseHTTPRequestHandler):
    centre: ClassVar[EmulatedCentre]
    protocol_version = "HTTP/1.1"
    server_version = "JoldamaDemoCentre"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        self._say(self.centre.published(self.path))

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if not size.isascii() or not size.isdigit() or int(size) > MAX_OCSP_BYTES:
            self.close_connection = True
            return self._end(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self._say(self.centre.answered(self.path, self.rfile.read(int(size))))

    def log_message(self, *args: object) -> None:
        """Say nothing: what is asked names people by their serial numbers."""

    def _say(self, said: Said | None) -> None:
        if said is None:
            return self._end(HTTPStatus.NOT_FOUND)
        if self.headers.get("If-None-Match") == said.etag:
            return self._end(HTTPStatus.NOT_MODIFIED)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", said.kind)
        self.send_header("ETag", said.etag)
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        self.wfile.write(said.body)

    def _end(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
