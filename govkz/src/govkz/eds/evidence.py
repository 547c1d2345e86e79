"""Keep what a verdict rests on, so that it can be examined again years later from stored material alone.

Evidence names its parts by their SHA-256; the bytes lie where many cases share one list. What is kept: the message,
a detached content, the issuers' certificates, and of lists and answers those the verdict rests on. Time stamps lie
in the message. Anchors are not taken from evidence: whoever examines again says whom he trusts.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from govkz.eds import certificates, kinds, verification, wsse, xmldsig
from govkz.eds.crls import Crl
from govkz.eds.judgement import Verification
from govkz.eds.kinds import Kind
from govkz.eds.policies import Policy
from govkz.eds.trust import Trust

VERSION = 1


class NotWhole(ValueError):
    """A part of the evidence is missing or is not what it was; `sha256` names it."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(f"the part {sha256} is missing or was changed")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on. Parts are named by SHA-256 in hexadecimal; `parts` holds their bytes.

    `at` is the moment of receipt by which was judged, `policy` whose signature was asked for; `partners` are the
    certificates that a SOAP message only names.
    """

    kind: Kind
    at: datetime
    policy: Policy
    message: str
    content: str | None
    certificates: tuple[str, ...]
    partners: tuple[str, ...]
    crls: tuple[str, ...]
    ocsps: tuple[str, ...]
    parts: Mapping[str, bytes] = field(repr=False, compare=False)

    def bytes_of(self, named: Iterable[str]) -> list[bytes]:
        """Give the bytes of parts."""
        return [self.parts[sha256] for sha256 in named]

    def to_dict(self) -> dict[str, Any]:
        """Give the names of the parts, the moment and the policy as JSON stores them; the bytes are not in it."""
        return {
            "version": VERSION,
            "kind": self.kind.value,
            "at": self.at.isoformat(),
            "policy": self.policy.to_dict(),
            "message": self.message,
            "content": self.content,
            "certificates": list(self.certificates),
            "partners": list(self.partners),
            "crls": list(self.crls),
            "ocsps": list(self.ocsps),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any], *, resolve: Callable[[str], bytes | None]) -> "Evidence":
        """Read stored evidence; `resolve` gives the bytes of a part by its SHA-256, None where there are none.

        Raises NotWhole where a part is missing or was changed.
        """
        named = [stored["message"], stored["content"], *stored["certificates"]]
        named += [*stored["partners"], *stored["crls"], *stored["ocsps"]]
        return cls(
            kind=Kind(stored["kind"]),
            at=datetime.fromisoformat(stored["at"]),
            policy=Policy.from_dict(stored["policy"]),
            message=stored["message"],
            content=stored["content"],
            certificates=tuple(stored["certificates"]),
            partners=tuple(stored["partners"]),
            crls=tuple(stored["crls"]),
            ocsps=tuple(stored["ocsps"]),
            parts={sha256: _resolved(sha256, resolve) for sha256 in named if sha256 is not None},
        )


def gather(
    judged: Verification,
    *,
    message: bytes,
    policy: Policy,
    at: datetime,
    content: bytes | None = None,
    partners: Sequence[bytes] = (),
) -> Evidence:
    """Gather what a verification rests on; the rest is what was handed to it."""
    parts: dict[str, bytes] = {}
    lists = [part for part in judged.used if isinstance(part, Crl)]
    answers = [part for part in judged.used if not isinstance(part, Crl)]
    return Evidence(
        kind=kinds.of(message) or Kind.CMS,
        at=at,
        policy=policy,
        message=_put(message, parts),
        content=_put(content, parts) if content is not None else None,
        certificates=tuple(_put(issuer.encoded, parts) for issuer in judged.issuers),
        partners=tuple(_put(partner, parts) for partner in partners),
        crls=tuple(_put(crl.encoded, parts, named=crl.sha256) for crl in lists),
        ocsps=tuple(_put(answer.encoded, parts) for answer in answers),
        parts=parts,
    )


def reexamine(evidence: Evidence, *, trust: Trust) -> Verification:
    """Judge again by the evidence alone, under the anchors of `trust`; the moment is that of the receipt."""
    issuers = Trust(certificates.read(issuer) for issuer in evidence.bytes_of(evidence.certificates))
    # A root that lies in the evidence is no anchor for that.
    believed = Trust((*trust.anchors, *issuers.intermediates))
    verify = _how(evidence)
    return verify(
        evidence.parts[evidence.message],
        trust=believed,
        crls=evidence.bytes_of(evidence.crls),
        ocsps=evidence.bytes_of(evidence.ocsps),
        at=evidence.at,
        policy=evidence.policy,
    )


def _how(evidence: Evidence) -> Callable[..., Verification]:
    if evidence.kind is Kind.XML:
        return xmldsig.verify_xml
    if evidence.kind is Kind.SOAP:
        return partial(wsse.verify_soap, certificates=evidence.bytes_of(evidence.partners))
    content = evidence.parts[evidence.content] if evidence.content is not None else None
    return partial(verification.verify_cms, content=content)


def _put(part: bytes, parts: dict[str, bytes], *, named: str | None = None) -> str:
    sha256 = named or hashlib.sha256(part).hexdigest()
    parts[sha256] = part
    return sha256


def _resolved(sha256: str, resolve: Callable[[str], bytes | None]) -> bytes:
    part = resolve(sha256)
    if part is None or hashlib.sha256(part).hexdigest() != sha256:
        raise NotWhole(sha256)
    return part
