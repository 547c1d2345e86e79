"""Verify signed messages and certificates: who signed exactly which bytes, and may that be relied on.

Nothing a stranger can hand in raises: every outcome is a report. Only the content that a verification gives
back may be used; it is given only where each signer's digest and signature were verified and nothing failed.

Limits: messages of 16 MiB, 16 signers with 4 time stamps each, 32 certificates of 64 KiB, 16 levels, RSA keys of
2048 to 4096 bits.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache

from govkz.eds import algorithms, certificates, cms, der, signers, timestamps
from govkz.eds.armour import TooLarge
from govkz.eds.crls import Crl
from govkz.eds.judgement import (
    Circumstances,
    Verdict,
    Verification,
    judge_holder,
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
    stamped_at: datetime | None = None,
) -> Verification:
    """Verify a signed message at a moment; `content` is the document where the signature is detached.

    `at` is the moment of receipt: certificates and revocation are judged by it, or by the earliest valid time
    stamp over a signer's signature if that is earlier. A time stamp that is not valid moves nothing and is a
    reason of its own. Lists and OCSP answers that cannot be read count as absent. With attached content, a
    `content` handed in beside it has to be the same bytes. `stamped_at` is the moment of a valid time stamp that is
    kept outside the message, over all of it.
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

    known = Circumstances.of(trust=trust, crls=crls, ocsps=ocsps, at=at, policy=policy)
    circumstances = replace(known, stamped_at=stamped_at)
    # Sixteen signers of a large content cost one digest of each kind.
    digest = cache(algorithms.digest)
    verdicts = [_verify_signer(signer, message, signed, circumstances, digest) for signer in message.signers]
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
    circumstances = Circumstances.of(trust=trust, crls=crls, ocsps=ocsps, at=at, policy=policy)
    judge_holder(verdict, certificate, circumstances)
    return Report(status=verdict.report.status, signers=(verdict.report,), judged_at=at)


def _verify_signer(
    signer: cms.Signer,
    message: cms.SignedData,
    content: bytes,
    circumstances: Circumstances,
    digest: signers.Digester,
) -> Verdict:
    algorithm = algorithms.name_of(signer.algorithm, signer.digest_algorithm)
    certificate = signers.certificate_of(signer, message.certificates, circumstances.trust)
    verdict = Verdict(
        certificate, algorithm=algorithm, signed_at=signer.signed_at, timestamp=circumstances.stamped_at
    )
    if certificate is None:
        verdict.reasons.append(Reason.CERTIFICATE_MISSING)
        return verdict
    verdict.reasons += signers.faults(signer, certificate, content, digest=digest)
    verdict.is_intact = not verdict.reasons
    if verdict.is_intact and signer.timestamps:
        circumstances = _stamped(signer, verdict, circumstances)
    judge_holder(verdict, certificate, circumstances)
    return verdict


def _stamped(signer: cms.Signer, verdict: Verdict, circumstances: Circumstances) -> Circumstances:
    """Judge the signer's time stamps; the earliest good one tells the moment by which he is judged."""
    for token in signer.timestamps:
        stamp = timestamps.judge(token, over=signer.signature, circumstances=circumstances)
        verdict.used += stamp.used
        verdict.issuers += stamp.issuers
        if stamp.reason:
            verdict.reasons.append(stamp.reason)
        elif stamp.at and (verdict.timestamp is None or stamp.at < verdict.timestamp):
            verdict.timestamp = stamp.at
    return replace(circumstances, stamped_at=verdict.timestamp) if verdict.timestamp else circumstances
