"""Write certificates and revocation lists (RFC 5280), signed with the algorithm of the issuer's key.

Written here rather than with a library's builder because that counts the bytes of a name where X.520 counts
letters, so that a Kazakh organisation's name would not fit.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from govkz.eds import der, oids
from govkz.eds.certificates import Usage
from govkz.eds.der import (
    BIT_STRING,
    BOOLEAN,
    ENUMERATED,
    IA5_STRING,
    NULL,
    OCTET_STRING,
    PRINTABLE_STRING,
    SEQUENCE,
    SET,
    UTF8_STRING,
    encode,
    encode_identifier,
    encode_moment,
    encode_number,
)
from govkz.eds.keys import SigningKey

# The reasons of RFC 5280 §5.3.1 that are written.
_HOLD = 6
_REMOVED = 8
_PRINTABLE = frozenset({oids.COUNTRY, oids.SERIAL_NUMBER})


class Issuer(NamedTuple):
    """The name an issuer is known by, in DER, its key, and the identifier of the key where it is no hash."""

    name: bytes
    key: SigningKey
    key_identifier: bytes | None = None


def certificate(
    subject: bytes,
    key: bytes,
    *,
    by: Issuer | tuple[bytes, SigningKey],
    valid: tuple[datetime, datetime],
    extensions: Sequence[bytes],
    serial: int | None = None,
    key_identifier: bytes | None = None,
) -> bytes:
    """Write a certificate in DER with the identifiers of both keys, and a random serial number where none is given.

    `key` is the holder's public key, SubjectPublicKeyInfo in DER; without a `key_identifier` its hash is written.
    """
    issuer = Issuer(*by)
    version = encode(0xA0, encode_number(2))
    tbs = encode(
        SEQUENCE,
        version,
        encode_number(serial or new_serial()),
        _algorithm(issuer.key),
        issuer.name,
        encode(SEQUENCE, encode_moment(valid[0]), encode_moment(valid[1])),
        subject,
        key,
        encode(
            0xA3,
            encode(
                SEQUENCE,
                *extensions,
                extension(
                    oids.SUBJECT_KEY_IDENTIFIER, encode(OCTET_STRING, key_identifier or _key_hash(key))
                ),
                _issuer_key(issuer),
            ),
        ),
    )
    return _signed(tbs, issuer.key)


def new_serial() -> int:
    """Draw a serial number of twenty bytes, as NUCA's have."""
    # The two top bits make it positive and of full length.
    return secrets.randbits(158) | 1 << 158


def identifier_by(serial: int) -> bytes:
    """Give the key identifier as NUCA's national hierarchy of 2022 has it: the serial number with the top bit set."""
    return (serial | 1 << 159).to_bytes(20, "big")


def revocation_list(
    *,
    by: Issuer | tuple[bytes, SigningKey],
    number: int,
    this_update: datetime,
    next_update: datetime,
    revoked: Mapping[int, datetime],
    removed: Mapping[int, datetime] | None = None,
    held: frozenset[int] = frozenset(),
    base: int | None = None,
) -> bytes:
    """Write a revocation list in DER; `revoked` maps serial numbers to moments, `held` are only suspended.

    With `base` it is a delta beginning from the list of that number; `removed` were suspended there and no
    longer are.
    """
    issuer = Issuer(*by)
    entries = [_entry(serial, at, reason=_HOLD if serial in held else None) for serial, at in revoked.items()]
    entries += [_entry(serial, at, reason=_REMOVED) for serial, at in (removed or {}).items()]
    extensions = [_issuer_key(issuer), extension(oids.CRL_NUMBER, encode_number(number))]
    if base is not None:
        extensions.append(extension(oids.DELTA_CRL, encode_number(base), is_critical=True))
    tbs = encode(
        SEQUENCE,
        encode_number(1),
        _algorithm(issuer.key),
        issuer.name,
        encode_moment(this_update),
        encode_moment(next_update),
        # An empty list is left out (RFC 5280 §5.1.2.6).
        encode(SEQUENCE, *entries) if entries else b"",
        encode(0xA0, encode(SEQUENCE, *extensions)),
    )
    return _signed(tbs, issuer.key)


def name(*attributes: tuple[str, str]) -> bytes:
    """Write a distinguished name: serial number and country printable, all else UTF-8, as NUCA does."""
    return encode(SEQUENCE, *(encode(SET, _attribute(oid, text)) for oid, text in attributes))


