"""Ask an OCSP responder about a certificate, read what it answers and say whether that may be believed (RFC 6960).

NUCA's responder names certificates by SHA-256, gives the nonce back, sends its own certificate along and no
nextUpdate. A certificate it never issued, or suspended from birth, it calls revoked on 1 January 1970 with the
reason certificateHold (RFC 6960 §2.2): that counts as revoked, as every suspension does.
"""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from govkz.eds import algorithms, certificates, der, oids
from govkz.eds.armour import unarmour
from govkz.eds.certificates import Certificate, Usage
from govkz.eds.crls import CERTIFICATE_HOLD, REMOVED_FROM_CRL
from govkz.eds.reports import Reason

MAX_OCSP_BYTES = 256 * 1024
MAX_ANSWERS = 64
MAX_CERTIFICATES = 8
NONCE_BYTES = 16
# An answer without nextUpdate says that newer knowledge is always to be had: it is worth a day (A31).
MAX_AGE = timedelta(hours=24)
CLOCKS_DIFFER = timedelta(minutes=5)
SUCCESSFUL = 0

_STATUSES = {
    1: "malformed_request",
    2: "internal_error",
    3: "try_later",
    5: "sig_required",
    6: "unauthorized",
}
_UNDERSTOOD = frozenset({oids.OCSP_NONCE, oids.OCSP_NO_CHECK, oids.OCSP_ARCHIVE_CUTOFF})


class NoAnswer(der.Malformed):
    """The responder said that it does not answer; `word` tells why, such as `try_later`."""

    def __init__(self, code: int) -> None:
        self.word = _STATUSES.get(code, "unknown")
        super().__init__(f"the responder does not answer: {self.word}")


class Doubt(StrEnum):
    """Why what came back is no answer to what was asked."""

    OTHER_NONCE = "other_nonce"
    OTHER_CERTIFICATE = "other_certificate"
    OTHER_RESPONDER = "other_responder"
    FROM_THE_FUTURE = "from_the_future"
    STALE = "stale"


class Unbelievable(ValueError):
    """The answer may be genuine, yet it does not answer this question now."""

    def __init__(self, doubt: Doubt) -> None:
        self.doubt = doubt
        super().__init__(f"not an answer to this question: {doubt}")


class Standing(StrEnum):
    """What a responder says about a certificate."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said about one certificate. `kept_since`: ended certificates are known from that moment on."""

    hash_algorithm: str
    name_hash: bytes
    key_hash: bytes
    serial: int
    standing: Standing
    this_update: datetime
    next_update: datetime | None
    revoked_at: datetime | None
    reason: int | None
    kept_since: datetime | None

    @property
    def is_hold(self) -> bool:
        return self.reason == CERTIFICATE_HOLD

    def is_about(self, certificate: Certificate, issuer: Certificate) -> bool:
        """Tell whether the answer is about this certificate of this issuer."""
        if self.serial != certificate.serial or certificate.issuer != issuer.subject:
            return False
        return (self.name_hash, self.key_hash) == issuer_hashes(self.hash_algorithm, issuer)

    def is_fresh(self, *, at: datetime, max_age: timedelta | None) -> bool:
        """Tell whether the answer speaks for the moment: before nextUpdate and not older than `max_age`."""
        if self.next_update is not None and at >= self.next_update:
            return False
        if max_age is None:
            return self.next_update is not None or at - self.this_update <= MAX_AGE
        return at - self.this_update <= max_age


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: about which certificate, with which nonce; `encoded` is what goes to the responder."""

    encoded: bytes
    certificate: Certificate
    issuer: Certificate
    nonce: bytes


class Ocsp:
    """A responder's answer that was read; its signature is verified once for each issuer that asks."""

    __slots__ = (
        "_certificates",
        "_faults",
        "_responder",
        "_signature",
        "_tbs",
        "algorithm",
        "answers",
        "encoded",
        "nonce",
        "produced_at",
    )

    def __init__(self, blob: bytes) -> None:
        """Read an answer, DER or base64; raises Malformed, and NoAnswer where the responder gave none."""
        self.encoded = unarmour(blob, label="OCSP RESPONSE", limit=MAX_OCSP_BYTES)
        basic = der.parse(_basic_response(self.encoded)).expect(der.SEQUENCE).children(3, 4)
        fields = basic[0].expect(der.SEQUENCE).children(3, 5)
        if fields[0].tag == 0xA0:
            fields = fields[1:]
        if len(fields) not in (3, 4) or fields[0].tag not in (0xA1, 0xA2):
            raise der.Malformed("an answer names its responder, its moment and what it says")
        (self._responder,) = fields[0].children(1, 1)
        self.produced_at = der.moment(fields[1].expect(der.GENERALIZED_TIME))
        extensions = _extensions(fields[3:], tag=0xA1)
        self.nonce = extensions.get(oids.OCSP_NONCE)
        listed = fields[2].expect(der.SEQUENCE).children(1, MAX_ANSWERS)
        self.answers = tuple(_answer(single, produced_at=self.produced_at) for single in listed)
        self._tbs = basic[0].encoded
        self.algorithm = certificates.algorithm_of(basic[1])
        self._signature = der.bits(basic[2])
        self._certificates = _certificates(basic[3:])
        self._faults: dict[bytes, Reason | None] = {}

    def fault_under(self, issuer: Certificate) -> Reason | None:
        """Give the reason the answer is not the issuer's; None where its signature was verified."""
        if issuer.encoded not in self._faults:
            self._faults[issuer.encoded] = self._fault(issuer)
        return self._faults[issuer.encoded]

    def about(self, certificate: Certificate, issuer: Certificate) -> Iterator[Answer]:
        """Give what is said about this certificate of this issuer."""
        return (answer for answer in self.answers if answer.is_about(certificate, issuer))

    def _fault(self, issuer: Certificate) -> Reason | None:
        fault: Reason | None = Reason.NO_REVOCATION_DATA
        for responder in (issuer, *self._delegates(issuer)):
            if not self._is_named(responder):
                continue
            fault = algorithms.fault_of(
                self._signature, over=self._tbs, by=responder.key, algorithm=self.algorithm
            )
            if fault is None:
                return None
        return fault

    def _delegates(self, issuer: Certificate) -> Iterator[Certificate]:
        for encoded in self._certificates:
            try:
                delegate = _read_certificate(encoded)
            except der.Malformed:
                continue
            is_valid = delegate.not_before <= self.produced_at <= delegate.not_after
            if is_valid and _is_delegate(delegate, issuer):
                yield delegate

    def _is_named(self, responder: Certificate) -> bool:
        if self._responder.tag == der.OCTET_STRING:
            # KeyHash is SHA-1 always (RFC 6960 §4.2.1); it finds the certificate, it proves nothing.
            return self._responder.content == _hashed(oids.SHA1, _key_bits(responder))
        return self._responder.encoded == responder.subject


