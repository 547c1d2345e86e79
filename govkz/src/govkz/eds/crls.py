"""Read revocation lists (CRL, RFC 5280 §5) and say what they know about a certificate at a moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from govkz.eds import algorithms, certificates, der, oids
from govkz.eds.armour import unarmour
from govkz.eds.certificates import Certificate, Usage
from govkz.eds.reports import Reason, Revocation

MAX_CRL_BYTES = 64 * 1024 * 1024
REMOVED_FROM_CRL = 8
_UNDERSTOOD = frozenset({oids.ISSUING_DISTRIBUTION_POINT, oids.AUTHORITY_KEY_IDENTIFIER, oids.CRL_NUMBER})


class Crl:
    """A revocation list that was read; its signature is verified once for each issuer that asks."""

    __slots__ = (
        "_encoded",
        "_entries",
        "_faults",
        "_tbs",
        "algorithm",
        "issuer",
        "next_update",
        "scope",
        "signature",
        "this_update",
    )

    def __init__(self, blob: bytes) -> None:
        """Read a list, DER or PEM; raises Malformed."""
        encoded = unarmour(blob, label="X509 CRL", limit=MAX_CRL_BYTES)
        outer = der.parse(encoded).expect(der.SEQUENCE).children(3, 3)
        fields = outer[0].expect(der.SEQUENCE).children(4, 7)
        if fields[0].tag == der.INTEGER:
            fields = fields[1:]
        certificates.require_same_algorithm(fields[0], outer[1])
        self._tbs = outer[0].encoded
        self.algorithm = certificates.algorithm_of(outer[1])
        self.signature = der.bits(outer[2])
        self.issuer = fields[1].expect(der.SEQUENCE).encoded
        self.this_update = der.moment(fields[2])
        rest = fields[3:]
        self.next_update = None
        if rest and rest[0].tag in (der.UTC_TIME, der.GENERALIZED_TIME):
            self.next_update = der.moment(rest.pop(0))
        self._encoded = encoded
        self._entries: dict[bytes, int] = {}
        if rest and rest[0].tag == der.SEQUENCE:
            self._entries = _entries(rest.pop(0))
        self.scope = _scope(rest)
        self._faults: dict[bytes, Reason | None] = {}

    def fault_under(self, issuer: Certificate) -> Reason | None:
        """Give the reason the list is not the issuer's; None where its signature was verified."""
        if issuer.subject != self.issuer or (issuer.usage is not None and not issuer.may(Usage.CRL_SIGN)):
            return Reason.NO_REVOCATION_DATA
        if issuer.encoded not in self._faults:
            self._faults[issuer.encoded] = algorithms.fault_of(
                self.signature, over=self._tbs, by=issuer.key, algorithm=self.algorithm
            )
        return self._faults[issuer.encoded]

    def covers(self, certificate: Certificate) -> bool:
        """Tell whether the list speaks for this certificate: whole, direct, of its own part."""
        if self.scope is None:
            return False
        points = certificate.extensions.get(oids.CRL_DISTRIBUTION_POINTS, b"")
        return self.scope == () or any(name in points for name in self.scope)

    def is_fresh(self, *, at: datetime, max_age: timedelta | None) -> bool:
        """Tell whether the list speaks for the moment: before nextUpdate and not older than `max_age`."""
        if self.next_update is None or at >= self.next_update:
            return False
        return max_age is None or at - self.this_update <= max_age

    def revoked_at(self, certificate: Certificate) -> datetime | None:
        """Give the moment a certificate was revoked or suspended; None where the list does not name it.

        Raises Malformed where the entry cannot be read.
        """
        at = self._entries.get(der.encode_number(certificate.serial)[2:])
        if at is None:
            return None
        parts = der.element_at(self._encoded, at).children(2, 3)
        if len(parts) > 2 and _removed(parts[2]):
            return None
        return der.moment(parts[1])


@lru_cache(maxsize=8)
def read(blob: bytes) -> Crl:
    """Read a list and remember it; raises Malformed."""
    return Crl(blob)


def judge(
    certificate: Certificate,
    issuer: Certificate,
    crls: Sequence[Crl],
    *,
    at: datetime,
    max_age: timedelta | None,
) -> tuple[Revocation, Reason | None]:
    """Say what the lists know about a certificate at a moment; unknown comes with its reason.

    A suspended certificate (certificateHold) counts as revoked. A list made after `at` speaks for it too.
    """
    stale: Crl | None = None
    good: Crl | None = None
    for crl in crls:
        if not crl.covers(certificate) or crl.fault_under(issuer):
            continue
        try:
            revoked_at = crl.revoked_at(certificate)
        except der.Malformed:
            continue
        if revoked_at and revoked_at <= at:
            return _known("revoked", crl, revoked_at), Reason.REVOKED
        if crl.is_fresh(at=at, max_age=max_age) and crl.this_update <= certificate.not_after:
            good = crl if good is None or crl.this_update > good.this_update else good
        else:
            stale = crl
    if good:
        return _known("good", good), None
    if stale:
        return _known("unknown", stale), Reason.STALE_REVOCATION_DATA
    return Revocation("unknown"), Reason.NO_REVOCATION_DATA


def _known(status: str, crl: Crl, revoked_at: datetime | None = None) -> Revocation:
    return Revocation(status, "crl", crl.this_update, crl.next_update, revoked_at)


def _entries(listed: der.Element) -> dict[bytes, int]:
    """Find where the entry of each serial number begins without opening it: a national list has many."""
    source, at, end = listed.source, listed.body, listed.end
    found: dict[bytes, int] = {}
    while at < end:
        if source[at] != der.SEQUENCE or at + 4 > end:
            raise der.Malformed("an entry of a revocation list is a sequence")
        size = source[at + 1]
        body = at + 2
        if size >= 0x80:
            if size != 0x81:
                raise der.Malformed("an entry of a revocation list is short")
            size, body = source[at + 2], at + 3
        stop = body + size
        if stop > end or source[body] != der.INTEGER:
            raise der.Malformed("an entry of a revocation list begins with a number")
        found[source[body + 2 : body + 2 + source[body + 1]]] = at
        at = stop
    return found


def _removed(entry_extensions: der.Element) -> bool:
    return any(
        oid == oids.CRL_REASON and value[-1:] == bytes((REMOVED_FROM_CRL,))
        for oid, _, value in certificates.extensions_in(entry_extensions)
    )


def _scope(rest: list[der.Element]) -> tuple[bytes, ...] | None:
    """Give the points a list is limited to; None where it is a delta, partial or not understood."""
    names: list[bytes] = []
    for wrapper in rest:
        if wrapper.tag != 0xA0:
            raise der.Malformed("something unknown in a revocation list")
        for oid, critical, value in (
            row for part in wrapper.children() for row in certificates.extensions_in(part)
        ):
            if oid == oids.ISSUING_DISTRIBUTION_POINT:
                for part in der.parse(value).expect(der.SEQUENCE).children():
                    # onlyContainsUserCerts is fine; CA-only, some reasons and indirect are not for us.
                    if part.tag == 0xA0:
                        names += [name.encoded for full in part.children() for name in full.children()]
                    elif part.tag != 0x81:
                        return None
            elif critical and oid not in _UNDERSTOOD:
                return None
    return tuple(names)
