"""Read signed CMS messages (RFC 5652) as NCALayer and its relatives make them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from govkz.eds import certificates, der, oids
from govkz.eds.armour import unarmour

LABELS = "CMS|PKCS7|PKCS #7 SIGNED DATA"
MAX_BYTES = 16 * 1024 * 1024
MAX_SIGNERS = 16
MAX_CERTIFICATES = 32
MAX_TIMESTAMPS = 4

_VERSIONS = frozenset({1, 3, 4, 5})
_CERTIFICATES = frozenset({der.SEQUENCE, 0xA0, 0xA1, 0xA2, 0xA3})
"""CertificateChoices (RFC 5652 §10.2.2): X.509, and kinds that nobody here looks at."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Signer:
    """One signer as written: how to find the certificate, what was signed, and the claims beside it."""

    issuer: bytes | None
    serial: int | None
    key_identifier: bytes | None
    digest_algorithm: str
    algorithm: str
    signature: bytes
    signed: bytes | None
    content_type: str | None
    message_digest: bytes | None
    signed_at: datetime | None
    certificate_hashes: tuple[tuple[str, bytes], ...]
    timestamps: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedData:
    """A signed message as written; `content` is None where it is detached."""

    version: int
    content: bytes | None
    certificates: tuple[bytes, ...]
    signers: tuple[Signer, ...]


def read(blob: bytes, *, content_type: str = oids.DATA) -> SignedData:
    """Read a message in DER, BER, PEM ("BEGIN CMS") or base64; raises Malformed or TooLarge.

    Content of another type than asked for is malformed, and so is what nothing signs and yet differs from what
    RFC 5652 asks for (§5.1, §5.3): a version, a digest that no signer announced.
    """
    encoded = unarmour(blob, label=LABELS, limit=MAX_BYTES)
    kind, wrapped = der.parse(encoded).expect(der.SEQUENCE).children(2, 2)
    if der.identifier(kind) != oids.SIGNED_DATA:
        raise der.Malformed("not a signed message")
    (message,) = wrapped.expect(0xA0).children(1, 1)
    version, announced, encapsulated, *rest = message.expect(der.SEQUENCE).children(4, 6)
    if der.number(version) not in (_VERSIONS if content_type == oids.DATA else _VERSIONS - {1}):
        raise der.Malformed("a message of another version")
    signers = tuple(_signer(info) for info in rest[-1].expect(der.SET).children(0, MAX_SIGNERS))
    digests = {certificates.algorithm_of(one) for one in announced.expect(der.SET).children(0, MAX_SIGNERS)}
    if not digests.issuperset(signer.digest_algorithm for signer in signers):
        raise der.Malformed("a signer's digest was not announced")
    return SignedData(
        version=der.number(version),
        content=_content(encapsulated, content_type),
        certificates=_certificates(rest[:-1]),
        signers=signers,
    )


def _content(encapsulated: der.Element, content_type: str) -> bytes | None:
    kind, *wrapped = encapsulated.expect(der.SEQUENCE).children(1, 2)
    if der.identifier(kind) != content_type:
        raise der.Malformed("the content is of another type")
    if not wrapped:
        return None
    (content,) = wrapped[0].expect(0xA0).children(1, 1)
    return der.octets(content)


def _certificates(parts: list[der.Element]) -> tuple[bytes, ...]:
    found: list[bytes] = []
    for part in parts:
        if part.tag == 0xA0:
            choices = part.children(0, MAX_CERTIFICATES)
            if any(choice.tag not in _CERTIFICATES for choice in choices):
                raise der.Malformed("not a certificate of any kind")
            found += [choice.encoded for choice in choices if choice.tag == der.SEQUENCE]
    return tuple(found)


