"""Ask for a time stamp over a signature, read it, and say whether it proves when the signature existed (RFC 3161).

NUCA's authority (policies 1.2.398.3.3.2.6.1 to .4, one for each algorithm it signs with) names its certificate by
ESSCertID (SHA-1), sends it along, and hashes what it stamps as it is asked to: SHA-256 or Streebog-512.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from govkz.eds import algorithms, cms, der, oids, signers
from govkz.eds.armour import unarmour
from govkz.eds.certificates import Certificate, Usage
from govkz.eds.crls import Crl
from govkz.eds.judgement import Circumstances, revocation_of, strikes_issuers
from govkz.eds.ocsp import Ocsp
from govkz.eds.reports import Reason, Status

MAX_BYTES = 64 * 1024
NONCE_BITS = 64
CLOCKS_DIFFER = timedelta(minutes=5)

# What NUCA's authority stamps under each policy; SHA-256 where no policy is asked for.
IMPRINTS = {
    oids.TSA_GOST_2004: oids.GOST_34311_95,
    oids.TSA_RSA: oids.SHA256,
    oids.TSA_GOST_2015: oids.STREEBOG_512,
}

_GRANTED = (0, 1)
_STATUSES = {2: "rejection", 3: "waiting", 4: "revocation_warning", 5: "revocation_notification"}


class Rejected(der.Malformed):
    """The authority said that it gives no time stamp; `word` tells why, such as `rejection`."""

    def __init__(self, code: int) -> None:
        self.word = _STATUSES.get(code, "unknown")
        super().__init__(f"no time stamp was given: {self.word}")


class Doubt(StrEnum):
    """Why what came back is no answer to what was asked."""

    OTHER_IMPRINT = "other_imprint"
    OTHER_NONCE = "other_nonce"
    OTHER_POLICY = "other_policy"
    OTHER_TIME = "other_time"


class Unbelievable(ValueError):
    """The time stamp may be genuine, yet it does not answer this question now."""

    def __init__(self, doubt: Doubt) -> None:
        self.doubt = doubt
        super().__init__(f"not an answer to this question: {doubt}")


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: a stamp over this imprint; `encoded` is what goes to the authority."""

    encoded: bytes
    algorithm: str
    imprint: bytes
    nonce: int
    policy: str | None


