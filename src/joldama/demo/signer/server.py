"""The signer's own pages: the window in which a person answers, and signing a file by hand."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesParser
from email.policy import HTTP
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed

from govkz.eds import as_pem
from joldama.demo.signer import pages, protocol
from joldama.demo.signer.keys import Keys
from joldama.demo.signer.requests import LARGEST, Request, Requests, State

_STYLE = Path(__file__).with_name("signer.css")
_ANSWER = re.compile(r"^/requests/([\w-]{10,40})/answer$")
_LARGEST_BODY = 4 * LARGEST


@dataclass(frozen=True)
class Settings:
    """Where the pages are (loopback), on whose pages the window may stand, the demonstration's time."""

    port: int
    origin: str
    now: Callable[[], datetime]


def make_server(settings: Settings, keys: Keys, requests: Requests) -> ThreadingHTTPServer:
    """Make the server, bound to loopback; raises OSError when the port is in use."""

    class Handler(_Handler):
        pass

    Handler.settings, Handler.keys, Handler.requests = settings, keys, requests
    return _Server(("127.0.0.1", settings.port), Handler)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Report a fault of ours; a browser that left before its answer came has done no wrong.

        The portal's page takes the window away as soon as it has its answer.
        """
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed's private alias


class _Handler(BaseHTTPRequestHandler):
    settings: ClassVar[Settings]
    keys: ClassVar[Keys]
    requests: ClassVar[Requests]
    server_version = "JoldamaDemoSigner"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        language = pages.language_of(asked.get("language", ""))
        match address.path:
            case "/":
                return self._html(pages.by_hand(self.keys, language))
            case "/window":
                return self._window(asked.get("document", ""), language)
            case "/signer.css":
                return self._answer(HTTPStatus.OK, _STYLE.read_bytes(), "text/css; charset=utf-8")
            case _:
                return self._html(pages.gone(language), HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        language = pages.language_of(parse_qs(address.query).get("language", [""])[0])
        body = self._body()
        if body is None:
            return self._html(pages.gone(language), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if address.path == "/sign":
            return self._sign_by_hand(body, language)
        found = _ANSWER.match(address.path)
        if found:
            return self._take_answer(found[1], parse_qs(body.decode("utf-8", "replace")))
        return self._html(pages.gone(language), HTTPStatus.NOT_FOUND)

    def _window(self, digest: str, language: str) -> None:
        """Show what the page asks whose document has this digest."""
        request = self.requests.about(digest)
        if request is None:
            return self._html(pages.gone(language), HTTPStatus.NOT_FOUND)
        return self._html(pages.asking(request, self.keys))

    def _take_answer(self, name: str, fields: dict[str, list[str]]) -> None:
        request = self.requests.get(name)
        if request is None:
            return self._html(pages.gone(pages.language_of("")), HTTPStatus.NOT_FOUND)
        try:
            if request.state == State.WAITING:
                self._carry_out(request, fields)
        except KeyError:
            return self._html(pages.asking(request, self.keys), HTTPStatus.BAD_REQUEST)
        except ConnectionClosed:
            return self._html(pages.gone(pages.language_of(request.asked.language)), HTTPStatus.GONE)
        return self._html(pages.answered(request))

    def _carry_out(self, request: Request, fields: dict[str, list[str]]) -> None:
        """Sign, or do not, and answer the page; raise KeyError where there is no such key."""
        if fields.get("answer") != ["sign"]:
            request.state = State.CANCELLED
            return request.reply(protocol.CANCELLED)
        key = fields.get("key", [""])[0]
        cms = self.keys.answer(request.asked, key, at=self.settings.now())
        request.state = State.SIGNED
        return request.reply(protocol.signed(as_pem(cms)))

    def _sign_by_hand(self, body: bytes, language: str) -> None:
        fields = _multipart(self.headers.get("Content-Type", ""), body)
        document, key = fields.get("document", b""), fields.get("key", b"").decode("utf-8", "replace")
        if not 0 < len(document) <= LARGEST:
            return self._html(
                pages.by_hand(self.keys, language, error="demo.signer.no_file"), HTTPStatus.BAD_REQUEST
            )
        try:
            cms = self.keys.sign(key, document, at=self.settings.now())
        except KeyError:
            return self._html(
                pages.by_hand(self.keys, language, error="demo.signer.no_key"), HTTPStatus.BAD_REQUEST
            )
        return self._answer(HTTPStatus.OK, cms, "application/pkcs7-mime", filename="signed.cms")

    def _body(self) -> bytes | None:
        try:
            length = int(self.headers.get("Content-Length", "0"))
        except ValueError:
            return None
        return self.rfile.read(length) if 0 <= length <= _LARGEST_BODY else None

    def _html(self, text: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._answer(status, text.encode(), "text/html; charset=utf-8")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str, *, filename: str = "") -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
            f"base-uri 'none'; frame-ancestors {self.settings.origin}",
        }
        if filename:
            headers["Content-Disposition"] = f'attachment; filename="{filename}"'
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: addresses carry the names of requests."""


def _multipart(kind: str, body: bytes) -> dict[str, bytes]:
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    if not message.is_multipart():
        return {}
    fields = {}
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            fields[str(part.get_param("name", header="content-disposition"))] = content
    return fields
