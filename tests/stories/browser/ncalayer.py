"""NCALayer on somebody's computer, for the stories: it greets, and answers as a story says.

What it says has the shapes of recorded real exchanges (tests/joldama/ui/test_ncalayer.py holds them to these).
"""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from govkz.eds import as_pem
from govkz.eds.keep import Keep
from govkz.eds.pki import Identity
from joldama.demo.signer.clock import signer_offset
from tests.stories.browser.house import House

GREETING = {"result": {"version": "1.4"}}
CANCELLED: dict[str, Any] = {"body": {}, "status": True}
INVOCATION_ERROR = {
    "code": "INVOCATION_ERROR",
    "details": 'org.json.JSONException: JSONObject["signingParams"] is not a JSONObject.',
    "message": "An invoked method threw an exception.",
    "status": False,
}
GENERAL_ERROR = {"code": "GENERAL_ERROR", "message": "General error.", "status": False}
OF_AN_OLD_MODULE = {"code": "500", "message": "action.canceled"}
"""What the older module commonUtils answers; the pages never ask it."""

Answer = Callable[[dict[str, Any]], object]


def signed(pem: str) -> dict[str, Any]:
    return {"body": {"result": pem}, "status": True}


def signed_in_a_list(*pem: str) -> dict[str, Any]:
    return {"body": {"result": list(pem)}, "status": True}


class NcaLayer:
    """The program; `asked` are the requests that came, `answer` is what becomes of the next ones."""

    def __init__(self, house: House, *, port: int) -> None:
        self.house = house
        self._port = port
        self.address = f"ws://127.0.0.1:{port}/"
        self.asked: list[dict[str, Any]] = []
        self.greeting: object = GREETING
        self.answer: Answer = self.sign_with("citizen-card")
        self._lines: set[ServerConnection] = set()

    def start(self) -> None:
        """Let the program run."""
        self._server = serve(self._converse, "127.0.0.1", self._port)
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End the program, and whatever waits in it."""
        self._server.shutdown()
        for line in list(self._lines):
            line.close()

    def key(self, name: str) -> Identity:
        """Give a key of the demonstration."""
        return Keep(self.house.home / "demo-pki").load_identity(name)

    def sign_with(self, key: str | Identity) -> Answer:
        """Answer with what this key signs, as somebody who chooses it and types its password."""

        def sign(request: dict[str, Any]) -> object:
            identity = key if isinstance(key, Identity) else self.key(key)
            document = base64.b64decode(request["args"]["data"])
            moment = datetime.now(UTC) + signer_offset(self.house.home)
            return signed(as_pem(identity.sign(document, at=moment)).decode())

        return sign

    def say(self, answer: object) -> None:
        """Answer the next requests with this, whatever they ask."""
        self.answer = lambda request: answer

    def wait_for_ever(self) -> None:
        """Leave the next requests before the person, who does nothing."""
        self.answer = lambda request: None

    def _converse(self, line: ServerConnection) -> None:
        self._lines.add(line)
        try:
            line.send(json.dumps(self.greeting))
            for message in line:
                self.asked.append(json.loads(message))
                answer = self.answer(self.asked[-1])
                if answer is not None:
                    line.send(answer if isinstance(answer, str) else json.dumps(answer))
        except ConnectionClosed:
            pass  # the page has left
        finally:
            self._lines.discard(line)
