"""Tell where a certificate says one can learn of its revocation; what it says is a claim, not a permission to call."""

from collections.abc import Iterable

from govkz.eds import der, oids
from govkz.eds.certificates import Certificate

MAX_ADDRESSES = 8
MAX_ADDRESS_BYTES = 512

_URI = 0x86


def responders(certificate: Certificate) -> tuple[str, ...]:
    """Give the addresses of OCSP responders (RFC 5280 §4.2.2.1); none where they cannot be read."""
    try:
        return _addresses(
            place
            for access in _parts(certificate, oids.AUTHORITY_ACCESS)
            for method, place in [access.children(2, 2)]
            if der.identifier(method) == oids.OCSP
        )
    except der.Malformed:
        return ()


def lists(certificate: Certificate) -> tuple[str, ...]:
    """Give the addresses of the whole revocation list (RFC 5280 §4.2.1.13)."""
    return _published(certificate, oids.CRL_DISTRIBUTION_POINTS)


def deltas(certificate: Certificate) -> tuple[str, ...]:
    """Give the addresses of the delta list, the freshest CRL (RFC 5280 §4.2.1.15)."""
    return _published(certificate, oids.FRESHEST_CRL)


def _published(certificate: Certificate, oid: str) -> tuple[str, ...]:
    try:
        return _addresses(
            place
            for point in _parts(certificate, oid)
            for name in point.children(0, 3)
            if name.tag == 0xA0
            for full in name.children(1, 1)
            if full.tag == 0xA0
            for place in full.children()
        )
    except der.Malformed:
        return ()


def _parts(certificate: Certificate, oid: str) -> list[der.Element]:
    value = certificate.extensions.get(oid)
    if value is None:
        return []
    return [part.expect(der.SEQUENCE) for part in der.parse(value).expect(der.SEQUENCE).children()]


def _addresses(places: Iterable[der.Element]) -> tuple[str, ...]:
    found = [place.content for place in places if place.tag == _URI]
    return tuple(
        address.decode("ascii")
        for address in found[:MAX_ADDRESSES]
        if address.startswith((b"http://", b"https://"))
        and len(address) <= MAX_ADDRESS_BYTES
        and address.isascii()
        and address.decode("ascii").isprintable()
    )
