"""Say what became of a signature: passed, indeterminate or failed, with every reason.

The words of statuses, reasons and roles are an interface: they are stored with each case and printed as JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What became of a signature. *Not known* is indeterminate and never passed."""

    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class Reason(StrEnum):
    """Why a signature did not pass."""

    # The document as a whole
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    NO_SIGNER = "no_signer"
    CONTENT_MISSING = "content_missing"
    CONTENT_MISMATCH = "content_mismatch"
    # One signer's mathematics
    ATTRIBUTES_MISSING = "attributes_missing"
    CERTIFICATE_MISSING = "certificate_missing"
    CERTIFICATE_MISMATCH = "certificate_mismatch"
    DIGEST_MISMATCH = "digest_mismatch"
    BAD_SIGNATURE = "bad_signature"
    UNSUPPORTED_ALGORITHM = "unsupported_algorithm"
    SHA1_REFUSED = "sha1_refused"
    WRONG_KEY_SIZE = "wrong_key_size"
    # The certificate and its path
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NO_ANCHOR = "no_anchor"
    BAD_CERTIFICATE = "bad_certificate"
    UNSUPPORTED_EXTENSION = "unsupported_extension"
    ISSUER_OUTSIDE_VALIDITY = "issuer_outside_validity"
    ISSUER_REVOKED = "issuer_revoked"
    # Revocation
    REVOKED = "revoked"
    NO_REVOCATION_DATA = "no_revocation_data"
    STALE_REVOCATION_DATA = "stale_revocation_data"
    # The time stamp
    BAD_TIMESTAMP = "bad_timestamp"
    UNTRUSTED_TIMESTAMP = "untrusted_timestamp"
    # Who signed
    WRONG_KEY_USAGE = "wrong_key_usage"
    WRONG_ROLE = "wrong_role"
    OTHER_PERSON = "other_person"
    OTHER_ORGANISATION = "other_organisation"

    @property
    def status(self) -> Status:
        """Tell whether the reason leaves the question open or closes it."""
        return Status.INDETERMINATE if self in _OPEN else Status.FAILED


_OPEN = frozenset(
    {
        Reason.CONTENT_MISSING,
        Reason.UNSUPPORTED_ALGORITHM,
        Reason.UNSUPPORTED_EXTENSION,
        Reason.NO_ANCHOR,
        Reason.NO_REVOCATION_DATA,
        Reason.STALE_REVOCATION_DATA,
        Reason.UNTRUSTED_TIMESTAMP,
    }
)


class Role(StrEnum):
    """In what capacity the certificate was issued, most specific first found."""

    INDIVIDUAL = "individual"
    HEAD = "head"
    SIGNATORY = "signatory"
    FINANCE_SIGNATORY = "finance_signatory"
    PERSONNEL = "personnel"
    EMPLOYEE = "employee"
    INFORMATION_SYSTEM = "information_system"
    LEGAL_ENTITY = "legal_entity"


@dataclass(frozen=True, slots=True)
class Revocation:
    """What is known about revocation: `good`, `revoked` or `unknown`, from which source, of which moments."""

    status: str
    source: str | None = None
    this_update: datetime | None = None
    next_update: datetime | None = None
    revoked_at: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "source": self.source,
            "this_update": _written(self.this_update),
            "next_update": _written(self.next_update),
            "revoked_at": _written(self.revoked_at),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Revocation":
        return cls(
            status=stored["status"],
            source=stored["source"],
            this_update=_read(stored["this_update"]),
            next_update=_read(stored["next_update"]),
            revoked_at=_read(stored["revoked_at"]),
        )


@dataclass(frozen=True, slots=True)
class SignerReport:
    """What became of one signer.

    `signed_at` is only what the signer's own clock claimed; `timestamp` is the moment of a valid time stamp;
    `policies` are those under which the certificate was issued.
    """

    status: Status
    reasons: tuple[Reason, ...]
    iin: str | None = None
    bin: str | None = None
    name: str | None = None
    role: Role | None = None
    algorithm: str | None = None
    serial: str | None = None
    signed_at: datetime | None = None
    timestamp: datetime | None = None
    revocation: Revocation | None = None
    policies: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "status": self.status.value,
            "reasons": [reason.value for reason in self.reasons],
            "iin": self.iin,
            "bin": self.bin,
            "name": self.name,
            "role": self.role.value if self.role else None,
            "algorithm": self.algorithm,
            "serial": self.serial,
            "signed_at": _written(self.signed_at),
            "timestamp": _written(self.timestamp),
            "revocation": self.revocation.to_dict() if self.revocation else None,
            "policies": list(self.policies),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "SignerReport":
        return cls(
            status=Status(stored["status"]),
            reasons=tuple(Reason(reason) for reason in stored["reasons"]),
            iin=stored["iin"],
            bin=stored["bin"],
            name=stored["name"],
            role=Role(stored["role"]) if stored["role"] else None,
            algorithm=stored["algorithm"],
            serial=stored["serial"],
            signed_at=_read(stored["signed_at"]),
            timestamp=_read(stored["timestamp"]),
            revocation=Revocation.from_dict(stored["revocation"]) if stored["revocation"] else None,
            # Reports stored before November 2026 do not tell them.
            policies=tuple(stored.get("policies", ())),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a signed document: the worst of its signers, or of the document as a whole."""

    status: Status
    signers: tuple[SignerReport, ...] = ()
    content_sha256: str | None = None
    document_reasons: tuple[Reason, ...] = ()
    judged_at: datetime | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Give every reason once, the document's first."""
        found = [*self.document_reasons, *(reason for signer in self.signers for reason in signer.reasons)]
        return tuple(dict.fromkeys(found))

    def to_dict(self) -> dict[str, Any]:
        """Give the report as JSON stores it; the signers' part has the words of the interface."""
        return {
            "status": self.status.value,
            "signers": [signer.to_dict() for signer in self.signers],
            "content_sha256": self.content_sha256,
            "document_reasons": [reason.value for reason in self.document_reasons],
            "judged_at": _written(self.judged_at),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Report":
        """Read a stored report back."""
        return cls(
            status=Status(stored["status"]),
            signers=tuple(SignerReport.from_dict(signer) for signer in stored["signers"]),
            content_sha256=stored["content_sha256"],
            document_reasons=tuple(Reason(reason) for reason in stored["document_reasons"]),
            judged_at=_read(stored["judged_at"]),
        )


def worst(statuses: Iterable[Status]) -> Status:
    """Give the worst: failed before indeterminate before passed; failed where there is none to look at."""
    found = set(statuses)
    if not found or Status.FAILED in found:
        return Status.FAILED
    return Status.INDETERMINATE if Status.INDETERMINATE in found else Status.PASSED


def weigh(reasons: Iterable[Reason]) -> tuple[Status, tuple[Reason, ...]]:
    """Give the status that reasons add up to, and those of them that decide it, each once."""
    found = tuple(dict.fromkeys(reasons))
    if not found:
        return Status.PASSED, ()
    status = worst(reason.status for reason in found)
    return status, tuple(reason for reason in found if reason.status == status)


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
