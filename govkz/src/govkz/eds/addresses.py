"""Say where a test authority publishes: answers about status, revocation lists, its certificates, time stamps.

The paths are those of NUCA's test contour.
"""

from dataclasses import dataclass

from govkz.eds import issuance, oids


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses under one base without a slash at its end, such as `http://localhost:8090`."""

    base: str

    @property
    def ocsp(self) -> str:
        return f"{self.base}/ocsp/"

    @property
    def tsp(self) -> str:
        return f"{self.base}/tsp/"

    @property
    def statement(self) -> str:
        return f"{self.base}/cps"

    def crl(self, hierarchy: str) -> str:
        """Give the address of the issuing CA's list; a hierarchy is called `rsa` or `gost`."""
        return f"{self.base}/crl/nca_{hierarchy}.crl"

    def delta(self, hierarchy: str) -> str:
        """Give the address of the list of changes."""
        return f"{self.base}/crl/nca_d_{hierarchy}.crl"

    def root_crl(self, hierarchy: str) -> str:
        """Give the address of the root's list."""
        return f"{self.base}/crl/root_{hierarchy}.crl"

    def certificate(self, hierarchy: str) -> str:
        """Give the address of the issuing CA's certificate."""
        return f"{self.base}/cert/nca_{hierarchy}.cer"

    def root_certificate(self, hierarchy: str) -> str:
        """Give the address of the root's certificate."""
        return f"{self.base}/cert/root_{hierarchy}.cer"

    def in_holders(self, hierarchy: str) -> tuple[bytes, ...]:
        """Write the extensions of a holder's certificate."""
        return (
            issuance.authority_information(ocsp=self.ocsp, issuer=self.certificate(hierarchy)),
            issuance.list_point(self.crl(hierarchy)),
            issuance.list_point(self.delta(hierarchy), kind=oids.FRESHEST_CRL),
        )

    def in_issuing(self, hierarchy: str) -> tuple[bytes, ...]:
        """Write the extensions of an issuing CA's certificate; a root has none."""
        return (
            issuance.list_point(self.root_crl(hierarchy)),
            issuance.authority_information(ocsp=None, issuer=self.root_certificate(hierarchy)),
        )
