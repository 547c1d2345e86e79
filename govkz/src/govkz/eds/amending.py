"""Add to a signed message that exists: another signer, a time stamp over a signature, as NCALayer does.

What was signed before stays byte for byte as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from govkz.eds import certificates, cms, der, oids, signing, timestamps
from govkz.eds.armour import unarmour
from govkz.eds.keys import SigningKey


class OtherContent(ValueError):
    """The content handed in is not what the message is about."""


@dataclass(frozen=True, slots=True)
class _Message:
    """A message in parts, each as encoded."""

    version: bytes
    digests: tuple[bytes, ...]
    encapsulated: bytes
    certificates: tuple[bytes, ...]
    lists: bytes
    signers: tuple[der.Element, ...]

    def write(self, signers: Sequence[bytes]) -> bytes:
        message = der.encode(
            der.SEQUENCE,
            self.version,
            der.encode_set(*self.digests),
            self.encapsulated,
            # A SET OF under the tag [0].
            b"\xa0" + der.encode_set(*self.certificates)[1:] if self.certificates else b"",
            self.lists,
            der.encode_set(*signers),
        )
        return der.encode(der.SEQUENCE, der.encode_identifier(oids.SIGNED_DATA), der.encode(0xA0, message))


def add_signer(
    message: bytes, *, key: SigningKey, certificate: bytes, at: datetime, content: bytes | None = None
) -> bytes:
    """Sign the content of a message too; gives the message with all its signers in DER.

    A detached message needs its `content`. Raises Malformed, and OtherContent where the content is missing or
    another than the message's own.
    """
    attached = cms.read(message).content
    signed = content if attached is None else attached
    if signed is None or content not in (None, signed):
        raise OtherContent("the content of the message is needed, and nothing else")
    holder = certificates.read(certificate)
    parts = _parts(message)
    amended = replace(
        parts,
        digests=_with(parts.digests, der.encode_algorithm(key.digest_algorithm)),
        certificates=_with(parts.certificates, holder.encoded),
    )
    signer = signing.signer_info(signed, key=key, holder=holder, at=at)
    return amended.write([*(existing.encoded for existing in parts.signers), signer])


def signatures_in(message: bytes) -> tuple[bytes, ...]:
    """Give each signer's signature: what a time stamp is asked for; raises Malformed."""
    return tuple(signer.signature for signer in cms.read(message).signers)


def add_timestamp(message: bytes, token: bytes) -> bytes:
    """Put a time stamp beside the signature it is over; gives the message in DER.

    Raises Malformed, and OtherContent where the stamp is over none of the signatures.
    """
    stamp = timestamps.read(token)
    parts = _parts(message)
    signers = [_stamped(signer, stamp) for signer in parts.signers]
    if signers == [signer.encoded for signer in parts.signers]:
        raise OtherContent("the time stamp is over none of the signatures")
    return parts.write(signers)


def _stamped(signer: der.Element, stamp: timestamps.Token) -> bytes:
    fields = signer.children(5, 7)
    unsigned = [field for field in fields[5:] if field.tag == 0xA1]
    signature = fields[-1 - len(unsigned)]
    if not stamp.is_over(der.octets(signature)):
        return signer.encoded
    attribute = signing.attribute(oids.TIMESTAMP_TOKEN, stamp.encoded)
    before = [part.encoded for listed in unsigned for part in listed.children()]
    kept = [field.encoded for field in fields if field not in unsigned]
    # A SET OF under the tag [1].
    return der.encode(der.SEQUENCE, *kept, b"\xa1" + der.encode_set(*before, attribute)[1:])


def _parts(blob: bytes) -> _Message:
    cms.read(blob)
    encoded = unarmour(blob, label=cms.LABELS, limit=cms.MAX_BYTES)
    (message,) = der.parse(encoded).children(2, 2)[1].children(1, 1)
    version, digests, encapsulated, *rest = message.children(4, 6)
    tagged = {part.tag: part for part in rest[:-1]}
    return _Message(
        version=version.encoded,
        digests=tuple(part.encoded for part in digests.expect(der.SET).children()),
        encapsulated=encapsulated.encoded,
        certificates=tuple(part.encoded for part in tagged[0xA0].children()) if 0xA0 in tagged else (),
        lists=tagged[0xA1].encoded if 0xA1 in tagged else b"",
        signers=tuple(rest[-1].children()),
    )


def _with(parts: tuple[bytes, ...], part: bytes) -> tuple[bytes, ...]:
    return parts if part in parts else (*parts, part)
