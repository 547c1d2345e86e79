"""What proves certificates good, as it is added to a sealed paper."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Material:
    """What proves certificates good, all in DER: the certificates themselves, revocation lists, OCSP answers."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def __add__(self, other: "Material") -> "Material":
        return Material(
            _once(self.certificates, other.certificates),
            _once(self.crls, other.crls),
            _once(self.ocsps, other.ocsps),
        )


def _once(*lists: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(part for parts in lists for part in parts))
