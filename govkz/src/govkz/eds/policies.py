"""Say whose signature is asked for: a natural person's, an official's, an information system's, or anybody's.

Every policy asks for digitalSignature and nonRepudiation, which tell NUCA's signing certificates from its
authentication certificates. `crl_max_age` bounds the age of a revocation list beside its own nextUpdate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from govkz.eds import oids
from govkz.eds.certificates import Certificate, Usage
from govkz.eds.reports import Reason, Role

OFFICIAL_ROLES = frozenset({Role.HEAD, Role.SIGNATORY, Role.EMPLOYEE})

_SIGNING = Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION


class Holder(Enum):
    """Who a signer has to be."""

    ANYONE = auto()
    INDIVIDUAL = auto()
    OFFICIAL = auto()
    SYSTEM = auto()


@dataclass(frozen=True, slots=True)
class Policy:
    """Whose signature is accepted; make one with `individual`, `official`, `system` or `any_signer`."""

    holder: Holder
    iin: str | None = None
    bin: str | None = None
    roles: frozenset[Role] = frozenset()
    crl_max_age: timedelta | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the policy as JSON stores it; the age is in seconds."""
        return {
            "holder": self.holder.name.lower(),
            "iin": self.iin,
            "bin": self.bin,
            "roles": sorted(role.value for role in self.roles),
            "crl_max_age": self.crl_max_age.total_seconds() if self.crl_max_age is not None else None,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Policy":
        """Read a stored policy back."""
        age = stored["crl_max_age"]
        return cls(
            holder=Holder[stored["holder"].upper()],
            iin=stored["iin"],
            bin=stored["bin"],
            roles=frozenset(Role(role) for role in stored["roles"]),
            crl_max_age=timedelta(seconds=age) if age is not None else None,
        )

    def faults(self, certificate: Certificate) -> list[Reason]:
        """Give the reasons the holder of a certificate is not who is asked for."""
        if not certificate.may(_SIGNING):
            return [Reason.WRONG_KEY_USAGE]
        if self.holder is Holder.ANYONE:
            return []
        if oids.EMAIL_PROTECTION not in certificate.purposes:
            return [Reason.WRONG_KEY_USAGE]
        if not self._has_role(certificate):
            return [Reason.WRONG_ROLE]
        found = []
        is_person = self.holder is not Holder.SYSTEM
        if is_person and (certificate.iin is None or self.iin not in (None, certificate.iin)):
            found.append(Reason.OTHER_PERSON)
        if self.holder is not Holder.INDIVIDUAL and self.bin not in (None, certificate.bin):
            found.append(Reason.OTHER_ORGANISATION)
        return found

    def _has_role(self, certificate: Certificate) -> bool:
        is_individual = oids.INDIVIDUAL in certificate.purposes
        is_legal = oids.LEGAL_ENTITY in certificate.purposes
        if self.holder is Holder.INDIVIDUAL:
            return is_individual and not is_legal
        return (
            is_legal and not is_individual and certificate.bin is not None and certificate.role in self.roles
        )


def individual(iin: str | None = None, *, crl_max_age: timedelta | None = None) -> Policy:
    """Ask for a natural person's signing certificate, of this IIN where it is given."""
    return Policy(Holder.INDIVIDUAL, iin=iin, crl_max_age=crl_max_age)


def official(
    bin: str | None = None,  # noqa: A002 - the word of the interface
    iin: str | None = None,
    *,
    roles: Iterable[Role] = OFFICIAL_ROLES,
    crl_max_age: timedelta | None = None,
) -> Policy:
    """Ask for an official's certificate in one of the roles, of this organisation and person if given."""
    return Policy(Holder.OFFICIAL, iin=iin, bin=bin, roles=frozenset(roles), crl_max_age=crl_max_age)


def system(
    bin: str | None = None,  # noqa: A002 - the word of the interface
    *,
    crl_max_age: timedelta | None = None,
) -> Policy:
    """Ask for an information system's certificate, of this organisation if given; no person is named by it."""
    return Policy(Holder.SYSTEM, bin=bin, roles=frozenset({Role.INFORMATION_SYSTEM}), crl_max_age=crl_max_age)


def any_signer(*, crl_max_age: timedelta | None = None) -> Policy:
    """Ask for a signing certificate, whoever holds it."""
    return Policy(Holder.ANYONE, crl_max_age=crl_max_age)
