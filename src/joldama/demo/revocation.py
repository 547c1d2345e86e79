"""Publishes the demonstration's revocation lists anew whenever they are fetched."""

from datetime import datetime

from govkz.eds.keep import Keep
from joldama.demo.prepare import pki_folder
from joldama.installation.identity import is_demo
from joldama.signatures.models import Fault, ServiceKind
from joldama.signatures.ports import Point, Published, ServiceSilent

# In the order in which the centre makes them.
_POINTS = ("demo", "demo-gost")


class DemoRevocationLists:
    """Implements signatures.ports.RevocationLists; silent where the database is no demonstration."""

    def points(self) -> tuple[Point, ...]:
        """Name the list of each hierarchy."""
        return tuple(Point(name, ServiceKind.LIST, "") for name in _POINTS)

    def fetch(self, point: Point, *, etag: str, modified: str, at: datetime) -> Published | None:
        """Reissue the lists at this moment, and give the one that is asked for."""
        keep = Keep(pki_folder())
        if not is_demo() or not keep.exists:
            raise ServiceSilent(Fault.SILENT)
        return Published(keep.reissue_crls(at=at)[_POINTS.index(point.name)])
