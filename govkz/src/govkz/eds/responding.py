"""Answer as the OCSP responder of a test authority: good, revoked, or unknown where it is not the issuer's.

For demonstrations and tests. The forms are those of NUCA's responder: the certificate beside the answer, named by
its subject; no nextUpdate; the nonce given back as it came.
"""

from dataclasses import dataclass
from datetime import datetime

from govkz.eds import certificates, der, ocsp, oids
from govkz.eds.der import BIT_STRING, ENUMERATED, OCTET_STRING, SEQUENCE, encode, encode_generalized
from govkz.eds.keys import SigningKey
from govkz.eds.pki import Authority, Identity

_NOT_UNDERSTOOD = encode(SEQUENCE, encode(ENUMERATED, b"\x01"))


@dataclass(frozen=True, slots=True)
class Responder:
    """Somebody who answers for an authority: with a certificate for that, or as the issuing CA itself."""

    authority: Authority
    identity: Identity

    def answer(self, question: bytes, *, at: datetime, until: datetime | None = None) -> bytes:
        """Answer a question (OCSPRequest in DER) at a moment; one that cannot be read is told so."""
        try:
            asked, nonce = _asked(question)
            singles = [self._single(identified, at=at, until=until) for identified in asked]
        except der.Malformed:
            return _NOT_UNDERSTOOD
        return self.sign(singles, nonce=nonce, at=at)

    def sign(self, singles: list[bytes], *, nonce: bytes | None, at: datetime) -> bytes:
        """Sign single answers (SingleResponse in DER) as one."""
        responder = certificates.read(self.identity.certificate)
        echoed = b""
        if nonce is not None:
            extension = encode(SEQUENCE, der.encode_identifier(oids.OCSP_NONCE), encode(OCTET_STRING, nonce))
            echoed = encode(0xA1, encode(SEQUENCE, extension))
        tbs = encode(
            SEQUENCE,
            encode(0xA1, responder.subject),
            encode_generalized(at),
            encode(SEQUENCE, *singles),
            echoed,
        )
        return _response(tbs, self.identity.key, responder.encoded)

    def _single(self, identified: der.Element, *, at: datetime, until: datetime | None) -> bytes:
        return encode(
            SEQUENCE,
            identified.encoded,
            self._said_of(identified, at=at),
            encode_generalized(at),
            encode(0xA0, encode_generalized(until)) if until else b"",
        )

    def _said_of(self, identified: der.Element, *, at: datetime) -> bytes:
        algorithm, name, key, serial = identified.expect(SEQUENCE).children(4, 4)
        issuer = certificates.read(self.authority.issuing.certificate)
        named = ocsp.issuer_hashes(certificates.algorithm_of(algorithm), issuer)
        if named != (der.octets(name), der.octets(key)):
            return encode(0x82)
        revoked_at = self.authority.revoked.get(der.number(serial))
        if revoked_at is None or revoked_at > at:
            return encode(0x80)
        return encode(0xA1, encode_generalized(revoked_at))


def _asked(question: bytes) -> tuple[list[der.Element], bytes | None]:
    tbs = der.parse(question).expect(SEQUENCE).children(1, 2)[0].expect(SEQUENCE).children(1, 4)
    listed = next((part for part in tbs if part.tag == SEQUENCE), None)
    if listed is None:
        raise der.Malformed("nothing is asked")
    asked = [single.expect(SEQUENCE).children(1, 2)[0] for single in listed.children(1, ocsp.MAX_ANSWERS)]
    for wrapper in tbs:
        if wrapper.tag == 0xA2:
            for oid, _, value in certificates.extensions_in(wrapper.children(1, 1)[0]):
                if oid == oids.OCSP_NONCE:
                    return asked, value
    return asked, None


def _response(tbs: bytes, key: SigningKey, certificate: bytes) -> bytes:
    basic = encode(
        SEQUENCE,
        tbs,
        der.encode_algorithm(key.algorithm),
        encode(BIT_STRING, b"\0", key.sign(tbs)),
        encode(0xA0, encode(SEQUENCE, certificate)),
    )
    wrapped = encode(SEQUENCE, der.encode_identifier(oids.OCSP_BASIC), encode(OCTET_STRING, basic))
    return encode(SEQUENCE, encode(ENUMERATED, b"\0"), encode(0xA0, wrapped))
