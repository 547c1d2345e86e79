"""Verify signed messages and certificates: who signed exactly which bytes, and may that be relied on.

Nothing a stranger can hand in raises: every outcome is a report. Only the content that a verification gives
back may be used; it is given only where each signer's digest and signature were verified and nothing failed.

Limits: messages of 16 MiB, 16 signers, 32 certificates of 64 KiB, 16 levels, RSA keys of 2048 to 4096 bits.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from govkz.eds import algorithms, certificates, cms, der, oids
from govkz.eds.armour import TooLarge
from govkz.eds.certificates import Certificate
from govkz.eds.crls import Crl
from govkz.eds.judgement import (
    Circumstances,
    Verdict,
    Verification,
    judge_holder,
    readable,
    readable_answers,
    refused,
    sum_up,
)
from govkz.eds.ocsp import Ocsp
from govkz.eds.policies import Policy
from govkz.eds.reports import Reason, Report
from govkz.eds.trust import Trust


def verify_cms(
    blob: bytes,
    *,
    content: bytes | None = None,
    trust: Trust,
    crls: Sequence[bytes | Crl] = (),
    ocsps: Sequence[bytes | Ocsp] = (),
    at: datetime,
    policy: Policy,
) -> Verification:
    """Verify a signed message at a moment; `content` is the document where the signature is detached.

    `at` is the moment of receipt: certificates and revocation are judged by it. Lists and OCSP answers that
    cannot be read count as absent. With attached content, a `content` handed in beside it has to be the same bytes.
    """
    try:
        message = cms.read(blob)
    except TooLarge:
        return refused(Reason.TOO_LARGE, at=at)
    except der.Malformed:
        return refused(Reason.MALFORMED, at=at)
    signed = message.content if message.content is not None else content
    if not message.signers:
        return refused(Reason.NO_SIGNER, at=at, content=signed)
    if signed is None:
        return refused(Reason.CONTENT_MISSING, at=at)
    if content is not None and content != signed:
        return refused(Reason.CONTENT_MISMATCH, at=at, content=signed)

    circumstances = Circumstances(trust, readable(crls), at, policy, readable_answers(ocsps))
    verdicts = [_verify_signer(signer, message, signed, circumstances) for signer in message.signers]
    return sum_up(verdicts, content=signed, at=at)


def verify_certificate(
    blob: bytes,
    *,
    trust: Trust,
    crls: Sequence[bytes | Crl] = (),
    ocsps: Sequence[bytes | Ocsp] = (),
    at: datetime,
    policy: Policy,
) -> Report:
    """Judge a certificate, DER or PEM, as if its holder had signed at the moment."""
    try:
        certificate = certificates.read(blob)
    except TooLarge:
        return refused(Reason.TOO_LARGE, at=at).report
    except der.Malformed:
        return refused(Reason.MALFORMED, at=at).report
    verdict = Verdict(certificate, algorithm=algorithms.name_of(certificate.algorithm))
    circumstances = Circumstances(trust, readable(crls), at, policy, readable_answers(ocsps))
    judge_holder(verdict, certificate, circumstances)
    return Report(status=verdict.report.status, signers=(verdict.report,), judged_at=at)


def _verify_signer(
    signer: cms.Signer, message: cms.SignedData, content: bytes, circumstances: Circumstances
) -> Verdict:
    algorithm = algorithms.name_of(signer.algorithm, signer.digest_algorithm)
    certificate = _certificate_of(signer, message, circumstances.trust)
    verdict = Verdict(certificate, algorithm=algorithm, signed_at=signer.signed_at)
    if certificate is None:
        verdict.reasons.append(Reason.CERTIFICATE_MISSING)
        return verdict
    verdict.reasons += _signature_faults(signer, certificate, content)
    verdict.is_intact = not verdict.reasons
    judge_holder(verdict, certificate, circumstances)
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
