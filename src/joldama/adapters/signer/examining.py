"""Examine a sealed paper: is it whole, who sealed it, since when is that proved, and what is attached to it?

Everything that is needed may lie inside: certificates, lists, answers and stamps. Whom one trusts does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from govkz.eds import (
    Crl,
    Malformed,
    Ocsp,
    Policy,
    Reason,
    Report,
    SignerReport,
    Status,
    Trust,
    any_signer,
    certificates,
    cms,
    official,
    system,
    timestamps,
    verify_cms,
)
from govkz.eds.judgement import Circumstances
from govkz.eds.reports import worst
from joldama.adapters.signer.reading import Flaw, SealedFile, Signed, Unreadable, read
from joldama.standard.papers import DecisionPaper, NotThisPaper


@dataclass(frozen=True)
class Attached:
    """The decision that a paper carries: what became of its signature, and what it says where that is readable."""

    report: Report
    paper: DecisionPaper | None


@dataclass(frozen=True)
class Examination:
    """What was found. `claimed_at` is what the seal claims, `proved_at` the moment of the first valid time stamp.

    `lasts_until` is when the first certificate of the last time stamp ends: by then another is due. `flaw` is of the
    file itself; `reasons` are why the seal, or what was added to it, does not pass.
    """

    status: Status
    flaw: Flaw | None = None
    reasons: tuple[Reason, ...] = ()
    title: str = ""
    seal: SignerReport | None = None
    claimed_at: datetime | None = None
    proved_at: datetime | None = None
    lasts_until: datetime | None = None
    stamps: int = 0
    decision: Attached | None = None


def examine(
    pdf: bytes,
    *,
    trust: Trust,
    crls: Sequence[bytes | Crl] = (),
    ocsps: Sequence[bytes | Ocsp] = (),
    at: datetime,
    office_bin: str | None = None,
) -> Examination:
    """Examine a file at a moment, by the anchors of `trust`; any bytes get an answer, never an exception.

    `crls` and `ocsps` are what is known beside the file; `office_bin` is whose seal it has to be, where that is
    known. The official who decided has to be of the organisation that sealed.
    """
    try:
        file = read(pdf)
    except Unreadable as unreadable:
        return Examination(Status.FAILED, flaw=unreadable.flaw)
    brought = Trust(_readable((*file.material.certificates, *cms.read(file.seal.message).certificates)))
    # A root that lies in the file is no anchor for that.
    by = _By(
        Trust((*trust.anchors, *trust.intermediates, *brought.intermediates)),
        (*crls, *file.material.crls),
        (*ocsps, *file.material.ocsps),
        at,
    )
    stamps = _judged(file.stamps, by)
    proved_at = min((stamp.at for stamp in stamps if stamp.at is not None), default=None)
    faults = [stamp.reason for stamp in stamps if stamp.reason is not None]
    sealed = by.judged(
        file.seal.message, content=file.seal.content, policy=system(office_bin), since=proved_at
    )
    reasons = [*sealed.reasons, *faults, *_chain_faults(file.seal, by.trust)]
    seal = sealed.signers[0] if sealed.signers else None
    decision = _attached(file, seal.bin if seal else None, by, since=proved_at)
    statuses = [sealed.status, *(reason.status for reason in reasons)]
    return Examination(
        status=worst([*statuses, *([decision.report.status] if decision else [])]),
        reasons=tuple(dict.fromkeys(reasons)),
        title=file.title,
        seal=seal,
        claimed_at=file.claimed_at,
        proved_at=proved_at,
        lasts_until=stamps[-1].until if stamps else None,
        stamps=len(file.stamps),
        decision=decision,
    )


@dataclass(frozen=True)
class _By:
    """By what is judged."""

    trust: Trust
    crls: tuple[bytes | Crl, ...]
    ocsps: tuple[bytes | Ocsp, ...]
    at: datetime

    def judged(
        self, message: bytes, *, policy: Policy, since: datetime | None, content: bytes | None = None
    ) -> Report:
        return verify_cms(
            message,
            content=content,
            trust=self.trust,
            crls=self.crls,
            ocsps=self.ocsps,
            at=self.at,
            policy=policy,
            stamped_at=since,
        ).report


def _judged(stamps: Sequence[Signed], by: _By) -> list[timestamps.Stamp]:
    """Judge the stamps, in their order; each good one saw those before it, and so proves them good as of then."""
    circumstances = Circumstances.of(
        trust=by.trust, crls=by.crls, ocsps=by.ocsps, at=by.at, policy=any_signer()
    )
    judged: list[timestamps.Stamp] = []
    seen_at: datetime | None = None
    for one in reversed(stamps):
        stamp = timestamps.judge(one.message, over=one.content, circumstances=circumstances, seen_at=seen_at)
        seen_at = stamp.at or seen_at
        judged.insert(0, stamp)
    return judged


def _chain_faults(seal: Signed, trust: Trust) -> list[Reason]:
    """Hold the certificates that came along with the seal to their issuers: none of them is signed by the seal.

    A root among them counts here for what it issued, whether or not one trusts it.
    """
    encoded = cms.read(seal.message).certificates
    found = _readable(encoded)
    known = Trust((*trust.anchors, *trust.intermediates, *found))
    faults = [known.path_of(one).reason for one in found]
    unreadable = [Reason.BAD_CERTIFICATE] * (len(encoded) - len(found))
    return [*unreadable, *(reason for reason in faults if reason is not None)]


def _attached(
    file: SealedFile, office_bin: str | None, by: _By, *, since: datetime | None
) -> Attached | None:
    if file.decision is None:
        return None
    report = by.judged(file.decision, policy=official(office_bin), since=since)
    try:
        content = cms.read(file.decision).content
        return Attached(report, DecisionPaper.from_xml(content or b""))
    except (Malformed, NotThisPaper, ValueError):
        return Attached(report, None)


def _readable(encoded: Sequence[bytes]) -> list[certificates.Certificate]:
    found = []
    for one in encoded:
        try:
            found.append(certificates.read(one))
        except Malformed:
            continue
    return found