@dataclass(frozen=True, slots=True)
class Token:
    """A time stamp that was read, not yet believed; `at` is the moment it tells (genTime)."""

    encoded: bytes
    policy: str
    algorithm: str
    imprint: bytes
    serial: int
    at: datetime
    nonce: int | None
    content: bytes
    message: cms.SignedData

    def is_over(self, signature: bytes) -> bool:
        """Tell whether the imprint is of these bytes."""
        return algorithms.digest(self.algorithm, signature) == self.imprint


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a time stamp is worth: the moment it proves, or the reason it proves none; what that rests on.

    `until` is when the first certificate it rests on ends, where it proves anything.
    """

    at: datetime | None
    reason: Reason | None
    used: tuple[Crl | Ocsp, ...] = ()
    issuers: tuple[Certificate, ...] = ()
    until: datetime | None = None


def ask(
    signature: bytes, *, algorithm: str | None = None, policy: str | None = None, nonce: int | None = None
) -> Query:
    """Make a question for a stamp over a signature's bytes, with a random nonce if none is given.

    Without an `algorithm` the digest that goes with the policy is taken.
    """
    number = secrets.randbits(NONCE_BITS) if nonce is None else nonce
    digest = algorithm or IMPRINTS.get(policy or "", oids.SHA256)
    imprint = algorithms.reckoned(digest, signature)
    encoded = der.encode(
        der.SEQUENCE,
        der.encode_number(1),
        der.encode(der.SEQUENCE, der.encode_algorithm(digest), der.encode(der.OCTET_STRING, imprint)),
        der.encode_identifier(policy) if policy else b"",
        der.encode_number(number),
        # The authority's certificate has to come along: without it the stamp proves nothing later.
        der.encode(der.BOOLEAN, b"\xff"),
    )
    return Query(encoded, digest, imprint, number, policy)


def receive(blob: bytes, *, to: Query, at: datetime) -> Token:
    """Take in what came back to a question just now (`at`).

    Raises Malformed, Rejected where no stamp was given, Unbelievable where it is another's: over other bytes,
    repeated (the nonce), under another policy, of another time. Who signed it is judged by `judge`.
    """
    token = read(token_in(blob))
    if (token.algorithm, token.imprint) != (to.algorithm, to.imprint):
        raise Unbelievable(Doubt.OTHER_IMPRINT)
    if token.nonce != to.nonce:
        raise Unbelievable(Doubt.OTHER_NONCE)
    if to.policy not in (None, token.policy):
        raise Unbelievable(Doubt.OTHER_POLICY)
    if abs(token.at - at) > CLOCKS_DIFFER:
        raise Unbelievable(Doubt.OTHER_TIME)
    return token


def read(blob: bytes) -> Token:
    """Read a time stamp (a CMS message over TSTInfo), DER or base64; raises Malformed."""
    encoded = unarmour(blob, label="TIMESTAMP TOKEN|CMS|PKCS7", limit=MAX_BYTES)
    message = cms.read(encoded, content_type=oids.TST_INFO)
    if message.content is None:
        raise der.Malformed("a time stamp that says nothing")
    version, policy, imprint, serial, moment, *rest = (
        der.parse(message.content).expect(der.SEQUENCE).children(5, 10)
    )
    if der.number(version) != 1:
        raise der.Malformed("a time stamp of another version")
    hashed, digest = imprint.expect(der.SEQUENCE).children(2, 2)
    if any(part.tag == 0xA1 for part in rest):
        raise der.Malformed("a time stamp with extensions")
    nonce = next((part for part in rest if part.tag == der.INTEGER), None)
    (algorithm, *_parameters) = hashed.expect(der.SEQUENCE).children(1, 2)
    return Token(
        encoded=encoded,
        policy=der.identifier(policy),
        algorithm=der.identifier(algorithm),
        imprint=der.octets(digest),
        serial=der.number(serial),
        at=_precise(moment),
        nonce=der.number(nonce) if nonce else None,
        content=message.content,
        message=message,
    )


def judge(
    blob: bytes, *, over: bytes, circumstances: Circumstances, seen_at: datetime | None = None
) -> Stamp:
    """Judge a time stamp over a signature's bytes; anything but a proof comes with its reason.

    The authority's certificate has to be for time stamps only, lead to an anchor and have been valid at the
    stamp's moment. It counts as not revoked unless a list or an answer says otherwise; `seen_at` is the moment at
    which another good stamp saw this one, which no later revocation takes away.
    """
    try:
        token = read(blob)
    except der.Malformed:
        return Stamp(None, Reason.BAD_TIMESTAMP)
    try:
        (signer,) = token.message.signers
    except ValueError:
        return Stamp(None, Reason.BAD_TIMESTAMP)
    authority = signers.certificate_of(signer, token.message.certificates, circumstances.trust)
    if authority is None or not signer.certificate_hashes or not _is_authority(authority, token.at):
        return Stamp(None, Reason.BAD_TIMESTAMP)
    imprint = algorithms.digest(token.algorithm, over)
    found = signers.faults(signer, authority, token.content, content_type=oids.TST_INFO)
    found += [imprint] if isinstance(imprint, Reason) else []
    if found:
        return Stamp(None, _weighed(found))
    if imprint != token.imprint:
        return Stamp(None, Reason.BAD_TIMESTAMP)
    return _judge_authority(authority, token, circumstances, seen_at=seen_at)


def _judge_authority(
    authority: Certificate, token: Token, circumstances: Circumstances, *, seen_at: datetime | None
) -> Stamp:
    path = circumstances.trust.path_of(authority)
    if path.reason:
        return Stamp(None, _weighed([path.reason]), issuers=path.issuers)
    if not path.issuers or not all(
        issuer.not_before <= token.at <= issuer.not_after for issuer in path.issuers
    ):
        return Stamp(None, Reason.BAD_TIMESTAMP, issuers=path.issuers)
    known = revocation_of(authority, path.issuers[0], circumstances, at=circumstances.at)
    are_struck, used = strikes_issuers(path, circumstances, since=token.at, seen_at=seen_at)
    is_bad = are_struck or known.strikes(token.at, seen_at=seen_at)
    return Stamp(
        at=None if is_bad else token.at,
        reason=Reason.BAD_TIMESTAMP if is_bad else None,
        used=(*known.used, *used),
        issuers=path.issuers,
        until=None if is_bad else min(one.not_after for one in (authority, *path.issuers)),
    )


def _is_authority(certificate: Certificate, at: datetime) -> bool:
    """Tell whether the certificate is a time-stamping authority's (RFC 3161 §2.3), valid at the moment."""
    return (
        certificate.purposes == {oids.TIME_STAMPING}
        and oids.EXTENDED_KEY_USAGE in certificate.critical
        and not certificate.has_unknown_critical
        and (certificate.usage is None or bool(certificate.usage & _STAMPING))
        and certificate.not_before <= at <= certificate.not_after
    )


_STAMPING = Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION


def _weighed(reasons: list[Reason]) -> Reason:
    """Give the reason of a stamp: not understood or not led to an anchor is open, all else is bad."""
    is_open = all(reason.status is Status.INDETERMINATE for reason in reasons)
    return Reason.UNTRUSTED_TIMESTAMP if is_open else Reason.BAD_TIMESTAMP


def token_in(blob: bytes) -> bytes:
    """Give the token in an authority's answer (TimeStampResp); raises Malformed, Rejected."""
    encoded = unarmour(blob, label="TIMESTAMP RESPONSE", limit=MAX_BYTES)
    status, *given = der.parse(encoded).expect(der.SEQUENCE).children(1, 2)
    code = der.number(status.expect(der.SEQUENCE).children(1, 3)[0])
    if code not in _GRANTED:
        raise Rejected(code)
    if not given:
        raise der.Malformed("granted, and no time stamp given")
    return given[0].encoded


def _precise(element: der.Element) -> datetime:
    """Give genTime, which may have a fraction of a second (RFC 3161 §2.4.2), in UTC."""
    whole, point, rest = element.expect(der.GENERALIZED_TIME).content.partition(b".")
    if not point:
        return der.moment(element)
    fraction = rest.removesuffix(b"Z")
    if not fraction.isdigit() or fraction == rest or len(fraction) > 9:
        raise der.Malformed("a moment is expected here")
    at = der.moment(der.parse(der.encode(der.GENERALIZED_TIME, whole + b"Z")))
    return at + timedelta(microseconds=int(fraction[:6].ljust(6, b"0")))
