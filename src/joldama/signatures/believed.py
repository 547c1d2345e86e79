"""What this installation believes: anchors and intermediates of one set, and the newest revocation lists."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection

from govkz.eds import Crl, Trust
from joldama.signatures.models import Anchor, RevocationList

CRL_MAX_AGE = timedelta(hours=24)
"""How long a revocation list counts as fresh, besides its own nextUpdate (A31, a dated setting)."""


@dataclass(frozen=True)
class Believed:
    """Certificates by which signatures are judged, and lists in DER."""

    trust: Trust
    lists: tuple[bytes, ...]

    def is_genuine(self, crl: Crl) -> bool:
        """Say whether a list was signed by a certificate that is believed here."""
        known = (*self.trust.anchors, *self.trust.intermediates)
        return any(crl.fault_under(issuer) is None for issuer in known if issuer.subject == crl.issuer)


def believed() -> Believed:
    """Give what is believed now."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD)
        anchors, lists = cursor.fetchone()
    return _loaded(tuple(anchors or ()), tuple(lists or ()))


def fresh_until(crl: Crl) -> datetime:
    """Give the moment from which a list speaks for nothing new (A31)."""
    oldest = crl.this_update + CRL_MAX_AGE
    return oldest if crl.next_update is None else min(crl.next_update, oldest)


# Each signature asks: one statement tells which anchors and which lists are held.
_HELD = """
SELECT (SELECT array_agg(id ORDER BY id) FROM signatures_anchor),
       (SELECT array_agg(issuer || digest || this_update ORDER BY issuer) FROM signatures_revocationlist)
"""


# Kept until a list or an anchor comes or goes, also by another process.
@lru_cache(maxsize=2)
def _loaded(_anchors: tuple[int, ...], _lists: tuple[str, ...]) -> Believed:
    anchors = [bytes(der) for der in Anchor.objects.order_by("id").values_list("der", flat=True)]
    crls = [bytes(der) for der in RevocationList.objects.order_by("issuer").values_list("der", flat=True)]
    return Believed(Trust.of(*anchors), tuple(crls))
