"""The signer's local server: a few addresses, the portal's origin only, the token of this start."""

import base64
import binascii
import hmac
import json
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

from joldama.demo.signer import pages
from joldama.demo.signer.keys import Keys
from joldama.demo.signer.requests import LARGEST, Requests, State

_STYLE = Path(__file__).with_name("signer.css")
_REQUEST = re.compile(r"^/requests/([\w-]{10,40})(/page|/answer)?$")
_LARGEST_BODY = 4 * LARGEST


@dataclass(frozen=True)
class Settings:
    """Where the signer listens (loopback), who may ask, and what time it is in the demonstration."""

    port: int
    origin: str
    token: str
    now: Callable[[], datetime]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


def make_server(settings: Settings, keys: Keys) -> ThreadingHTTPServer:
    """Make the server, bound to loopback; raises OSError when the port is in use."""

    class Handler(_Handler):
        pass

    Handler.settings, Handler.keys, Handler.requests = settings, keys, Requests()
    return _Server(("127.0.0.1", settings.port), Handler)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Report a fault of ours; a browser that left before its answer came has done no wrong.

        The portal's page takes the signer's frame away as soon as it knows the answer.
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

    def do_OPTIONS(self) -> None:
        """Let the portal's pages ask (CORS)."""
        self._answer(HTTPStatus.NO_CONTENT, b"", "text/plain", cors=True)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        language = pages.language_of(parse_qs(address.query).get("language", [""])[0])
        if address.path == "/":
            return self._html(pages.by_hand(self.keys, language))
        if address.path == "/signer.css":
            return self._answer(HTTPStatus.OK, _STYLE.read_bytes(), "text/css; charset=utf-8")
        found = _REQUEST.match(address.path)
        if found and found[2] == "/page":
            return self._page(found[1], language)
        if found and found[2] is None:
            return self._state(found[1])
        return self._html(pages.gone(language), HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        body = self._body()
        if body is None:
            return self._json({"error": "too_large"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if address.path == "/requests":
            return self._ask(body)
        if address.path == "/sign":
            return self._sign_by_hand(body, parse_qs(address.query).get("language", [""])[0])
        found = _REQUEST.match(address.path)
        if found and found[2] == "/answer":
            return self._take_answer(found[1], parse_qs(body.decode("utf-8", "replace")))
        return self._json({"error": "unknown"}, HTTPStatus.NOT_FOUND)

    def _ask(self, body: bytes) -> None:
        if not self._has_token():
            return self._json({"error": "token"}, HTTPStatus.FORBIDDEN)
        try:
            asked = json.loads(body)
            document = base64.b64decode(asked["document"], validate=True)
            title = str(asked.get("title", ""))[:200]
            iin, is_official = str(asked.get("iin") or ""), bool(asked.get("bin"))
            language = pages.language_of(str(asked.get("language", "")))
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
            return self._json({"error": "malformed"}, HTTPStatus.BAD_REQUEST)
        if not 0 < len(document) <= LARGEST:
            return self._json({"error": "too_large"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        key = self.keys.of(iin=iin, is_official=is_official)
        name = self.requests.add(title=title, document=document, language=language, key=key)
        return self._json({"id": name, "url": f"{self.settings.url}/requests/{name}/page"})

    def _state(self, name: str) -> None:
        if not self._has_token():
            return self._json({"error": "token"}, HTTPStatus.FORBIDDEN)
        request = self.requests.get(name)
        if request is None:
            return self._json({"error": "unknown"}, HTTPStatus.NOT_FOUND)
        return self._json({"state": request.state, "cms": base64.b64encode(request.cms).decode()})

    def _page(self, name: str, language: str) -> None:
        request = self.requests.get(name)
        if request is None:
            return self._html(pages.gone(language), HTTPStatus.NOT_FOUND)
        if request.state != State.WAITING:
            return self._html(pages.answered(request))
        return self._html(pages.asking(name, request, self.keys))

    def _take_answer(self, name: str, fields: dict[str, list[str]]) -> None:
        request = self.requests.get(name)
        if request is None:
            return self._html(pages.gone(pages.language_of("")), HTTPStatus.NOT_FOUND)
        if request.state == State.WAITING:
            if fields.get("answer") == ["sign"]:
                try:
                    request.cms = self.keys.sign(
                        fields.get("key", [""])[0], request.document, at=self.settings.now()
                    )
                except KeyError:
                    return self._html(pages.asking(name, request, self.keys), HTTPStatus.BAD_REQUEST)
                request.state = State.SIGNED
            else:
                request.state = State.CANCELLED
        return self._html(pages.answered(request))

    def _sign_by_hand(self, body: bytes, asked_language: str) -> None:
        language = pages.language_of(asked_language)
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

    def _has_token(self) -> bool:
        return hmac.compare_digest(
            self.headers.get("X-Signer-Token", "").encode(), self.settings.token.encode()
        )

    def _body(self) -> bytes | None:
        try:
            length = int(self.headers.get("Content-Length", "0"))
        except ValueError:
            return None
        return self.rfile.read(length) if 0 <= length <= _LARGEST_BODY else None

    def _json(self, value: dict[str, str], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._answer(status, json.dumps(value).encode(), "application/json", cors=True)

    def _html(self, text: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._answer(status, text.encode(), "text/html; charset=utf-8")

    def _answer(
        self, status: HTTPStatus, body: bytes, kind: str, *, cors: bool = False, filename: str = ""
    ) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
            f"base-uri 'none'; frame-ancestors {self.settings.origin}",
        }
        if cors:
            headers |= {
                "Access-Control-Allow-Origin": self.settings.origin,
                "Access-Control-Allow-Headers": "Content-Type, X-Signer-Token",
                "Access-Control-Allow-Methods": "GET, POST",
                "Vary": "Origin",
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
