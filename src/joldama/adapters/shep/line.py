"""One way to the gateway: a message is posted, what comes back is given; every wait has an end."""

import time
from functools import cached_property
from typing import TYPE_CHECKING

from govkz.gateway import LARGEST
from govkz.gateway.shep import CONTENT_TYPE, SOAP_ACTION
from joldama.adapters.shep.address import require_loopback
from joldama.registries.models import Ended
from joldama.registries.ports import RegisterSilent

if TYPE_CHECKING:
    import httpx

PATIENCE = 8.0
"""Seconds from the first byte sent to the last one received: fewer than a worker gets to end in."""

_WITH_MESSAGE = {200, 500}  # SOAP 1.1, 6.2: a fault comes with 500
_MAY_PASS = {408, 425, 429}


class Line:
    """Posts messages to an address of this machine, past every proxy, following nobody elsewhere."""

    def __init__(self, address: str, *, patience: float = PATIENCE) -> None:
        """Raise NotOnThisMachine for an address that leads elsewhere."""
        self._address = require_loopback(address)
        self._patience = patience

    def send(self, message: bytes) -> bytes:
        """Post a message and give what came back; raise RegisterSilent."""
        import httpx  # only the worker sends: no web process need hold a client

        headers = {"Content-Type": CONTENT_TYPE, "SOAPAction": SOAP_ACTION}
        until = time.monotonic() + self._patience
        try:
            with self._client.stream("POST", self._address, content=message, headers=headers) as answer:
                _require_message(answer.status_code)
                return _whole(answer, until=until)
        except httpx.HTTPError:
            raise RegisterSilent(Ended.SILENT) from None

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    @cached_property
    def _client(self) -> "httpx.Client":
        import httpx

        return httpx.Client(timeout=self._patience, trust_env=False, follow_redirects=False)


def _require_message(status: int) -> None:
    if status in _WITH_MESSAGE:
        return
    may_pass = status >= 500 or status in _MAY_PASS
    raise RegisterSilent(Ended.SILENT if may_pass else Ended.REJECTED)


def _whole(answer: "httpx.Response", *, until: float) -> bytes:
    """Read to the end, unless it does not come: a sender that drips is silent too."""
    received = bytearray()
    for part in answer.iter_bytes():
        received += part
        if time.monotonic() > until:
            raise RegisterSilent(Ended.SILENT)
        if len(received) > LARGEST:
            raise RegisterSilent(Ended.NOT_UNDERSTOOD)
    return bytes(received)
