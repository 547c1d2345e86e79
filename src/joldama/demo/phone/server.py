"""The phone's local server: its own pages, for whoever holds the demonstration's phone."""

import secrets
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from joldama.demo.phone import pages
from joldama.demo.phone.calls import Calls, Scanned, Unanswered
from joldama.demo.signer.keys import Keys

_STYLE = Path(__file__).parents[1] / "signer" / "signer.css"
_LARGEST_BODY = 10_000
_MOST = 100


@dataclass(frozen=True)
class Settings:
    """Where the phone's pages are (loopback), and what time it is in the demonstration."""

    url: str
    now: Callable[[], datetime]


class Scans:
    """What was scanned and waits for an answer, under random names."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Scanned] = OrderedDict()

    def add(self, scanned: Scanned) -> str:
        """Keep it; give its name."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._open[name] = scanned
            while len(self._open) > _MOST:
                self._open.popitem(last=False)
        return name

    def get(self, name: str) -> Scanned | None:
        """Give what is kept under a name."""
        with self._lock:
            return self._open.get(name)

    def forget(self, name: str) -> None:
        """Drop what is over."""
        with self._lock:
            self._open.pop(name, None)


def make_server(settings: Settings, keys: Keys, calls: Calls, *, port: int) -> ThreadingHTTPServer:
    """Make the server, bound to loopback; raises OSError when the port is in use."""

    class Handler(_Handler):
        pass

    Handler.settings, Handler.keys, Handler.calls, Handler.scans = settings, keys, calls, Scans()
    return _Server(("127.0.0.1", port), Handler)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Report a fault of ours; a browser that left before its answer came has done no wrong."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed's private alias


class _Handler(BaseHTTPRequestHandler):
    settings: ClassVar[Settings]
    keys: ClassVar[Keys]
    calls: ClassVar[Calls]
    scans: ClassVar[Scans]
    server_version = "JoldamaDemoPhone"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/phone.css":
            return self._answer(HTTPStatus.OK, _STYLE.read_bytes(), "text/css; charset=utf-8")
        if address.path == "/":
            return self._html(pages.home(self._language(), code=self._asked("qr")))
        scanned = self.scans.get(address.path.removeprefix("/scans/"))
        if scanned is None:
            return self._gone()
        return self._html(
            pages.showing(address.path.rpartition("/")[2], scanned, self.keys, self._language())
        )

    def do_POST(self) -> None:
        if self.headers.get("Origin", self.settings.url) != self.settings.url:
            return self._html(pages.over("demo.phone.gone", self._language()), HTTPStatus.FORBIDDEN)
        fields = self._fields()
        path = urlsplit(self.path).path
        if path == "/scan":
            return self._scan(fields.get("code", ""))
        return self._sign(path.removeprefix("/scans/"), fields)

    def _scan(self, code: str) -> None:
        try:
            name = self.scans.add(self.calls.scan(code))
        except Unanswered as wrong:
            return self._html(pages.home(self._language(), code=code, wrong=wrong), HTTPStatus.BAD_REQUEST)
        return self._to(f"/scans/{name}?language={self._language()}")

    def _sign(self, name: str, fields: dict[str, str]) -> None:
        scanned = self.scans.get(name)
        if scanned is None:
            return self._gone()
        if fields.get("answer") != "sign":
            self.scans.forget(name)
            return self._html(pages.over("demo.phone.cancelled", self._language()))
        try:
            cms = self.keys.sign(fields.get("key", ""), scanned.document, at=self.settings.now())
            self.calls.send(scanned, cms)
        except (KeyError, Unanswered) as error:
            wrong = error if isinstance(error, Unanswered) else Unanswered(key="demo.signer.no_key")
            shown = pages.showing(name, scanned, self.keys, self._language(), wrong=wrong)
            return self._html(shown, HTTPStatus.BAD_REQUEST)
        self.scans.forget(name)
        return self._html(pages.over("demo.phone.signed", self._language()))

    def _gone(self) -> None:
        self._html(pages.over("demo.phone.gone", self._language()), HTTPStatus.NOT_FOUND)

    def _language(self) -> str:
        return pages.language_of(self._asked("language"))

    def _asked(self, name: str) -> str:
        return parse_qs(urlsplit(self.path).query).get(name, [""])[0]

    def _fields(self) -> dict[str, str]:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            return {}
        read = self.rfile.read(int(length)).decode("utf-8", "replace")
        return {name: values[0] for name, values in parse_qs(read).items()}

    def _to(self, address: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _html(self, text: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._answer(status, text.encode(), "text/html; charset=utf-8")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: addresses carry the names of scans."""
