"""Make a test certification authority whose certificates look like NUCA's: root, issuing CA, people, list.

For demonstrations and tests. The CAs' names say DEMO, so that an installation can refuse such anchors.
Profiles follow NUCA's (RSA): subject CN=SURNAME NAME, SN, serialNumber=IIN…, GN=patronymic, C=KZ, for
organisations O and OU=BIN…; key usage, purposes and roles as in its signing and authentication certificates.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from govkz.eds import armour, certificates, der, issuance, oids
from govkz.eds.certificates import Usage
from govkz.eds.keys import RsaKey, SigningKey
from govkz.eds.reports import Role
from govkz.eds.signing import sign_cms

CA_LIFE = timedelta(days=3650)
LIFE = timedelta(days=365)
CRL_LIFE = timedelta(days=7)
DELTA_LIFE = timedelta(days=1)
# A certificate holds from a little before the moment it is made, as clocks differ.
HEAD_START = timedelta(days=1)

_SIGNING = Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION
_AUTHENTICATION = Usage.DIGITAL_SIGNATURE | Usage.KEY_ENCIPHERMENT
_ROLE_OIDS = {role: oid for oid, role in certificates.ROLES.items()}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person as a certificate names one."""

    surname: str
    name: str
    iin: str
    patronymic: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented organisation as a certificate names one."""

    name: str
    bin: str


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
    def certificate_pem(self) -> bytes:
        return armour.armour(self.certificate, label="CERTIFICATE")

    @property
    def key_pem(self) -> bytes:
        """Give the private key as unencrypted PKCS#8."""
        return armour.armour(self.key.pkcs8, label="PRIVATE KEY")

    def sign(self, content: bytes, *, at: datetime, detached: bool = False) -> bytes:
        """Sign content as the person's own signing program would; gives CMS in DER."""
        return sign_cms(content, key=self.key, certificate=self.certificate, at=at, detached=detached)


