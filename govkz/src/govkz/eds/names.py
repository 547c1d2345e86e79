"""Read names of issuers as XML writes them (RFC 4514), to find a certificate that is only named.

A name that is found this way proves nothing: the certificate found has to verify the signature.
"""

import re
from collections.abc import Iterable

from govkz.eds import certificates, der, oids
from govkz.eds.certificates import Certificate

MAX_LETTERS = 1024
MAX_DIGITS = 80

_TYPES = {
    "CN": oids.COMMON_NAME,
    "SN": oids.SURNAME,
    "SURNAME": oids.SURNAME,
    "SERIALNUMBER": oids.SERIAL_NUMBER,
    "C": oids.COUNTRY,
    "L": oids.LOCALITY,
    "ST": oids.REGION,
    "O": oids.ORGANISATION,
    "OU": oids.ORGANISATIONAL_UNIT,
    "GN": oids.GIVEN_NAME,
    "GIVENNAME": oids.GIVEN_NAME,
}
_PART = re.compile(r'\s*([A-Za-z0-9.]+)\s*=\s*("(?:[^"\\]|\\.)*"|(?:[^",;+\\]|\\.)*)\s*(?:[,;+]|$)')
_ESCAPED = re.compile(rb"\\(?:([0-9A-Fa-f]{2})|(.))", re.DOTALL)


def named(issuer: str, serial: str, among: Iterable[bytes]) -> bytes | None:
    """Give the certificate (DER) with this issuer and serial number (decimal); None where there is none.

    Those that cannot be read are passed over. Types that are not known make the name nobody's.
    """
    parts = _parts(issuer)
    if parts is None or not (serial.isascii() and serial.isdigit()) or len(serial) > MAX_DIGITS:
        return None
    for encoded in among:
        try:
            certificate = certificates.read(encoded)
        except der.Malformed:
            continue
        if certificate.serial == int(serial) and _issuer(certificate) == parts:
            return certificate.encoded
    return None


def _issuer(certificate: Certificate) -> list[tuple[str, str]]:
    # Names are written from either end: the order tells nothing.
    return sorted(certificates.names_in(certificate.issuer))


def _parts(name: str) -> list[tuple[str, str]] | None:
    if len(name) > MAX_LETTERS:
        return None
    found, at = [], 0
    while at < len(name):
        match = _PART.match(name, at)
        if match is None:
            return None
        kind = match[1].upper().removeprefix("OID.")
        oid = _TYPES.get(kind, kind)
        if not oid[0].isdigit():
            return None
        found.append((oid, _plain(match[2])))
        at = match.end()
    return sorted(found)


def _plain(value: str) -> str:
    """Take quotes and escapes off; the spaces inside become one, as in a certificate's names."""
    bare = value[1:-1] if value.startswith('"') else value
    written = _ESCAPED.sub(
        lambda match: bytes.fromhex(match[1].decode()) if match[1] else match[2], bare.encode()
    )
    return " ".join(written.decode(errors="replace").split())