def ask(certificate: Certificate, issuer: Certificate, *, nonce: bytes | None = None) -> Question:
    """Make a question about a certificate, by SHA-256, with a nonce of 16 random bytes if none is given."""
    number = secrets.token_bytes(NONCE_BYTES) if nonce is None else nonce
    # The value of the extension is itself an OCTET STRING (RFC 8954 §2.1).
    value = der.encode(der.OCTET_STRING, number)
    name_hash = algorithms.reckoned(oids.SHA256, issuer.subject)
    key_hash = algorithms.reckoned(oids.SHA256, _key_bits(issuer))
    identified = der.encode(
        der.SEQUENCE,
        der.encode_algorithm(oids.SHA256),
        der.encode(der.OCTET_STRING, name_hash),
        der.encode(der.OCTET_STRING, key_hash),
        der.encode_number(certificate.serial),
    )
    extension = der.encode(
        der.SEQUENCE, der.encode_identifier(oids.OCSP_NONCE), der.encode(der.OCTET_STRING, value)
    )
    listed = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, identified))
    tbs = der.encode(der.SEQUENCE, listed, der.encode(0xA2, der.encode(der.SEQUENCE, extension)))
    return Question(der.encode(der.SEQUENCE, tbs), certificate, issuer, value)


def receive(blob: bytes, *, to: Question, at: datetime, max_age: timedelta | None = None) -> Ocsp:
    """Take in what came back to a question just now (`at`).

    Raises Malformed, NoAnswer where the responder does not answer, Unbelievable where the answer is another
    responder's, about another certificate, repeated (the nonce), of the future or stale.
    """
    ocsp = Ocsp(blob)
    if ocsp.nonce != to.nonce:
        raise Unbelievable(Doubt.OTHER_NONCE)
    answers = list(ocsp.about(to.certificate, to.issuer))
    if not answers:
        raise Unbelievable(Doubt.OTHER_CERTIFICATE)
    if ocsp.fault_under(to.issuer):
        raise Unbelievable(Doubt.OTHER_RESPONDER)
    if max(ocsp.produced_at, *(answer.this_update for answer in answers)) > at + CLOCKS_DIFFER:
        raise Unbelievable(Doubt.FROM_THE_FUTURE)
    if not all(answer.is_fresh(at=at, max_age=max_age) for answer in answers):
        raise Unbelievable(Doubt.STALE)
    return ocsp


@lru_cache(maxsize=64)
def issuer_hashes(algorithm: str, issuer: Certificate) -> tuple[bytes, bytes] | None:
    """Give the hashes by which a question names an issuer: of its name and of its key; None if unknown."""
    name, key = _hashed(algorithm, issuer.subject), _hashed(algorithm, _key_bits(issuer))
    return (name, key) if name and key else None


