"""Judges a signed document by the trust and the revocation lists that this installation holds."""

from dataclasses import dataclass
from datetime import datetime

from govkz.eds import Policy, Reason, Report, individual, official, verify_cms
from joldama.signatures.believed import CRL_MAX_AGE, believed
from joldama.signatures.foreign_keys import is_test_key
from joldama.signatures.models import Status

_UNKNOWABLE_NOW = frozenset({Reason.NO_REVOCATION_DATA, Reason.STALE_REVOCATION_DATA})


@dataclass(frozen=True)
class Verdict:
    """A judged document: `content` are the only bytes a caller may read; None unless well signed."""

    status: Status
    reasons: frozenset[Reason]
    signer_iin: str
    content: bytes | None
    report: Report
    is_test_key: bool = False
    """Whether a test or demonstration key signed where the production centre alone is believed."""

    @property
    def is_waiting_for_revocation_only(self) -> bool:
        """Say whether all that can be known here passed, and only revocation is not known yet (A31)."""
        return self.status == Status.INDETERMINATE and self.reasons <= _UNKNOWABLE_NOW


def judge_person(cms: bytes, *, iin: str | None = None, at: datetime) -> Verdict:
    """Judge a natural person's signature, of this number if given (A37); nobody else applies (R7.1-a)."""
    return judge(cms, policy=individual(iin, crl_max_age=CRL_MAX_AGE), at=at)


def judge_official(cms: bytes, *, bin: str, iin: str, at: datetime) -> Verdict:  # noqa: A002
    """Judge the signature of an official of this organisation (A36)."""
    return judge(cms, policy=official(bin, iin, crl_max_age=CRL_MAX_AGE), at=at)


def judge(cms: bytes, *, policy: Policy, at: datetime) -> Verdict:
    """Verify an attached CMS at a moment (UTC); any bytes get a verdict, never an exception."""
    held = believed()
    result = verify_cms(cms, trust=held.trust, crls=held.lists, at=at, policy=policy)
    signers = result.report.signers
    return Verdict(
        status=Status(result.report.status.value),
        reasons=frozenset(result.report.reasons),
        signer_iin=(signers[0].iin or "") if len(signers) == 1 else "",
        content=result.content,
        report=result.report,
        is_test_key=Reason.NO_ANCHOR in result.report.reasons and is_test_key(cms, trust=held.trust),
    )
