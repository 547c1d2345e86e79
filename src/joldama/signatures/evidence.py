"""What a verdict rests on is kept with the signature, and gives the verdict again from stored material alone.

The message and what the centre said about it lie encrypted with the signature; published lists and the centre's
certificates lie once for all signatures (`Material`). A time stamp is kept beside the message, which stays as it
was received.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from govkz.eds import Report, Trust
from govkz.eds.amending import add_timestamp
from govkz.eds.evidence import Evidence, NotWhole
from govkz.eds.evidence import reexamine as examine
from joldama.signatures.models import Material, Signature


class NoEvidence(Exception):
    """The signature was kept by an edition that gathered none."""


@dataclass(frozen=True)
class Examined:
    """What was said of a signature then, and what its evidence says now."""

    stored: Report
    found: Report

    @property
    def stands(self) -> bool:
        """Say whether the same is found of every signer: status, reasons, who he is, and by what moment."""
        return _said(self.stored) == _said(self.found)


def stamped(cms: bytes, stamps: Iterable[bytes]) -> bytes:
    """Give a message with time stamps that are kept apart from it put beside its signatures."""
    for stamp in stamps:
        cms = add_timestamp(cms, stamp)
    return cms


def stored(evidence: Evidence, *, stamps: Sequence[bytes]) -> dict[str, Any]:
    """Write evidence as it is stored; of the time stamps put beside the message it names each."""
    return {**evidence.to_dict(), "stamps": [_sha256(stamp) for stamp in stamps]}


def reexamine(signature: Signature, *, trust: Trust) -> Examined:
    """Judge a signature again by what is stored of its day alone, under the anchors of `trust`.

    Raises NoEvidence, and govkz.eds.evidence.NotWhole where a part is missing or was changed.
    """
    if signature.evidence is None:
        raise NoEvidence
    own = {_sha256(proof.der): proof.der for proof in signature.proofs.all()}
    own[_sha256(signature.cms)] = signature.cms
    evidence = Evidence.from_dict(signature.evidence, resolve={**_materials(signature.evidence), **own}.get)
    message = stamped(signature.cms, [_part(own, name) for name in signature.evidence["stamps"]])
    whole = replace(evidence, message=_sha256(message), parts={**evidence.parts, _sha256(message): message})
    return Examined(Report.from_dict(signature.report), examine(whole, trust=trust).report)


def _materials(evidence: Mapping[str, Any]) -> dict[str, bytes]:
    named = [*evidence["certificates"], *evidence["crls"]]
    found = Material.objects.filter(sha256__in=named).values_list("sha256", "der")
    return {sha256: bytes(der) for sha256, der in found}


def _part(parts: Mapping[str, bytes], sha256: str) -> bytes:
    if sha256 not in parts:
        raise NotWhole(sha256)
    return parts[sha256]


def _said(report: Report) -> tuple[Any, ...]:
    signers = [
        (one.status, one.reasons, one.iin, one.bin, one.role, one.serial, one.timestamp, one.revocation)
        for one in report.signers
    ]
    return report.status, report.content_sha256, report.document_reasons, signers


def _sha256(part: bytes) -> str:
    return hashlib.sha256(part).hexdigest()