@lru_cache(maxsize=64)
def read(blob: bytes) -> Ocsp:
    """Read an answer and remember it; raises Malformed."""
    return Ocsp(blob)


def _basic_response(encoded: bytes) -> bytes:
    status, *wrapped = der.parse(encoded).expect(der.SEQUENCE).children(1, 2)
    code = der.enumerated(status)
    if code != SUCCESSFUL:
        raise NoAnswer(code)
    if not wrapped:
        raise der.Malformed("an answer that says nothing")
    (response,) = wrapped[0].expect(0xA0).children(1, 1)
    kind, content = response.expect(der.SEQUENCE).children(2, 2)
    if der.identifier(kind) != oids.OCSP_BASIC:
        raise der.Malformed("an answer of another kind")
    return der.octets(content)


def _answer(single: der.Element, *, produced_at: datetime) -> Answer:
    identified, said, this_update, *rest = single.expect(der.SEQUENCE).children(3, 5)
    algorithm, name_hash, key_hash, serial = identified.expect(der.SEQUENCE).children(4, 4)
    since = der.moment(this_update.expect(der.GENERALIZED_TIME))
    until = None
    if rest and rest[0].tag == 0xA0:
        until = der.moment(rest.pop(0).children(1, 1)[0].expect(der.GENERALIZED_TIME))
    if since > produced_at + CLOCKS_DIFFER or (until is not None and until < since):
        raise der.Malformed("an answer of impossible moments")
    standing, revoked_at, reason = _standing(said)
    cutoff = _extensions(rest, tag=0xA1).get(oids.OCSP_ARCHIVE_CUTOFF)
    return Answer(
        hash_algorithm=certificates.algorithm_of(algorithm),
        name_hash=der.octets(name_hash),
        key_hash=der.octets(key_hash),
        serial=der.number(serial),
        standing=standing,
        this_update=since,
        next_update=until,
        revoked_at=revoked_at,
        reason=reason,
        kept_since=der.moment(der.parse(cutoff)) if cutoff is not None else None,
    )


def _standing(said: der.Element) -> tuple[Standing, datetime | None, int | None]:
    if said.tag == 0x80:
        return Standing.GOOD, None, None
    if said.tag != 0xA1:
        return Standing.UNKNOWN, None, None
    revoked_at, *named = said.children(1, 2)
    reason = der.enumerated(named[0].expect(0xA0).children(1, 1)[0]) if named else None
    if reason == REMOVED_FROM_CRL:
        # Belongs into delta lists only: as an answer it says neither that the certificate holds nor that not.
        return Standing.UNKNOWN, None, None
    return Standing.REVOKED, der.moment(revoked_at.expect(der.GENERALIZED_TIME)), reason


def _extensions(fields: list[der.Element], *, tag: int) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for wrapper in fields:
        for oid, critical, value in certificates.extensions_in(wrapper.expect(tag).children(1, 1)[0]):
            if oid in found or (critical and oid not in _UNDERSTOOD):
                raise der.Malformed("an extension that is not understood, or stands twice")
            found[oid] = value
    return found


def _certificates(wrapped: list[der.Element]) -> tuple[bytes, ...]:
    if not wrapped:
        return ()
    (listed,) = wrapped[0].expect(0xA0).children(1, 1)
    return tuple(part.encoded for part in listed.expect(der.SEQUENCE).children(0, MAX_CERTIFICATES))


# The same few responders answer all day.
@lru_cache(maxsize=64)
def _read_certificate(encoded: bytes) -> Certificate:
    return certificates.read(encoded)


@lru_cache(maxsize=64)
def _is_delegate(delegate: Certificate, issuer: Certificate) -> bool:
    """Tell whether the issuer entrusted the answering of questions to the holder (RFC 6960 §4.2.2.2).

    Nobody can be asked whether a responder was revoked: only one marked ocsp-nocheck is believed.
    """
    if delegate.issuer != issuer.subject or oids.OCSP_SIGNING not in delegate.purposes:
        return False
    if oids.OCSP_NO_CHECK not in delegate.extensions or delegate.has_unknown_critical:
        return False
    if delegate.usage is not None and not delegate.may(Usage.DIGITAL_SIGNATURE):
        return False
    fault = algorithms.fault_of(
        delegate.signature, over=delegate.tbs, by=issuer.key, algorithm=delegate.algorithm
    )
    return fault is None


def _key_bits(holder: Certificate) -> bytes:
    _algorithm, bits = der.parse(holder.key.encoded).children(2, 2)
    return der.bits(bits)


def _hashed(algorithm: str, content: bytes) -> bytes | None:
    # SHA-1 finds a certificate here; that the answer is its issuer's is proven by the signature.
    if algorithm == oids.SHA1:
        return hashlib.sha1(content, usedforsecurity=False).digest()
    found = algorithms.digest(algorithm, content)
    return None if isinstance(found, Reason) else found
