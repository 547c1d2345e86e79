"""Judge the holder of a certificate by what is handed in: trust, revocation data, the moment, the policy.

Every kind of signed document is judged here alike, once its own mathematics was looked at.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from govkz.eds import crls as lists
from govkz.eds import der, ocsp, revocation
from govkz.eds.certificates import Certificate
from govkz.eds.crls import Crl
from govkz.eds.ocsp import Ocsp
from govkz.eds.policies import Policy
from govkz.eds.reports import Reason, Report, Revocation, SignerReport, Status, weigh, worst
from govkz.eds.trust import Path, Trust


@dataclass(frozen=True, slots=True)
class Verification:
    """The report, and the content whose signatures were verified; None where there is no such content.

    `used` are the lists and answers the verdict rests on, `issuers` the certificates of the paths.
    """

    report: Report
    content: bytes | None
    used: tuple[Crl | Ocsp, ...] = ()
    issuers: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """By what a signer is judged: `at` is the moment of receipt, `stamped_at` that of a valid time stamp."""

    trust: Trust
    crls: tuple[Crl, ...]
    at: datetime
    policy: Policy
    ocsps: tuple[Ocsp, ...] = ()
    stamped_at: datetime | None = None

    @classmethod
    def of(
        cls,
        *,
        trust: Trust,
        crls: Sequence[bytes | Crl] = (),
        ocsps: Sequence[bytes | Ocsp] = (),
        at: datetime,
        policy: Policy,
    ) -> "Circumstances":
        """Read lists and answers; what cannot be read counts as absent."""
        return cls(trust, readable(crls), at, policy, readable_answers(ocsps))

    @property
    def moment(self) -> datetime:
        """Give the earliest moment at which the signature is known to have existed."""
        return min(self.at, self.stamped_at) if self.stamped_at else self.at


@dataclass(slots=True)
class Verdict:
    """What was found about one signer so far."""

    certificate: Certificate | None = None
    reasons: list[Reason] = field(default_factory=list)
    algorithm: str | None = None
    signed_at: datetime | None = None
    timestamp: datetime | None = None
    revocation: Revocation | None = None
    is_intact: bool = False
    issuers: tuple[Certificate, ...] = ()
    used: list[Crl | Ocsp] = field(default_factory=list)

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
            timestamp=self.timestamp,
            revocation=self.revocation,
            policies=known.policies if known else (),
        )


def sum_up(verdicts: Sequence["Verdict"], *, content: bytes, at: datetime) -> Verification:
    """Report what became of each signer; hand the content back only where all were verified, none failed."""
    signers = tuple(verdict.report for verdict in verdicts)
    report = Report(
        status=worst(signer.status for signer in signers),
        signers=signers,
        content_sha256=hashlib.sha256(content).hexdigest(),
        judged_at=at,
    )
    is_intact = report.status != Status.FAILED and all(verdict.is_intact for verdict in verdicts)
    return Verification(
        report,
        content if is_intact else None,
        used=tuple(dict.fromkeys(part for verdict in verdicts for part in verdict.used)),
        issuers=tuple(dict.fromkeys(issuer for verdict in verdicts for issuer in verdict.issuers)),
    )


def judge_holder(verdict: Verdict, certificate: Certificate, circumstances: Circumstances) -> None:
    """Add what speaks against the holder; nothing where the signature itself has failed: then it is nobody's."""
    if not verdict.is_intact and any(reason.status == Status.FAILED for reason in verdict.reasons):
        return
    at = circumstances.moment
    path = circumstances.trust.path_of(certificate)
    verdict.issuers += path.issuers
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


def _judge_path(verdict: Verdict, certificate: Certificate, path: Path, circumstances: Circumstances) -> None:
    moment = circumstances.moment
    if not all(issuer.not_before <= moment <= issuer.not_after for issuer in path.issuers):
        verdict.reasons.append(Reason.ISSUER_OUTSIDE_VALIDITY)
    if not path.issuers:
        verdict.reasons.append(Reason.NO_REVOCATION_DATA)
        return
    found = revocation_of(certificate, path.issuers[0], circumstances, at=moment)
    verdict.revocation = found.revocation
    verdict.used += found.used
    if found.reason:
        verdict.reasons.append(found.reason)
    is_struck, used = strikes_issuers(path, circumstances, since=moment)
    verdict.used += used
    if is_struck:
        verdict.reasons.append(Reason.ISSUER_REVOKED)


def strikes_issuers(
    path: Path, circumstances: Circumstances, *, since: datetime, seen_at: datetime | None = None
) -> tuple[bool, list[Crl | Ocsp]]:
    """Tell whether an issuer was revoked so that what was signed at `since` is worth nothing, and by what.

    An issuing CA the operator configured counts as not revoked unless a list or an answer says otherwise. What
    is known at receipt counts: a key in wrong hands signs under any date. Only what was seen before the revocation
    (`seen_at`) was signed before it.
    """
    used: list[Crl | Ocsp] = []
    is_struck = False
    for issuer, above in pairwise(path.issuers):
        found = revocation_of(issuer, above, circumstances, at=circumstances.at)
        used += found.used
        is_struck = is_struck or found.strikes(since, seen_at=seen_at)
    return is_struck, used


def revocation_of(
    certificate: Certificate, issuer: Certificate, by: Circumstances, *, at: datetime
) -> revocation.Finding:
    return revocation.judge(
        certificate, issuer, crls=by.crls, ocsps=by.ocsps, at=at, max_age=by.policy.crl_max_age
    )


def readable(crls: Sequence[bytes | Crl]) -> tuple[Crl, ...]:
    """Read revocation lists; what cannot be read counts as absent."""
    found = []
    for crl in crls:
        try:
            found.append(crl if isinstance(crl, Crl) else lists.read(crl))
        except der.Malformed:
            continue
    return tuple(found)


def readable_answers(ocsps: Sequence[bytes | Ocsp]) -> tuple[Ocsp, ...]:
    """Read answers of OCSP responders; what cannot be read, or is no answer, counts as absent."""
    found = []
    for blob in ocsps:
        try:
            found.append(blob if isinstance(blob, Ocsp) else ocsp.read(blob))
        except der.Malformed:
            continue
    return tuple(found)


def refused(reason: Reason, *, at: datetime, content: bytes | None = None) -> Verification:
    digest = hashlib.sha256(content).hexdigest() if content is not None else None
    report = Report(status=reason.status, content_sha256=digest, document_reasons=(reason,), judged_at=at)
    return Verification(report, None)
