"""Hold a private key with its certificate, as whoever signs or issues holds them."""

from dataclasses import dataclass
from datetime import datetime

from govkz.eds import armour, certificates, pkcs12
from govkz.eds.issuance import Issuer
from govkz.eds.keys import SigningKey
from govkz.eds.signing import sign_cms


@dataclass(frozen=True, slots=True)
class Identity:
    """A private key and its certificate in DER."""

    key: SigningKey
    certificate: bytes

    @property
    def serial(self) -> int:
        return certificates.read(self.certificate).serial

    @property
    def not_before(self) -> datetime:
        return certificates.read(self.certificate).not_before

    @property
    def not_after(self) -> datetime:
        return certificates.read(self.certificate).not_after

    @property
    def as_issuer(self) -> Issuer:
        """Give name, key and key identifier as what this one issues names them."""
        certificate = certificates.read(self.certificate)
        return Issuer(certificate.subject, self.key, certificate.key_identifier)

    @property
    def certificate_pem(self) -> bytes:
        return armour.armour(self.certificate, label="CERTIFICATE")

    @property
    def key_pem(self) -> bytes:
        """Give the private key as unencrypted PKCS#8."""
        return armour.armour(self.key.pkcs8, label="PRIVATE KEY")

    def p12(self, *, password: str, form: pkcs12.Form = pkcs12.Form.HELD) -> bytes:
        """Give key and certificate as NUCA hands them out, or as newer programs write them."""
        return pkcs12.write(self.key, self.certificate, password=password, form=form)

    def sign(self, content: bytes, *, at: datetime, detached: bool = False) -> bytes:
        """Sign content as the person's own signing program would; gives CMS in DER."""
        return sign_cms(content, key=self.key, certificate=self.certificate, at=at, detached=detached)