def extension(oid: str, value: bytes, *, is_critical: bool = False) -> bytes:
    """Write one extension."""
    flag = encode(BOOLEAN, b"\xff") if is_critical else b""
    return encode(SEQUENCE, encode_identifier(oid), flag, encode(OCTET_STRING, value))


def key_usage(usage: Usage) -> bytes:
    """Write KeyUsage, critical."""
    # DER leaves trailing zero bits out; every bit that `Usage` knows is in the first byte.
    bits = usage >> 8
    unused = (bits & -bits).bit_length() - 1
    return extension(oids.KEY_USAGE, encode(BIT_STRING, bytes((unused, bits))), is_critical=True)


def purposes(listed: Iterable[str]) -> bytes:
    """Write ExtendedKeyUsage, not critical, as NUCA does, but for time stamping (RFC 3161 §2.3)."""
    named = tuple(listed)
    return extension(
        oids.EXTENDED_KEY_USAGE,
        encode(SEQUENCE, *(encode_identifier(oid) for oid in named)),
        is_critical=oids.TIME_STAMPING in named,
    )


def authority(below: int) -> bytes:
    """Write BasicConstraints of a CA with so many CAs below it."""
    value = encode(SEQUENCE, encode(BOOLEAN, b"\xff"), encode_number(below))
    return extension(oids.BASIC_CONSTRAINTS, value, is_critical=True)


def policy(oid: str, *, statement: str | None = None) -> bytes:
    """Write CertificatePolicies with one policy, and the address of its practice statement."""
    qualified = b""
    if statement:
        qualifier = encode(SEQUENCE, encode_identifier(oids.CPS), encode(IA5_STRING, statement.encode()))
        qualified = encode(SEQUENCE, qualifier)
    described = encode(SEQUENCE, encode_identifier(oid), qualified)
    return extension(oids.CERTIFICATE_POLICIES, encode(SEQUENCE, described))


def authority_information(*, ocsp: str | None, issuer: str) -> bytes:
    """Write the addresses of the OCSP service and of the issuer's certificate."""
    named = [(oids.OCSP, ocsp)] if ocsp else []
    places = [
        encode(SEQUENCE, encode_identifier(method), _address(address))
        for method, address in (*named, (oids.CA_ISSUERS, issuer))
    ]
    return extension(oids.AUTHORITY_INFORMATION, encode(SEQUENCE, *places))


def list_point(address: str, *, kind: str = oids.CRL_DISTRIBUTION_POINTS) -> bytes:
    """Write where the revocation list is published; `kind` FRESHEST_CRL for the one of changes."""
    point = encode(SEQUENCE, encode(0xA0, encode(0xA0, _address(address))))
    return extension(kind, encode(SEQUENCE, point))


def storage(oid: str) -> bytes:
    """Write in what the key is kept, an extension of NUCA's own."""
    return extension(oids.KEY_STORAGE, encode(SEQUENCE, encode_identifier(oid)))


def _entry(serial: int, at: datetime, *, reason: int | None) -> bytes:
    said = b""
    if reason is not None:
        said = encode(SEQUENCE, extension(oids.CRL_REASON, encode(ENUMERATED, bytes((reason,)))))
    return encode(SEQUENCE, encode_number(serial), encode_moment(at), said)


def _signed(tbs: bytes, key: SigningKey) -> bytes:
    return encode(SEQUENCE, tbs, _algorithm(key), encode(BIT_STRING, b"\0", key.sign(tbs)))


def _algorithm(key: SigningKey) -> bytes:
    return encode(SEQUENCE, encode_identifier(key.algorithm), encode(NULL))


def _attribute(oid: str, text: str) -> bytes:
    tag = PRINTABLE_STRING if oid in _PRINTABLE else UTF8_STRING
    return encode(SEQUENCE, encode_identifier(oid), encode(tag, text.encode()))


def _key_hash(key: bytes) -> bytes:
    """Give the key identifier of RFC 5280 §4.2.1.2 (1): SHA-1 of the key's bits."""
    _algorithm, bits = der.parse(key).children(2, 2)
    return hashlib.sha1(der.bits(bits), usedforsecurity=False).digest()


def _address(address: str) -> bytes:
    """A GeneralName of the form uniformResourceIdentifier (RFC 5280 §4.2.1.6)."""
    return encode(0x86, address.encode("ascii"))


def _issuer_key(issuer: Issuer) -> bytes:
    identifier = encode(0x80, issuer.key_identifier or _key_hash(issuer.key.public_info))
    return extension(oids.AUTHORITY_KEY_IDENTIFIER, encode(SEQUENCE, identifier))
