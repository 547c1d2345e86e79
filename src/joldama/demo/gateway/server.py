"""The emulated gateway's local server: messages are posted to its one address."""

import select
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from govkz.gateway import LARGEST, Malformed, gbdfl, shep
from govkz.gateway.shep import Fault, SyncResponse
from joldama.demo.gateway.moods import Mood, Moods
from joldama.demo.gateway.register import EmulatedRegister

LONGEST_SILENCE = 60.0
"""Seconds a silent connection is kept, if whoever asked does not leave before."""

_PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


def make_server(port: int, register: EmulatedRegister, moods: Moods) -> ThreadingHTTPServer:
    """Make the server, bound to loopback; raises OSError when the port is in use."""

    class Handler(_Handler):
        pass

    Handler.register, Handler.moods = register, moods
    return _Server(("127.0.0.1", port), Handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a silence does not outlive the process

    def handle_error(self, request: object, client_address: object) -> None:
        """Report a fault of ours; who stopped waiting for a silent gateway has done no wrong."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed's private alias


class _Handler(BaseHTTPRequestHandler):
    register: ClassVar[EmulatedRegister]
    moods: ClassVar[Moods]
    protocol_version = "HTTP/1.1"
    server_version = "JoldamaDemoGateway"
    sys_version = ""
    timeout = 60

    def do_POST(self) -> None:
        message = self._body()
        try:
            iin = gbdfl.read_request(shep.read_request(message).data).iin
        except Malformed as wrong:
            return self._fault("Client", "VAL-001", str(wrong))
        match self.moods.meet(iin):
            case Mood.SILENT:
                self._keep_silent()
            case Mood.FAULT:
                self._fault("Server", "FAULT-015", "The service does not answer")
            case Mood.REJECTS:
                self._fault("Client", "VAL-R-004", "The sender is not known")
            case Mood.FAILURE:
                self._answer(HTTPStatus.OK, self._failure())
            case Mood.GARBLED:
                self._answer(HTTPStatus.OK, _PAGE)
            case Mood.ANSWERS:
                self._answer(HTTPStatus.OK, self.register.answer(message))

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST:
            self.close_connection = True
            return b""
        return self.rfile.read(int(length))

    def _keep_silent(self) -> None:
        """Wait until the other side leaves: then its end of the connection becomes readable."""
        self.close_connection = True
        select.select([self.connection], [], [], LONGEST_SILENCE)

    def _failure(self) -> bytes:
        return shep.write_response(
            SyncResponse(
                message_id="0",
                answered_at=self.register.now(),
                code=shep.FAILURE,
                message="Failed to process message",
            )
        )

    def _fault(self, whose: str, code: str, message: str) -> None:
        fault = Fault(
            soap_code=whose, soap_text=message, code=code, message=message, failed_at=self.register.now()
        )
        self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, shep.write_fault(fault))

    def _answer(self, status: HTTPStatus, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", shep.CONTENT_TYPE)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: the worker keeps account of what it asked."""
