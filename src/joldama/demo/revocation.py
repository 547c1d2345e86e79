"""Publishes the demonstration's revocation list anew whenever it is fetched."""

from datetime import datetime

from govkz.eds.keep import Keep
from joldama.demo.prepare import pki_folder
from joldama.installation.identity import is_demo
from joldama.signatures.models import Fault, ServiceKind
from joldama.signatures.ports import Point, Published, ServiceSilent


class DemoRevocationLists:
    """Implements signatures.ports.RevocationLists; silent where the database is no demonstration."""

    def points(self) -> tuple[Point, ...]:
        """Name the one list."""
        return (Point("demo", ServiceKind.LIST, ""),)

    def fetch(self, point: Point, *, etag: str, modified: str, at: datetime) -> Published | None:
        """Reissue the list at this moment."""
        keep = Keep(pki_folder())
        if not is_demo() or not keep.exists:
            raise ServiceSilent(Fault.SILENT)
        return Published(keep.reissue_crl(at=at))
