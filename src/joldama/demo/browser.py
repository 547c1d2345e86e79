"""A person's browser and signing program, as far as the guided run needs them: no shortcuts.

Real HTTP, and the WebSocket of NCALayer.
"""

import json
import time
from typing import Any
from urllib.parse import urljoin

import httpx
from lxml import html
from websockets.sync.client import connect
from websockets.typing import Origin

PATIENCE = 30.0
"""Seconds that something the worker does may take before the run gives up."""


class Unexpected(Exception):
    """A page was not what the run expects; names the page and what it said."""


class Browser:
    """Opens pages, fills in their forms, and has documents signed by the demo signer."""

    def __init__(self, base_url: str) -> None:
        self._client = httpx.Client(base_url=base_url, timeout=PATIENCE, follow_redirects=True)
        self._origin = base_url
        self.address = ""
        self.page: Any = None

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def carry(self, cookie: str, value: str) -> None:
        """Keep a cookie from now on, as a device that was set up before."""
        self._client.cookies.set(cookie, value)

    def open(self, address: str) -> None:
        """Open a page; raise Unexpected unless it opens."""
        self._show(self._client.get(address))

    def send(self, given: dict[str, Any] | None = None, *, action: str = "") -> None:
        """Send a form of the page: the one with this action, else the one that holds the given fields."""
        form = self._form(given or {}, action)
        fields: list[tuple[str, str]] = [
            (name, value) for name, value in form.form_values() if name not in (given or {})
        ]
        for name, value in (given or {}).items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        target = urljoin(self.address, action or form.get("action") or self.address)
        body = {name: [value for other, value in fields if other == name] for name, _ in fields}
        self._show(self._client.post(target, data=body, headers={"Referer": self.address}))

    def sign(self, *, key: str) -> None:
        """Have the document of the page signed as its script does, with this key, and send what came back."""
        form = self.page.cssselect("form[data-ncalayer]")[0]
        request = json.loads(form.get("data-request"))
        request["args"]["data"] = form.get("data-document")
        with connect(form.get("data-ncalayer"), origin=Origin(self._origin), proxy=None) as line:
            json.loads(line.recv(PATIENCE))  # the greeting
            line.send(json.dumps(request))
            self._answer(form.cssselect("[data-window]")[0].get("data-window"), key=key)
            answer = json.loads(line.recv(PATIENCE))
        self.send({"cms": answer["body"]["result"]})

    def fetch(self, address: str) -> bytes:
        """Fetch a file."""
        response = self._client.get(address)
        if response.status_code != httpx.codes.OK:
            raise Unexpected(f"{address}: {response.status_code}")
        return response.content

    def wait_for(self, address: str, selector: str) -> None:
        """Open a page again and again until it shows an element; raise Unexpected when it never does."""
        until = time.monotonic() + PATIENCE
        while True:
            self.open(address)
            if self.page.cssselect(selector):
                return
            if time.monotonic() > until:
                raise Unexpected(f"{address}: never showed {selector}")
            time.sleep(0.05)

    def _answer(self, window: str, *, key: str) -> None:
        """Choose the key in the signer's window and press Sign."""
        asking = html.fromstring(self._client.get(window).raise_for_status().content)
        action = urljoin(window, asking.forms[0].get("action"))
        self._client.post(action, data={"answer": "sign", "key": key}).raise_for_status()

    def _form(self, given: dict[str, Any], action: str) -> Any:
        for form in self.page.forms:
            if (form.get("method") or "").lower() != "post":
                continue
            actions = [
                form.get("action") or "",
                *(b.get("formaction") for b in form.cssselect("[formaction]")),
            ]
            if action and any(one.endswith(action) for one in actions):
                return form
            if not action and set(given) <= set(form.fields.keys()):
                return form
        raise Unexpected(f"{self.address}: no form for {action or sorted(given)}")

    def _show(self, response: httpx.Response) -> None:
        self.address = str(response.url)
        self.page = html.fromstring(response.content)
        if response.status_code >= httpx.codes.BAD_REQUEST:
            said = " ".join(self.page.cssselect("main")[0].text_content().split())[:400]
            raise Unexpected(f"{self.address}: {response.status_code}: {said}")
