"""Fetches the revocation lists of the centre, each only when it has changed."""

from datetime import datetime
from functools import cached_property

from govkz.eds import Crl, Malformed
from joldama.adapters.centre.line import Line
from joldama.adapters.centre.points import Points
from joldama.signatures.models import Fault, ServiceKind
from joldama.signatures.ports import Point, Published, ServiceSilent

LARGEST = 32 * 1024 * 1024
PATIENCE = 60.0
"""Seconds: a national list is large, and nobody but this errand waits for it."""


class PublishedLists:
    """Implements signatures.ports.RevocationLists over HTTP."""

    def __init__(self, points: Points, *, patience: float = PATIENCE, largest: int = LARGEST) -> None:
        self._points = points
        self._patience = patience
        self._largest = largest

    def points(self) -> tuple[Point, ...]:
        """Name the points, each delta list after its whole one."""
        found = []
        for one in self._points.lists:
            found.append(Point(f"{one.name}", ServiceKind.LIST, one.address))
            if one.delta:
                found.append(Point(f"{one.name}.delta", ServiceKind.DELTA, one.delta))
        return tuple(found)

    def fetch(self, point: Point, *, etag: str, modified: str, at: datetime) -> Published | None:
        """Fetch a list; None where it has not changed. Raise ServiceSilent."""
        received = self._lines[point.name].get(etag=etag, modified=modified)
        if received.body is None:
            return None
        try:
            Crl(received.body)
        except Malformed:
            raise ServiceSilent(Fault.NOT_UNDERSTOOD) from None
        return Published(received.body, received.etag, received.modified)

    def close(self) -> None:
        """Let go of the connections."""
        for line in self._lines.values():
            line.close()

    @cached_property
    def _lines(self) -> dict[str, Line]:
        return {
            point.name: Line(point.address, largest=self._largest, patience=self._patience)
            for point in self.points()
        }
