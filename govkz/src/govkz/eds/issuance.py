"""Write certificates and revocation lists (RFC 5280), signed with RSA and SHA-256.

Written here rather than with a library's builder because that counts the bytes of a name where X.520 counts
letters, so that a Kazakh organisation's name would not fit.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from govkz.eds import oids
from govkz.eds.certificates import Usage
from govkz.eds.der import (
    BIT_STRING,
    BOOLEAN,
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

_PRINTABLE = frozenset({oids.COUNTRY, oids.SERIAL_NUMBER})
_SHA256_WITH_RSA = encode(SEQUENCE, encode_identifier(oids.RSA_SHA256), encode(NULL))

# The name an issuer is known by, in DER, and its key.
Issuer = tuple[bytes, RSAPrivateKey]


def certificate(
    subject: bytes,
    key: RSAPublicKey,
    *,
    by: Issuer,
    valid: tuple[datetime, datetime],
    extensions: Sequence[bytes],
) -> bytes:
    """Write a certificate in DER with a random serial number and the identifiers of both keys."""
    issuer_name, issuer_key = by
    # Twenty bytes, as NUCA's serial numbers have; the two top bits make it positive and of full length.
    serial = secrets.randbits(158) | 1 << 158
    version = encode(0xA0, encode_number(2))
    tbs = encode(
        SEQUENCE,
        version,
        encode_number(serial),
        _SHA256_WITH_RSA,
        issuer_name,
        encode(SEQUENCE, encode_moment(valid[0]), encode_moment(valid[1])),
        subject,
        _key_info(key),
        encode(
            0xA3,
            encode(
                SEQUENCE,
                *extensions,
                extension(oids.SUBJECT_KEY_IDENTIFIER, encode(OCTET_STRING, _key_hash(key))),
                _issuer_key(issuer_key),
            ),
        ),
    )
    return _signed(tbs, issuer_key)


def revocation_list(
    *,
    by: Issuer,
    number: int,
    this_update: datetime,
    next_update: datetime,
    revoked: Mapping[int, datetime],
) -> bytes:
    """Write a revocation list in DER; `revoked` maps serial numbers to moments."""
    entries = [encode(SEQUENCE, encode_number(serial), encode_moment(at)) for serial, at in revoked.items()]
    numbered = extension(oids.CRL_NUMBER, encode_number(number))
    tbs = encode(
        SEQUENCE,
        encode_number(1),
        _SHA256_WITH_RSA,
        by[0],
        encode_moment(this_update),
        encode_moment(next_update),
        # An empty list is left out (RFC 5280 §5.1.2.6).
        encode(SEQUENCE, *entries) if entries else b"",
        encode(0xA0, encode(SEQUENCE, _issuer_key(by[1]), numbered)),
    )
    return _signed(tbs, by[1])


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
    """Write ExtendedKeyUsage, not critical, as NUCA does."""
    return extension(oids.EXTENDED_KEY_USAGE, encode(SEQUENCE, *(encode_identifier(oid) for oid in listed)))


def authority(below: int) -> bytes:
    """Write BasicConstraints of a CA with so many CAs below it."""
    value = encode(SEQUENCE, encode(BOOLEAN, b"\xff"), encode_number(below))
    return extension(oids.BASIC_CONSTRAINTS, value, is_critical=True)


def policy(oid: str) -> bytes:
    """Write CertificatePolicies with one policy."""
    return extension(oids.CERTIFICATE_POLICIES, encode(SEQUENCE, encode(SEQUENCE, encode_identifier(oid))))


def _signed(tbs: bytes, key: RSAPrivateKey) -> bytes:
    signature = key.sign(tbs, PKCS1v15(), hashes.SHA256())
    return encode(SEQUENCE, tbs, _SHA256_WITH_RSA, encode(BIT_STRING, b"\0", signature))


def _attribute(oid: str, text: str) -> bytes:
    tag = PRINTABLE_STRING if oid in _PRINTABLE else UTF8_STRING
    return encode(SEQUENCE, encode_identifier(oid), encode(tag, text.encode()))


def _key_info(key: RSAPublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _key_hash(key: RSAPublicKey) -> bytes:
    """Give the key identifier of RFC 5280 §4.2.1.2 (1): SHA-1 of the key's bits."""
    bits = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    return hashlib.sha1(bits, usedforsecurity=False).digest()


def _issuer_key(key: RSAPrivateKey) -> bytes:
    identifier = encode(0x80, _key_hash(key.public_key()))
    return extension(oids.AUTHORITY_KEY_IDENTIFIER, encode(SEQUENCE, identifier))
