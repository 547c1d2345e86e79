"""Read revocation lists (CRL, RFC 5280 §5), whole ones and the deltas that bring them up to date."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from govkz.eds import algorithms, certificates, der, oids
from govkz.eds.armour import unarmour
from govkz.eds.certificates import Certificate, Usage
from govkz.eds.reports import Reason

MAX_CRL_BYTES = 64 * 1024 * 1024
# With serial numbers as NUCA's a list of the largest size holds fewer; more are only a way to fill our memory.
MAX_ENTRIES = 1_750_000
CERTIFICATE_HOLD = 6
REMOVED_FROM_CRL = 8
_NULL = der.encode(der.NULL)
_UNDERSTOOD = frozenset(
    {
        oids.ISSUING_DISTRIBUTION_POINT,
        oids.AUTHORITY_KEY_IDENTIFIER,
        oids.CRL_NUMBER,
        oids.DELTA_CRL,
        oids.EXPIRED_CERTIFICATES_ON_CRL,
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of one certificate; `reason` is the number of RFC 5280 §5.3.1, None where not said."""

    revoked_at: datetime
    reason: int | None

    @property
    def is_hold(self) -> bool:
        return self.reason == CERTIFICATE_HOLD

    @property
    def is_removed(self) -> bool:
        return self.reason == REMOVED_FROM_CRL


class Crl:
    """A revocation list that was read; its signature is verified once for each issuer that asks.

    `base_number` is None in a whole list; a delta names there the number of the list it begins from.
    `kept_since`: certificates that ended are still named if they ended after that moment (X.509 §9.5.2.8).
    """

    __slots__ = (
        "_entries",
        "_faults",
        "_sha256",
        "_tbs",
        "algorithm",
        "base_number",
        "encoded",
        "issuer",
        "kept_since",
        "next_update",
        "number",
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
        _require_same_algorithm(fields[0], outer[1])
        self._tbs = outer[0].encoded
        self.algorithm = certificates.algorithm_of(outer[1])
        self.signature = der.bits(outer[2])
        self.issuer = fields[1].expect(der.SEQUENCE).encoded
        self.this_update = der.moment(fields[2])
        rest = fields[3:]
        self.next_update = None
        if rest and rest[0].tag in (der.UTC_TIME, der.GENERALIZED_TIME):
            self.next_update = der.moment(rest.pop(0))
        self.encoded = encoded
        self._entries: dict[bytes, int] = {}
        if rest and rest[0].tag == der.SEQUENCE:
            self._entries = _entries(rest.pop(0))
        extensions, is_understood = _extensions(rest)
        self.number = _number(extensions.get(oids.CRL_NUMBER))
        self.base_number = _number(extensions.get(oids.DELTA_CRL))
        kept_since = extensions.get(oids.EXPIRED_CERTIFICATES_ON_CRL)
        self.kept_since = der.moment(der.parse(kept_since)) if kept_since is not None else None
        point = extensions.get(oids.ISSUING_DISTRIBUTION_POINT)
        self.scope = _scope(point) if is_understood else None
        self._faults: dict[bytes, Reason | None] = {}
        self._sha256 = ""

    def fault_under(self, issuer: Certificate) -> Reason | None:
        """Give the reason the list is not the issuer's; None where its signature was verified."""
        if issuer.subject != self.issuer or (issuer.usage is not None and not issuer.may(Usage.CRL_SIGN)):
            return Reason.NO_REVOCATION_DATA
        if issuer.encoded not in self._faults:
            self._faults[issuer.encoded] = algorithms.fault_of(
                self.signature, over=self._tbs, by=issuer.key, algorithm=self.algorithm
            )
        return self._faults[issuer.encoded]

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of the list in DER, in hexadecimal; reckoned once, a national list is long."""
        self._sha256 = self._sha256 or hashlib.sha256(self.encoded).hexdigest()
        return self._sha256

    @property
    def is_delta(self) -> bool:
        return self.base_number is not None

    @property
    def count(self) -> int:
        """Tell how many certificates the list names."""
        return len(self._entries)

    def completes(self, base: "Crl") -> bool:
        """Tell whether this delta may be read together with a whole list (RFC 5280 §5.2.4)."""
        if self.base_number is None or base.is_delta or base.number is None or self.number is None:
            return False
        is_same_list = (self.issuer, self.scope) == (base.issuer, base.scope)
        return is_same_list and self.base_number <= base.number <= self.number

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

    def entry_of(self, certificate: Certificate) -> Entry | None:
        """Give what the list says of a certificate; None where it does not name it.

        Raises Malformed where the entry cannot be read.
        """
        at = self._entries.get(der.encode_number(certificate.serial)[2:])
        if at is None:
            return None
        parts = der.element_at(self.encoded, at).children(2, 3)
        return Entry(der.moment(parts[1]), _reason(parts[2]) if len(parts) > 2 else None)

    def revoked_at(self, certificate: Certificate) -> datetime | None:
        """Give the moment a certificate was revoked or suspended; None where the list does not name it.

        Raises Malformed where the entry cannot be read.
        """
        entry = self.entry_of(certificate)
        return None if entry is None or entry.is_removed else entry.revoked_at


# Two hierarchies of today and two of yesterday, each with the lists of its CA and its root, whole and delta.
@lru_cache(maxsize=16)
def read(blob: bytes) -> Crl:
    """Read a list and remember it; raises Malformed."""
    return Crl(blob)


def _require_same_algorithm(signed: der.Element, outer: der.Element) -> None:
    """Raise Malformed where the signed and the outer name of an algorithm differ.

    Absent parameters count as NULL: NUCA's lists write them once this way, once that.
    """
    if signed.encoded == outer.encoded:
        return
    parameters = {part.encoded for named in (signed, outer) for part in named.children()[1:]}
    if certificates.algorithm_of(signed) != certificates.algorithm_of(outer) or parameters != {_NULL}:
        raise der.Malformed("the two names of the algorithm differ")


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
        if len(found) > MAX_ENTRIES:
            raise der.Malformed("too many entries in a revocation list")
        at = stop
    return found


def _reason(entry_extensions: der.Element) -> int | None:
    for oid, _, value in certificates.extensions_in(entry_extensions):
        if oid == oids.CRL_REASON:
            return der.enumerated(der.parse(value))
    return None


def _extensions(rest: list[der.Element]) -> tuple[dict[str, bytes], bool]:
    """Read the extensions of a list, and whether every critical one is understood."""
    found: dict[str, bytes] = {}
    is_understood = True
    for wrapper in rest:
        if wrapper.tag != 0xA0:
            raise der.Malformed("something unknown in a revocation list")
        for part in wrapper.children():
            for oid, critical, value in certificates.extensions_in(part):
                found[oid] = value
                is_understood = is_understood and (not critical or oid in _UNDERSTOOD)
    return found, is_understood


def _number(value: bytes | None) -> int | None:
    return der.number(der.parse(value)) if value is not None else None


def _scope(point: bytes | None) -> tuple[bytes, ...] | None:
    """Give the points a list is limited to; None where it is partial."""
    names: list[bytes] = []
    if point is None:
        return ()
    for part in der.parse(point).expect(der.SEQUENCE).children():
        # onlyContainsUserCerts is fine; CA-only, some reasons and indirect are not for us.
        if part.tag == 0xA0:
            names += [name.encoded for full in part.children() for name in full.children()]
        elif part.tag != 0x81:
            return None
    return tuple(names)
