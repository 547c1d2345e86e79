"""The signed message inside a sealed PDF: CMS over a digest, as PAdES asks for it.

ETSI EN 319 142-1, 6.3 (B-B): content type, message digest and the signer's certificate are signed; the claimed
moment stands in the PDF, not here.
"""

import hashlib

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from govkz.eds import oids
from govkz.eds.certificates import Certificate
from govkz.eds.der import (
    NULL,
    OCTET_STRING,
    SEQUENCE,
    encode,
    encode_identifier,
    encode_number,
    encode_set,
)


def pades_message(
    digest: bytes, *, key: RSAPrivateKey, certificate: Certificate, chain: tuple[bytes, ...]
) -> bytes:
    """Sign the SHA-256 digest of a PDF's signed bytes; gives the message in DER with the whole chain."""
    attributes = encode_set(
        _attribute(oids.CONTENT_TYPE, encode_identifier(oids.DATA)),
        _attribute(oids.SIGNING_CERTIFICATE_V2, _identified(certificate)),
        _attribute(oids.MESSAGE_DIGEST, encode(OCTET_STRING, digest)),
    )
    # RFC 5652 §5.4: the signature is over the SET OF, which the message then carries under the tag [0].
    signature = key.sign(attributes, PKCS1v15(), SHA256())
    sha256 = encode(SEQUENCE, encode_identifier(oids.SHA256), encode(NULL))
    signer = encode(
        SEQUENCE,
        encode_number(1),
        encode(SEQUENCE, certificate.issuer, encode_number(certificate.serial)),
        sha256,
        b"\xa0" + attributes[1:],
        encode(SEQUENCE, encode_identifier(oids.RSA_SHA256), encode(NULL)),
        encode(OCTET_STRING, signature),
    )
    message = encode(
        SEQUENCE,
        encode_number(1),
        encode_set(sha256),
        encode(SEQUENCE, encode_identifier(oids.DATA)),
        encode(0xA0, *sorted({certificate.encoded, *chain}, key=lambda one: (len(one), one))),
        encode_set(signer),
    )
    return encode(SEQUENCE, encode_identifier(oids.SIGNED_DATA), encode(0xA0, message))


def _identified(certificate: Certificate) -> bytes:
    """Give ESSCertIDv2, which leaves the hash algorithm out where it is SHA-256 (RFC 5035 §4)."""
    hashed = encode(OCTET_STRING, hashlib.sha256(certificate.encoded).digest())
    return encode(SEQUENCE, encode(SEQUENCE, encode(SEQUENCE, hashed)))


def _attribute(oid: str, value: bytes) -> bytes:
    return encode(SEQUENCE, encode_identifier(oid), encode_set(value))
