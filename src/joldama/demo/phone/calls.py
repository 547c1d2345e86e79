"""The three calls, as the phone makes them: it knows the QR code's content and nothing else of the portal."""

import base64
import binascii
import copy
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

PREFIX = "mobileSign:"
LONGEST = 500
"""Characters of a code."""

_PATIENCE = 30.0


class Unanswered(Exception):
    """The portal did not give what was asked for; `key` says why, or its own `message`."""

    def __init__(self, *, key: str = "", message: str = "") -> None:
        super().__init__(key or message)
        self.key = key
        self.message = message


@dataclass(frozen=True)
class Scanned:
    """What the first two calls told."""

    invitation: dict[str, Any]
    asked: dict[str, Any]

    @property
    def uri(self) -> str:
        return str(self.invitation["document"]["uri"])

    @property
    def document(self) -> bytes:
        return base64.b64decode(self._file["data"], validate=True)

    @property
    def first(self) -> dict[str, Any]:
        """The one document that is asked for."""
        return dict(self.asked["documentsToSign"][0])

    @property
    def _file(self) -> dict[str, Any]:
        return dict(self.first["document"]["file"])

    def signed(self, cms: bytes) -> dict[str, Any]:
        """Give the third call's message: the same structure, the signature in the document's place."""
        message = copy.deepcopy(self.asked)
        message["documentsToSign"][0]["document"]["file"]["data"] = base64.b64encode(cms).decode()
        return message


class Calls:
    """Calls one portal: the real application, too, calls only addresses that it was told of before."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._client = httpx.Client(timeout=_PATIENCE, headers={"User-Agent": "JoldamaDemoPhone"})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def scan(self, content: str) -> Scanned:
        """Make the first call and the second; raise Unanswered."""
        text = "".join(content.split())
        if not text.startswith(PREFIX) or len(text) > LONGEST:
            raise Unanswered(key="demo.phone.no_code")
        invitation = self._get(text.removeprefix(PREFIX))
        try:
            scanned = Scanned(invitation, self._get(str(invitation["document"]["uri"])))
            is_whole = scanned.document and scanned.first["nameKz"] and invitation["organisation"]["nameKz"]
        except (LookupError, TypeError, binascii.Error) as error:
            raise Unanswered(key="demo.phone.not_understood") from error
        if not is_whole:
            raise Unanswered(key="demo.phone.not_understood")
        return scanned

    def send(self, scanned: Scanned, cms: bytes) -> None:
        """Make the third call; raise Unanswered where the signature is not taken."""
        self._answer("PUT", scanned.uri, json=scanned.signed(cms))

    def _get(self, address: str) -> dict[str, Any]:
        told = self._answer("GET", address)
        if not isinstance(told, dict):
            raise Unanswered(key="demo.phone.not_understood")
        return told

    def _answer(self, method: str, address: str, **more: Any) -> Any:
        if not address.startswith(f"{self._origin}/"):
            raise Unanswered(key="demo.phone.foreign")
        try:
            response = self._client.request(method, address, **more)
            told = response.json()
        except httpx.HTTPError as error:
            raise Unanswered(key="demo.phone.silent") from error
        except ValueError as error:
            raise Unanswered(key="demo.phone.not_understood") from error
        if response.status_code != httpx.codes.OK:
            raise Unanswered(message=str(told.get("message", "")) if isinstance(told, dict) else "")
        return told