@dataclass(slots=True)
class Authority:
    """A root, its issuing CA, and what the CA has revoked."""

    root: Identity
    issuing: Identity
    revoked: dict[int, datetime] = field(default_factory=dict)
    crl_number: int = 0

    @classmethod
    def create(cls, *, at: datetime, until: datetime | None = None, label: str = "DEMO") -> "Authority":
        """Make a new root and issuing CA, valid from a day before `at` for ten years, or until the moment."""
        root_name = issuance.name((oids.COMMON_NAME, f"НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) {label}"), _KZ)
        issuing_name = issuance.name((oids.COMMON_NAME, f"ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) {label}"), _KZ)
        root_key, issuing_key = new_key(), new_key()
        window = (at - HEAD_START, until or at + CA_LIFE)
        root = _ca(root_name, root_key, by=(root_name, root_key), valid=window, below=1)
        issuing = _ca(issuing_name, issuing_key, by=(root_name, root_key), valid=window, below=0)
        return cls(Identity(root_key, root), Identity(issuing_key, issuing))

    @property
    def certificates(self) -> tuple[bytes, bytes]:
        """Give root and issuing CA in DER, as `Trust.of` reads them."""
        return self.root.certificate, self.issuing.certificate

    def person(self, person: Person, *, at: datetime, until: datetime | None = None) -> Identity:
        """Issue a natural person's signing certificate, for a year or until the moment."""
        purposes = (oids.EMAIL_PROTECTION, oids.INDIVIDUAL)
        return self._issue(_person_name(person), _SIGNING, purposes, at=at, until=until)

    def authentication(self, person: Person, *, at: datetime, until: datetime | None = None) -> Identity:
        """Issue a natural person's authentication certificate, which must not sign documents."""
        purposes = (oids.CLIENT_AUTHENTICATION, oids.INDIVIDUAL)
        return self._issue(_person_name(person), _AUTHENTICATION, purposes, at=at, until=until)

    def official(
        self,
        person: Person,
        organisation: Organisation,
        *,
        role: Role,
        at: datetime,
        until: datetime | None = None,
    ) -> Identity:
        """Issue an official's signing certificate with a role in the organisation."""
        purposes = (oids.EMAIL_PROTECTION, oids.LEGAL_ENTITY, _ROLE_OIDS[role])
        return self._issue(_person_name(person, organisation), _SIGNING, purposes, at=at, until=until)

    def system(
        self, name: str, organisation: Organisation, *, at: datetime, until: datetime | None = None
    ) -> Identity:
        """Issue the certificate of an information system, with which an office seals its documents."""
        subject = issuance.name((oids.COMMON_NAME, name), *_organisation_parts(organisation), _KZ)
        purposes = (oids.EMAIL_PROTECTION, oids.LEGAL_ENTITY, oids.INFORMATION_SYSTEM)
        return self._issue(subject, _SIGNING, purposes, at=at, until=until)

    def responder(self, *, at: datetime, until: datetime | None = None) -> Identity:
        """Issue the certificate of an OCSP responder, which nobody need ask about (ocsp-nocheck)."""
        subject = issuance.name((oids.COMMON_NAME, "OCSP RESPONDER"), _KZ)
        no_check = issuance.extension(oids.OCSP_NO_CHECK, der.encode(der.NULL))
        return self._issue(
            subject, Usage.DIGITAL_SIGNATURE, (oids.OCSP_SIGNING,), at=at, until=until, also=(no_check,)
        )

    def stamper(self, *, at: datetime, until: datetime | None = None) -> Identity:
        """Issue the certificate of a time-stamping authority."""
        subject = issuance.name((oids.COMMON_NAME, "TIME-STAMPING AUTHORITY"), _KZ)
        return self._issue(subject, _SIGNING, (oids.TIME_STAMPING,), at=at, until=until)

    def renew(self, identity: Identity, *, at: datetime) -> Identity:
        """Issue the same certificate again for a year, with the same key and a new serial number."""
        old = certificates.read(identity.certificate)
        usage = old.usage or Usage(0)
        return self._issue(old.subject, usage, sorted(old.purposes), at=at, until=None, key=identity.key)

    def revoke(self, identity: Identity, *, at: datetime) -> None:
        """Name a certificate in every list made from now on."""
        self.revoked[identity.serial] = at

    def crl(
        self, *, at: datetime, until: datetime | None = None, held: frozenset[int] = frozenset()
    ) -> bytes:
        """Make a revocation list in DER, of `at`, with the next due in seven days or at `until`.

        Of those revoked, the serial numbers in `held` are only suspended (certificateHold).
        """
        self.crl_number += 1
        return issuance.revocation_list(
            by=(self._issuing_name, self.issuing.key),
            number=self.crl_number,
            this_update=at,
            next_update=until or at + CRL_LIFE,
            revoked=self.revoked,
            held=held,
        )

    def delta_crl(
        self,
        *,
        base: int,
        revoked: Mapping[int, datetime],
        removed: Mapping[int, datetime] | None = None,
        at: datetime,
        until: datetime | None = None,
    ) -> bytes:
        """Make a delta list in DER: what was revoked, and removed from hold, since the list of number `base`.

        A delta of `at` holds for a day or until the moment, and takes the next number.
        """
        self.crl_number += 1
        return issuance.revocation_list(
            by=(self._issuing_name, self.issuing.key),
            number=self.crl_number,
            base=base,
            this_update=at,
            next_update=until or at + DELTA_LIFE,
            revoked=revoked,
            removed=removed or {},
        )

    @property
    def _issuing_name(self) -> bytes:
        return certificates.read(self.issuing.certificate).subject

    def _issue(
        self,
        subject: bytes,
        usage: Usage,
        purposes: Iterable[str],
        *,
        at: datetime,
        until: datetime | None,
        key: SigningKey | None = None,
        also: Iterable[bytes] = (),
    ) -> Identity:
        key = key or new_key()
        encoded = issuance.certificate(
            subject,
            key.public_info,
            by=(self._issuing_name, self.issuing.key),
            valid=(at - HEAD_START, until or at + LIFE),
            extensions=(
                issuance.key_usage(usage),
                issuance.purposes(purposes),
                issuance.policy(oids.SIGNING_POLICY),
                *also,
            ),
        )
        return Identity(key, encoded)


def new_key() -> RsaKey:
    """Make an RSA key of 2048 bits, as NUCA's end-entity keys are."""
    return RsaKey.create()


_KZ = (oids.COUNTRY, "KZ")


def _ca(
    subject: bytes,
    key: SigningKey,
    *,
    by: tuple[bytes, SigningKey],
    valid: tuple[datetime, datetime],
    below: int,
) -> bytes:
    return issuance.certificate(
        subject,
        key.public_info,
        by=by,
        valid=valid,
        extensions=(
            issuance.key_usage(Usage.CERTIFICATE_SIGN | Usage.CRL_SIGN),
            issuance.authority(below),
            issuance.policy(oids.SIGNING_POLICY),
        ),
    )


def _person_name(person: Person, organisation: Organisation | None = None) -> bytes:
    parts = [
        (oids.COMMON_NAME, f"{person.surname} {person.name}".upper()),
        (oids.SURNAME, person.surname.upper()),
        (oids.SERIAL_NUMBER, f"IIN{person.iin}"),
        _KZ,
    ]
    if person.patronymic:
        parts.append((oids.GIVEN_NAME, person.patronymic.upper()))
    if organisation:
        parts += _organisation_parts(organisation)
    return issuance.name(*parts)


def _organisation_parts(organisation: Organisation) -> list[tuple[str, str]]:
    return [(oids.ORGANISATION, organisation.name), (oids.ORGANISATIONAL_UNIT, f"BIN{organisation.bin}")]
