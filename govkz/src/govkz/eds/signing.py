"""Make signed CMS messages of the shape NCALayer makes: CAdES-BES with the signer's certificate inside.

What is signed is always exactly the bytes handed in.
"""

import hashlib
from datetime import datetime

from govkz.eds import algorithms, armour, certificates, oids
from govkz.eds.certificates import Certificate
from govkz.eds.der import (
    OCTET_STRING,
    SEQUENCE,
    encode,
    encode_algorithm,
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
    signer = signer_info(content, key=key, holder=holder, at=at)
    attached = () if detached else (encode(0xA0, encode(OCTET_STRING, content)),)
    message = encode(
        SEQUENCE,
        encode_number(1),
        encode_set(encode_algorithm(key.digest_algorithm)),
        encode(SEQUENCE, encode_identifier(oids.DATA), *attached),
        encode(0xA0, holder.encoded),
        encode_set(signer),
    )
    return encode(SEQUENCE, encode_identifier(oids.SIGNED_DATA), encode(0xA0, message))


def signer_info(content: bytes, *, key: SigningKey, holder: Certificate, at: datetime) -> bytes:
    """Sign content; gives the signer's part of a message (SignerInfo) in DER."""
    return signer_part(_attributes(content, holder, at, key.digest_algorithm), key=key, holder=holder)


def signer_part(attributes: bytes, *, key: SigningKey, holder: Certificate) -> bytes:
    """Sign attributes, a SET OF in DER; gives SignerInfo."""
    # RFC 5652 §5.4: the signature is over the SET OF, which the message then carries under the tag [0].
    return encode(
        SEQUENCE,
        encode_number(1),
        encode(SEQUENCE, holder.issuer, encode_number(holder.serial)),
        encode_algorithm(key.digest_algorithm),
        b"\xa0" + attributes[1:],
        encode_algorithm(key.algorithm),
        encode(OCTET_STRING, key.sign(attributes)),
    )


def as_pem(message: bytes) -> bytes:
    """Write a message as NCALayer hands it over: PEM under "BEGIN CMS"."""
    return armour.armour(message, label="CMS")


def _attributes(content: bytes, holder: Certificate, at: datetime, digest: str) -> bytes:
    hashed = encode(OCTET_STRING, hashlib.sha256(holder.encoded).digest())
    # ESSCertIDv2 leaves the hash algorithm out where it is SHA-256 (RFC 5035 §4).
    identified = encode(SEQUENCE, encode(SEQUENCE, encode(SEQUENCE, hashed)))
    return encode_set(
        attribute(oids.CONTENT_TYPE, encode_identifier(oids.DATA)),
        attribute(oids.SIGNING_TIME, encode_moment(at)),
        attribute(oids.SIGNING_CERTIFICATE_V2, identified),
        attribute(oids.MESSAGE_DIGEST, encode(OCTET_STRING, algorithms.reckoned(digest, content))),
    )


def attribute(oid: str, value: bytes) -> bytes:
    """Write an attribute of one value."""
    return encode(SEQUENCE, encode_identifier(oid), encode_set(value))
