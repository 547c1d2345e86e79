"""A phone with eGov Mobile: it knows a QR code's content and three calls, nothing else of the house."""

import base64
import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.test import Client

from govkz.eds.pki import Identity

HOME = "198.51.100.7"
ELSEWHERE = "203.0.113.80"


class Phone:
    """Somebody's phone in one network."""

    def __init__(self, key: Identity, *, at: datetime, network: str = HOME) -> None:
        self._key = key
        self._at = at
        self._client = Client(REMOTE_ADDR=network, HTTP_ACCEPT_LANGUAGE="en")
        self.invitation: dict[str, Any] = {}
        self.asked: dict[str, Any] = {}

    def scan(self, content: str) -> Any:
        """Make the first call."""
        assert content.startswith("mobileSign:")
        answer = self._client.get(path_of(content.removeprefix("mobileSign:")))
        self.invitation = answer.json()
        return answer

    def read(self) -> Any:
        """Make the second call."""
        answer = self._client.get(path_of(self.invitation["document"]["uri"]))
        self.asked = answer.json()
        return answer

    @property
    def document(self) -> bytes:
        """What is to be signed."""
        return base64.b64decode(self.asked["documentsToSign"][0]["document"]["file"]["data"])

    def sign(self, document: bytes | None = None) -> bytes:
        """Sign the document that was read, or another."""
        return self._key.sign(self.document if document is None else document, at=self._at)

    def answered(self, cms: bytes) -> dict[str, Any]:
        """Give the third call's message: the second one's, the signature in the document's place."""
        message = json.loads(json.dumps(self.asked))
        message["documentsToSign"][0]["document"]["file"]["data"] = base64.b64encode(cms).decode()
        return message

    def send(self, cms: bytes | None = None) -> Any:
        """Make the third call."""
        return self.put(json.dumps(self.answered(self.sign() if cms is None else cms)).encode())

    def put(self, body: bytes) -> Any:
        """Send any bytes where the signature belongs."""
        address = path_of(self.invitation["document"]["uri"])
        return self._client.put(address, body, content_type="application/json")

    def sign_by(self, content: str) -> Any:
        """Scan, read, sign and send; give the answer to the last call."""
        assert self.scan(content).status_code == 200
        assert self.read().status_code == 200
        return self.send()


def content_on(page: str) -> str:
    """Give what the QR code of a page holds, off the link for a phone that shows it."""
    found = re.search(r'href="https://m\.egov\.kz/\w+Sign/\?link=([^&"]+)&', page)
    assert found, page
    return f"mobileSign:{unquote(found[1])}"


def path_of(address: str) -> str:
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == "http://localhost:8000"
    return parts.path
