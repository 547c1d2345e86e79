"""Publishes the demonstration's revocation list anew whenever it is fetched."""

from datetime import datetime

from govkz.eds.keep import Keep
from joldama.demo.prepare import pki_folder
from joldama.installation.identity import is_demo
from joldama.signatures.ports import ListsUnreachable


class DemoRevocationLists:
    """Implements signatures.ports.RevocationLists; unreachable where the database is no demonstration."""

    def fetch(self, *, at: datetime) -> list[bytes]:
        """Reissue the list at this moment."""
        keep = Keep(pki_folder())
        if not is_demo() or not keep.exists:
            raise ListsUnreachable
        return [keep.reissue_crl(at=at)]
