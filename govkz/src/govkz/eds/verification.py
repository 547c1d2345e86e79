"""Verify signed messages and certificates: who signed exactly which bytes, and may that be relied on.

Nothing a stranger can hand in raises: every outcome is a report. Only the content that a verification gives
back may be used; it is given only where each signer's digest and signature were verified and nothing failed.

Limits: messages of 16 MiB, 16 signers, 32 certificates of 64 KiB, 16 levels, RSA keys of 2048 to 4096 bits.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from govkz.eds import algorithms, certificates, cms, der, oids, revocation
from govkz.eds.armour import TooLarge
from govkz.eds.certificates import Certificate
from govkz.eds.policies import Policy
from govkz.eds.reports import Reason, Report, Revocation, SignerReport, Status, weigh, worst
from govkz.eds.revocation import Crl
from govkz.eds.trust import Path, Trust


@dataclass(frozen=True, slots=True)
class Verification:
    """The report, and the content whose signatures were verified; None where there is no such content."""

    report: Report
    content: bytes | None


def verify_cms(
    blob: bytes,
    *,
    content: bytes | None = None,
    trust: Trust,
    crls: Sequence[bytes | Crl] = (),
    at: datetime,
    policy: Policy,
) -> Verification:
    """Verify a signed message at a moment; `content` is the document where the signature is detached.

    `at` is the moment of receipt: certificates and revocation are judged by it. Lists that cannot be read
    count as absent. With attached content, a `content` handed in beside it has to be the same bytes.
    """
    try:
        message = cms.read(blob)
    except TooLarge:
        return _refused(Reason.TOO_LARGE, at=at)
    except der.Malformed:
        return _refused(Reason.MALFORMED, at=at)
    signed = message.content if message.content is not None else content
    if not message.signers:
        return _refused(Reason.NO_SIGNER, at=at, content=signed)
    if signed is None:
        return _refused(Reason.CONTENT_MISSING, at=at)
    if content is not None and content != signed:
        return _refused(Reason.CONTENT_MISMATCH, at=at, content=signed)

    circumstances = _Circumstances(trust, _readable(crls), at, policy)
    verdicts = [_verify_signer(signer, message, signed, circumstances) for signer in message.signers]
    report = Report(
        status=worst(verdict.report.status for verdict in verdicts),
        signers=tuple(verdict.report for verdict in verdicts),
        content_sha256=hashlib.sha256(signed).hexdigest(),
        judged_at=at,
    )
    is_intact = report.status != Status.FAILED and all(verdict.is_intact for verdict in verdicts)
    return Verification(report, signed if is_intact else None)


def verify_certificate(
    blob: bytes, *, trust: Trust, crls: Sequence[bytes | Crl] = (), at: datetime, policy: Policy
) -> Report:
    """Judge a certificate, DER or PEM, as if its holder had signed at the moment."""
    try:
        certificate = certificates.read(blob)
    except TooLarge:
        return _refused(Reason.TOO_LARGE, at=at).report
    except der.Malformed:
        return _refused(Reason.MALFORMED, at=at).report
    verdict = _Verdict(certificate, algorithm=algorithms.name_of(certificate.algorithm))
    _judge_holder(verdict, certificate, _Circumstances(trust, _readable(crls), at, policy))
    return Report(status=verdict.report.status, signers=(verdict.report,), judged_at=at)


@dataclass(frozen=True, slots=True)
class _Circumstances:
    """By what a signer is judged."""

    trust: Trust
    crls: tuple[Crl, ...]
    at: datetime
    policy: Policy


@dataclass(slots=True)
class _Verdict:
    """What was found about one signer so far."""

    certificate: Certificate | None = None
    reasons: list[Reason] = field(default_factory=list)
    algorithm: str | None = None
    signed_at: datetime | None = None
    revocation: Revocation | None = None
    is_intact: bool = False

    @property
    def report(self) -> SignerReport:
        status, reasons = weigh(self.reasons)
        known = self.certificate
        return SignerReport(
            status=status,
            reasons=reasons,
            iin=known.iin if known else None,
            bin=known.bin if known else None,
            name=known.name if known else None,
            role=known.role if known else None,
            algorithm=self.algorithm,
            serial=known.serial_text if known else None,
            signed_at=self.signed_at,
            revocation=self.revocation,
        )


def _verify_signer(
    signer: cms.Signer, message: cms.SignedData, content: bytes, circumstances: _Circumstances
) -> _Verdict:
    algorithm = algorithms.name_of(signer.algorithm, signer.digest_algorithm)
    certificate = _certificate_of(signer, message, circumstances.trust)
    verdict = _Verdict(certificate, algorithm=algorithm, signed_at=signer.signed_at)
    if certificate is None:
        verdict.reasons.append(Reason.CERTIFICATE_MISSING)
        return verdict
    verdict.reasons += _signature_faults(signer, certificate, content)
    verdict.is_intact = not verdict.reasons
    _judge_holder(verdict, certificate, circumstances)
    return verdict


def _certificate_of(signer: cms.Signer, message: cms.SignedData, trust: Trust) -> Certificate | None:
    for encoded in message.certificates:
        try:
            certificate = trust.read(encoded)
        except der.Malformed:
            continue
        if signer.key_identifier is not None:
            if signer.key_identifier == certificate.key_identifier:
                return certificate
        elif (signer.issuer, signer.serial) == (certificate.issuer, certificate.serial):
            return certificate
    return None


def _signature_faults(signer: cms.Signer, certificate: Certificate, content: bytes) -> list[Reason]:
    if signer.signed is None or signer.message_digest is None or signer.content_type != oids.DATA:
        return [Reason.ATTRIBUTES_MISSING]
    expected = algorithms.digest(signer.digest_algorithm, content)
    if isinstance(expected, Reason):
        return [expected]
    found = []
    if expected != signer.message_digest:
        found.append(Reason.DIGEST_MISMATCH)
    found += [fault for named in signer.certificate_hashes if (fault := _hash_fault(*named, certificate))]
    fault = algorithms.fault_of(
        signer.signature,
        over=signer.signed,
        by=certificate.key,
        algorithm=signer.algorithm,
        digest_algorithm=signer.digest_algorithm,
    )
    return [*found, fault] if fault else found


def _hash_fault(algorithm: str, named: bytes, certificate: Certificate) -> Reason | None:
    # ESSCertID of RFC 2634 knows SHA-1 only: there it names a certificate, it does not prove anything.
    if algorithm == oids.SHA1:
        expected: bytes | Reason = hashlib.sha1(certificate.encoded, usedforsecurity=False).digest()
    else:
        expected = algorithms.digest(algorithm, certificate.encoded)
    if isinstance(expected, Reason):
        return expected
    return None if expected == named else Reason.CERTIFICATE_MISMATCH


def _judge_holder(verdict: _Verdict, certificate: Certificate, circumstances: _Circumstances) -> None:
    at = circumstances.at
    path = circumstances.trust.path_of(certificate)
    if at < certificate.not_before:
        verdict.reasons.append(Reason.NOT_YET_VALID)
    if at > certificate.not_after:
        verdict.reasons.append(Reason.EXPIRED)
    if certificate.has_unknown_critical:
        verdict.reasons.append(Reason.UNSUPPORTED_EXTENSION)
    if path.reason:
        verdict.reasons.append(path.reason)
    else:
        _judge_path(verdict, certificate, path, circumstances)
    verdict.reasons += circumstances.policy.faults(certificate)


def _judge_path(
    verdict: _Verdict, certificate: Certificate, path: Path, circumstances: _Circumstances
) -> None:
    at, max_age = circumstances.at, circumstances.policy.crl_max_age
    if not all(issuer.not_before <= at <= issuer.not_after for issuer in path.issuers):
        verdict.reasons.append(Reason.ISSUER_OUTSIDE_VALIDITY)
    if not path.issuers:
        verdict.reasons.append(Reason.NO_REVOCATION_DATA)
        return
    verdict.revocation, reason = revocation.judge(
        certificate, path.issuers[0], circumstances.crls, at=at, max_age=max_age
    )
    if reason:
        verdict.reasons.append(reason)
    # An issuing CA the operator configured counts as not revoked unless a list says otherwise.
    for issuer, above in pairwise(path.issuers):
        _, reason = revocation.judge(issuer, above, circumstances.crls, at=at, max_age=max_age)
        if reason == Reason.REVOKED:
            verdict.reasons.append(Reason.ISSUER_REVOKED)


def _readable(crls: Sequence[bytes | Crl]) -> tuple[Crl, ...]:
    found = []
    for crl in crls:
        try:
            found.append(crl if isinstance(crl, Crl) else revocation.read(crl))
        except der.Malformed:
            continue
    return tuple(found)


def _refused(reason: Reason, *, at: datetime, content: bytes | None = None) -> Verification:
    digest = hashlib.sha256(content).hexdigest() if content is not None else None
    report = Report(status=reason.status, content_sha256=digest, document_reasons=(reason,), judged_at=at)
    return Verification(report, None)