def _signer(info: der.Element) -> Signer:
    version, identifier, digest, *rest = info.expect(der.SEQUENCE).children(5, 7)
    issuer, serial, key_identifier = _identified(identifier)
    if der.number(version) != (1 if key_identifier is None else 3):
        raise der.Malformed("a signer of another version")
    signed = rest.pop(0) if rest[0].tag == 0xA0 else None
    if len(rest) < 2:
        raise der.Malformed("a signer without a signature")
    algorithm, signature, *unsigned = rest
    attributes = _attributes(signed) if signed else {}
    hashes = (
        _optional(attributes, oids.SIGNING_CERTIFICATE, _hash_v1),
        _optional(attributes, oids.SIGNING_CERTIFICATE_V2, _hash_v2),
    )
    return Signer(
        issuer=issuer,
        serial=serial,
        key_identifier=key_identifier,
        digest_algorithm=certificates.algorithm_of(digest),
        algorithm=certificates.algorithm_of(algorithm),
        signature=der.octets(signature),
        # RFC 5652 §5.4: what is signed is the SET OF, although it is written with the tag [0].
        signed=b"\x31" + signed.encoded[1:] if signed else None,
        content_type=_optional(attributes, oids.CONTENT_TYPE, der.identifier),
        message_digest=_optional(attributes, oids.MESSAGE_DIGEST, der.octets),
        signed_at=_optional(attributes, oids.SIGNING_TIME, der.moment),
        certificate_hashes=tuple(named for named in hashes if named),
        timestamps=_timestamps(unsigned[0].expect(0xA1)) if unsigned else (),
    )


def _identified(identifier: der.Element) -> tuple[bytes | None, int | None, bytes | None]:
    if identifier.tag == 0x80:
        return None, None, identifier.content
    issuer, serial = identifier.expect(der.SEQUENCE).children(2, 2)
    return issuer.encoded, der.number(serial), None


def _attributes(signed: der.Element) -> dict[str, list[der.Element]]:
    found: dict[str, list[der.Element]] = {}
    for attribute in signed.children(1):
        kind, values = attribute.expect(der.SEQUENCE).children(2, 2)
        oid = der.identifier(kind)
        if oid in found:
            raise der.Malformed("an attribute stands twice")
        found[oid] = values.expect(der.SET).children()
    return found


def _timestamps(unsigned: der.Element) -> tuple[bytes, ...]:
    """Give the time stamps over the signature; each may be an attribute of its own (RFC 5126 §6.1.1)."""
    found: list[bytes] = []
    for attribute in unsigned.children():
        kind, values = attribute.expect(der.SEQUENCE).children(2, 2)
        if der.identifier(kind) == oids.TIMESTAMP_TOKEN:
            found += [value.encoded for value in values.expect(der.SET).children()]
    if len(found) > MAX_TIMESTAMPS:
        raise der.Malformed("more time stamps than one signature needs")
    return tuple(found)


def _optional(
    attributes: dict[str, list[der.Element]], oid: str, reader: Callable[[der.Element], T]
) -> T | None:
    if oid not in attributes:
        return None
    # Every attribute that is looked at has exactly one value (RFC 5652 §11, RFC 5035 §5.4).
    if len(attributes[oid]) != 1:
        raise der.Malformed("an attribute has one value")
    return reader(attributes[oid][0])


def _hash_v1(attribute: der.Element) -> tuple[str, bytes]:
    return oids.SHA1, der.octets(_first_identifier(attribute)[0])


def _hash_v2(attribute: der.Element) -> tuple[str, bytes]:
    first, *others = _first_identifier(attribute)
    if first.tag != der.SEQUENCE:
        return oids.SHA256, der.octets(first)
    if not others:
        raise der.Malformed("an identifier of a certificate has a hash")
    return certificates.algorithm_of(first), der.octets(others[0])


def _first_identifier(attribute: der.Element) -> list[der.Element]:
    """Give the parts of the first ESSCertID or ESSCertIDv2: the signer's own certificate (RFC 5035 §3)."""
    (identifiers, *_policies) = attribute.expect(der.SEQUENCE).children(1, 2)
    return identifiers.expect(der.SEQUENCE).children(1)[0].expect(der.SEQUENCE).children(1, 3)
