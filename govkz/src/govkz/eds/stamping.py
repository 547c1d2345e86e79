"""Give time stamps as the authority of a test PKI: tokens in the form of NUCA's time-stamping authority.

For demonstrations and tests.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from govkz.eds import algorithms, certificates, der, oids
from govkz.eds.der import BOOLEAN, INTEGER, OCTET_STRING, SEQUENCE, encode, encode_identifier, encode_number
from govkz.eds.pki import Identity
from govkz.eds.signing import attribute, signer_part

_REJECTED = encode(SEQUENCE, encode(SEQUENCE, encode_number(2)))
_POLICIES = {
    oids.RSA_SHA256: oids.TSA_RSA,
    oids.GOST_2004: oids.TSA_GOST_2004,
    oids.GOST_2015_256: oids.TSA_GOST_2015,
    oids.GOST_2015_512: oids.TSA_GOST_2015,
}


@dataclass(frozen=True, slots=True)
class Stamper:
    """A time-stamping authority; stamps with the policy that goes with its key."""

    identity: Identity

    def answer(self, query: bytes, *, at: datetime) -> bytes:
        """Answer a question (TimeStampReq in DER) at a moment; one that cannot be read is rejected."""
        try:
            imprint, policy, nonce = _asked(query)
        except der.Malformed:
            return _REJECTED
        if policy not in (None, self.policy):
            return _REJECTED
        token = self.token(imprint, nonce=nonce, at=at)
        return encode(SEQUENCE, encode(SEQUENCE, encode_number(0)), token)

    @property
    def policy(self) -> str:
        return _POLICIES[self.identity.key.algorithm]

    def token(self, imprint: bytes, *, nonce: bytes | None = None, at: datetime) -> bytes:
        """Stamp an imprint (MessageImprint in DER); gives the token in DER. `nonce` is an INTEGER in DER."""
        stamped = encode(
            SEQUENCE,
            encode_number(1),
            encode_identifier(self.policy),
            imprint,
            encode_number(secrets.randbits(64)),
            der.encode_generalized(at),
            nonce or b"",
        )
        return self.sign(stamped, at=at)

    def sign(self, stamped: bytes, *, at: datetime) -> bytes:
        """Sign what a token says (TSTInfo in DER); gives the token in DER."""
        key, holder = self.identity.key, certificates.read(self.identity.certificate)
        digest = algorithms.reckoned(key.digest_algorithm, stamped)
        # ESSCertID of RFC 2634, as NUCA's authority writes it.
        named = hashlib.sha1(holder.encoded, usedforsecurity=False).digest()
        identified = encode(SEQUENCE, encode(SEQUENCE, encode(SEQUENCE, encode(OCTET_STRING, named))))
        attributes = der.encode_set(
            attribute(oids.CONTENT_TYPE, encode_identifier(oids.TST_INFO)),
            attribute(oids.SIGNING_TIME, der.encode_moment(at)),
            attribute(oids.SIGNING_CERTIFICATE, identified),
            attribute(oids.MESSAGE_DIGEST, encode(OCTET_STRING, digest)),
        )
        content = encode(0xA0, encode(OCTET_STRING, stamped))
        message = encode(
            SEQUENCE,
            encode_number(3),
            der.encode_set(der.encode_algorithm(key.digest_algorithm)),
            encode(SEQUENCE, encode_identifier(oids.TST_INFO), content),
            encode(0xA0, holder.encoded),
            der.encode_set(signer_part(attributes, key=key, holder=holder)),
        )
        return encode(SEQUENCE, encode_identifier(oids.SIGNED_DATA), encode(0xA0, message))


def _asked(query: bytes) -> tuple[bytes, str | None, bytes | None]:
    version, imprint, *rest = der.parse(query).expect(SEQUENCE).children(2, 6)
    if der.number(version) != 1:
        raise der.Malformed("a question of another version")
    hashed, digest = imprint.expect(SEQUENCE).children(2, 2)
    certificates.algorithm_of(hashed)
    der.octets(digest)
    known = {part.tag: part for part in rest}
    if known.keys() - {der.OID, INTEGER, BOOLEAN}:
        raise der.Malformed("a question with extensions")
    policy, nonce = known.get(der.OID), known.get(INTEGER)
    return (
        imprint.encoded,
        der.identifier(policy) if policy else None,
        nonce.encoded if nonce else None,
    )
