"""Asks the time-stamping authority of the centre for a stamp over a signature (RFC 3161 §3.4)."""

from datetime import datetime

from govkz.eds import Malformed, timestamps
from joldama.adapters.centre.line import PATIENCE, Line
from joldama.signatures.models import Fault, ServiceKind
from joldama.signatures.ports import Point, ServiceSilent

_ASKED = "application/timestamp-query"


class HttpStamper:
    """Implements signatures.ports.TimeStamper over HTTP; `policy` is asked for where one is named."""

    def __init__(self, address: str, *, policy: str = "", patience: float = PATIENCE) -> None:
        self._address = address
        self._policy = policy or None
        self._line = Line(address, largest=timestamps.MAX_BYTES, patience=patience)

    def point(self) -> Point:
        """Name the service."""
        return Point("tsp", ServiceKind.TSP, self._address)

    def stamp(self, signature: bytes, *, at: datetime) -> bytes:
        """Give a token over a signature's value, in DER; raise ServiceSilent."""
        query = timestamps.ask(signature, policy=self._policy)
        received = self._line.post(query.encoded, kind=_ASKED)
        try:
            return timestamps.receive(received, to=query, at=at).encoded
        except timestamps.Rejected:
            raise ServiceSilent(Fault.REFUSES) from None
        except Malformed:
            raise ServiceSilent(Fault.NOT_UNDERSTOOD) from None
        except timestamps.Unbelievable:
            raise ServiceSilent(Fault.NOT_BELIEVED) from None

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()
