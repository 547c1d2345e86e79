"""Judges a signed document by the trust and the revocation lists that this installation holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from govkz.eds import (
    Malformed,
    Policy,
    Reason,
    Report,
    any_signer,
    individual,
    official,
    timestamps,
    verify_cms,
)
from govkz.eds.amending import signatures_in
from govkz.eds.cms import read as read_cms
from govkz.eds.evidence import gather
from govkz.eds.judgement import Circumstances
from joldama.signatures.believed import CRL_MAX_AGE, believed
from joldama.signatures.evidence import stamped, stored
from joldama.signatures.foreign_keys import is_test_key
from joldama.signatures.models import ProofKind, Signature, Status

_UNKNOWABLE_NOW = frozenset({Reason.NO_REVOCATION_DATA, Reason.STALE_REVOCATION_DATA})


@dataclass(frozen=True)
class Verdict:
    """A judged document: `content` are the only bytes a caller may read; None unless well signed."""

    status: Status
    reasons: frozenset[Reason]
    signer_iin: str
    content: bytes | None
    report: Report
    evidence: dict[str, Any]
    """What the verdict rests on, as it is stored; the bytes are material, proofs and the message itself."""
    is_test_key: bool = False
    """Whether a test or demonstration key signed where the production centre alone is believed."""

    @property
    def is_waiting_for_revocation_only(self) -> bool:
        """Say whether all that can be known here passed, and only revocation is not known yet (A31)."""
        return self.status == Status.INDETERMINATE and self.reasons <= _UNKNOWABLE_NOW


def judge_person(cms: bytes, *, iin: str | None = None, at: datetime) -> Verdict:
    """Judge a natural person's signature, of this number if given (A37); nobody else applies (R7.1-a)."""
    return judge(cms, policy=person_policy(iin), at=at)


def judge_official(cms: bytes, *, bin: str, iin: str, at: datetime) -> Verdict:  # noqa: A002
    """Judge the signature of an official of this organisation (A36)."""
    return judge(cms, policy=official_policy(bin, iin), at=at)


def judge_again(signature: Signature, *, policy: Policy) -> Verdict:
    """Judge a kept signature as of the moment it came, by what is known of that moment now (A31)."""
    proofs = list(signature.proofs.order_by("received_at", "id"))
    return judge(
        signature.cms,
        policy=policy,
        at=signature.received_at,
        answers=[proof.der for proof in proofs if proof.kind == ProofKind.OCSP],
        stamps=[proof.der for proof in proofs if proof.kind == ProofKind.TIMESTAMP],
    )


def moment_of(token: bytes, signature: Signature, *, at: datetime) -> datetime:
    """Give the moment a time stamp proves for a signature; raise govkz.eds.Malformed where it proves none."""
    held = believed()
    circumstances = Circumstances.of(trust=held.trust, crls=held.lists, at=at, policy=any_signer())
    for value in signatures_in(signature.cms):
        found = timestamps.judge(token, over=value, circumstances=circumstances)
        if found.at is not None:
            return found.at
    raise Malformed("the time stamp proves nothing about this signature")


def asked_about(signature: Signature) -> tuple[bytes, bytes] | None:
    """Give the signer's certificate and its issuer's in DER; None where no path to an anchor is known."""
    trust = believed().trust
    for encoded in read_cms(signature.cms).certificates:
        path = trust.path_of(trust.read(encoded))
        if path.reason is None and path.issuers:
            return encoded, path.issuers[0].encoded
    return None


def person_policy(iin: str | None = None) -> Policy:
    """Ask for a natural person, of this number if given."""
    return individual(iin, crl_max_age=CRL_MAX_AGE)


def official_policy(bin: str, iin: str) -> Policy:  # noqa: A002
    """Ask for an official of this organisation."""
    return official(bin, iin, crl_max_age=CRL_MAX_AGE)


def judge(
    cms: bytes, *, policy: Policy, at: datetime, answers: Sequence[bytes] = (), stamps: Sequence[bytes] = ()
) -> Verdict:
    """Verify an attached CMS at a moment (UTC); any bytes get a verdict, never an exception.

    `answers` (OCSP) and `stamps` over its signatures are what the centre has said since, kept apart from it.
    """
    held = believed()
    result = verify_cms(
        stamped(cms, stamps), trust=held.trust, crls=held.lists, ocsps=answers, at=at, policy=policy
    )
    signers = result.report.signers
    return Verdict(
        status=Status(result.report.status.value),
        reasons=frozenset(result.report.reasons),
        signer_iin=(signers[0].iin or "") if len(signers) == 1 else "",
        content=result.content,
        report=result.report,
        evidence=stored(gather(result, message=cms, policy=policy, at=at), stamps=stamps),
        is_test_key=Reason.NO_ANCHOR in result.report.reasons and is_test_key(cms, trust=held.trust),
    )
