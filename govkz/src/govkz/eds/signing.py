"""Make signed CMS messages of the shape NCALayer makes: CAdES-BES with the signer's certificate inside.

What is signed is always exactly the bytes handed in.
"""

import hashlib
from datetime import datetime

from govkz.eds import algorithms, armour, certificates, oids
from govkz.eds.der import (
    NULL,
    OCTET_STRING,
    SEQUENCE,
    encode,
    encode_identifier,
    encode_moment,
    encode_number,
    encode_set,
)
from govkz.eds.keys import SigningKey


def sign_cms(
    content: bytes, *, key: SigningKey, certificate: bytes, at: datetime, detached: bool = False
) -> bytes:
    """Sign content with the algorithms of the key; gives the message in DER.

    `certificate` is the signer's, DER or PEM; `at` becomes the claimed signingTime. Raises Malformed where
    the certificate cannot be read.
    """
    holder = certificates.read(certificate)
    digest = encode(SEQUENCE, encode_identifier(key.digest_algorithm), encode(NULL))
    attributes = _attributes(content, holder, at, key.digest_algorithm)
    # RFC 5652 §5.4: the signature is over the SET OF, which the message then carries under the tag [0].
    signature = key.sign(attributes)
    signer = encode(
        SEQUENCE,
        encode_number(1),
        encode(SEQUENCE, holder.issuer, encode_number(holder.serial)),
        digest,
        b"\xa0" + attributes[1:],
        encode(SEQUENCE, encode_identifier(key.algorithm), encode(NULL)),
        encode(OCTET_STRING, signature),
    )
    attached = () if detached else (encode(0xA0, encode(OCTET_STRING, content)),)
    message = encode(
        SEQUENCE,
        encode_number(1),
        encode_set(digest),
        encode(SEQUENCE, encode_identifier(oids.DATA), *attached),
        encode(0xA0, holder.encoded),
        encode_set(signer),
    )
    return encode(SEQUENCE, encode_identifier(oids.SIGNED_DATA), encode(0xA0, message))


def as_pem(message: bytes) -> bytes:
    """Write a message as NCALayer hands it over: PEM under "BEGIN CMS"."""
    return armour.armour(message, label="CMS")


def _attributes(content: bytes, holder: certificates.Certificate, at: datetime, digest: str) -> bytes:
    hashed = encode(OCTET_STRING, hashlib.sha256(holder.encoded).digest())
    # ESSCertIDv2 leaves the hash algorithm out where it is SHA-256 (RFC 5035 §4).
    identified = encode(SEQUENCE, encode(SEQUENCE, encode(SEQUENCE, hashed)))
    return encode_set(
        _attribute(oids.CONTENT_TYPE, encode_identifier(oids.DATA)),
        _attribute(oids.SIGNING_TIME, encode_moment(at)),
        _attribute(oids.SIGNING_CERTIFICATE_V2, identified),
        _attribute(oids.MESSAGE_DIGEST, encode(OCTET_STRING, algorithms.reckoned(digest, content))),
    )


def _attribute(oid: str, value: bytes) -> bytes:
    return encode(SEQUENCE, encode_identifier(oid), encode_set(value))
