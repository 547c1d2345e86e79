"""Make a test certification authority whose certificates look like NUCA's: root, issuing CA, people, list.

For demonstrations and tests. The CAs' names say DEMO, so that an installation can refuse such anchors. As NUCA, it
has a hierarchy of RSA keys and one of national keys (GOST 34.10-2015) beside it. Profiles follow NUCA's: subject
CN=SURNAME NAME, SN, serialNumber=IIN…, GN=patronymic, C=KZ, for organisations O and OU=BIN…; key usage, purposes
and roles as in its signing and authentication certificates; in the national hierarchy, as since 2022, the key
identifier repeats the serial number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from govkz.eds import certificates, der, issuance, oids
from govkz.eds.addresses import Addresses
from govkz.eds.certificates import Usage
from govkz.eds.gost.schemes import GOST_2015_256, GOST_2015_512
from govkz.eds.holders import COUNTRY, organisation_parts, person_name
from govkz.eds.holders import Organisation as Organisation
from govkz.eds.holders import Person as Person
from govkz.eds.identities import Identity as Identity
from govkz.eds.issuance import Issuer
from govkz.eds.keys import GostKey, RsaKey, SigningKey
from govkz.eds.reports import Role

CA_LIFE = timedelta(days=3650)
LIFE = timedelta(days=365)
CRL_LIFE = timedelta(days=7)
DELTA_LIFE = timedelta(days=1)
# A certificate holds from a little before the moment it is made, as clocks differ.
HEAD_START = timedelta(days=1)

_SIGNING = Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION
_ROLE_OIDS = {role: oid for oid, role in certificates.ROLES.items()}


class Algorithm(StrEnum):
    """Of which kind a holder's key is; those of GOST are certified in the national hierarchy."""

    RSA = "rsa"
    GOST = "gost-2015-512"
    GOST_256 = "gost-2015-256"


@dataclass(slots=True)
class Authority:
    """A root, its issuing CA, what the CA has revoked, and the hierarchy of national keys beside it, if any."""

    root: Identity
    issuing: Identity
    revoked: dict[int, datetime] = field(default_factory=dict)
    crl_number: int = 0
    addresses: Addresses | None = None
    gost: "Authority | None" = None

    @classmethod
    def create(
        cls,
        *,
        at: datetime,
        until: datetime | None = None,
        label: str = "DEMO",
        addresses: Addresses | None = None,
    ) -> "Authority":
        """Make both hierarchies, valid from a day before `at` for ten years, or until the moment."""
        return cls.create_one(at=at, until=until, label=label, addresses=addresses).with_gost(
            at=at, until=until, label=label
        )

    @classmethod
    def create_one(
        cls,
        *,
        at: datetime,
        until: datetime | None = None,
        label: str = "DEMO",
        addresses: Addresses | None = None,
        algorithm: Algorithm = Algorithm.RSA,
    ) -> "Authority":
        """Make a root and an issuing CA of one kind of keys."""
        window = (at - HEAD_START, until or at + CA_LIFE)
        kind = "RSA" if algorithm is Algorithm.RSA else "GOST"
        root = _ca(f"НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ ({kind}) {label}", algorithm, valid=window)
        issuing = _ca(
            f"ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ ({kind}) {label}",
            algorithm,
            valid=window,
            by=root,
            addresses=addresses,
        )
        return cls(root, issuing, addresses=addresses)

    def with_gost(self, *, at: datetime, until: datetime | None = None, label: str = "DEMO") -> "Authority":
        """Put a hierarchy of national keys beside this one; gives this one."""
        self.gost = Authority.create_one(
            at=at, until=until, label=label, addresses=self.addresses, algorithm=Algorithm.GOST
        )
        return self

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """Give root and issuing CA of each hierarchy in DER, as `Trust.of` reads them."""
        below = self.gost.certificates if self.gost else ()
        return self.root.certificate, self.issuing.certificate, *below

    @property
    def hierarchies(self) -> tuple["Authority", ...]:
        """Give the hierarchies side by side."""
        return (self, self.gost) if self.gost else (self,)

    @property
    def algorithm(self) -> Algorithm:
        """Give the kind of the CAs' keys, and of the holders' where no other is asked for."""
        return Algorithm.GOST if isinstance(self.issuing.key, GostKey) else Algorithm.RSA

    @property
    def word(self) -> str:
        """Name the hierarchy in its addresses and files: rsa or gost."""
        return "rsa" if self.algorithm is Algorithm.RSA else "gost"

    def person(
        self,
        person: Person,
        *,
        at: datetime,
        until: datetime | None = None,
        algorithm: Algorithm | None = None,
    ) -> Identity:
        """Issue a natural person's signing certificate, for a year or until the moment."""
        purposes = (oids.EMAIL_PROTECTION, oids.INDIVIDUAL)
        return self._hand_out(
            person_name(person), _SIGNING, purposes, at=at, until=until, algorithm=algorithm
        )

    def authentication(
        self,
        person: Person,
        *,
        at: datetime,
        until: datetime | None = None,
        algorithm: Algorithm | None = None,
    ) -> Identity:
        """Issue a natural person's authentication certificate, which must not sign documents."""
        purposes = (oids.CLIENT_AUTHENTICATION, oids.INDIVIDUAL)
        usage = Usage.DIGITAL_SIGNATURE
        return self._hand_out(person_name(person), usage, purposes, at=at, until=until, algorithm=algorithm)

    def official(
        self,
        person: Person,
        organisation: Organisation,
        *,
        role: Role,
        at: datetime,
        until: datetime | None = None,
        algorithm: Algorithm | None = None,
    ) -> Identity:
        """Issue an official's signing certificate with a role in the organisation."""
        purposes = (oids.EMAIL_PROTECTION, oids.LEGAL_ENTITY, _ROLE_OIDS[role])
        subject = person_name(person, organisation)
        return self._hand_out(subject, _SIGNING, purposes, at=at, until=until, algorithm=algorithm)

    def system(
        self,
        name: str,
        organisation: Organisation,
        *,
        at: datetime,
        until: datetime | None = None,
        algorithm: Algorithm | None = None,
    ) -> Identity:
        """Issue the certificate of an information system, with which an office seals its documents."""
        subject = issuance.name((oids.COMMON_NAME, name), *organisation_parts(organisation), COUNTRY)
        purposes = (oids.EMAIL_PROTECTION, oids.LEGAL_ENTITY, oids.INFORMATION_SYSTEM)
        return self._hand_out(subject, _SIGNING, purposes, at=at, until=until, algorithm=algorithm)

    def responder(self, *, at: datetime, until: datetime | None = None) -> Identity:
        """Issue the certificate of an OCSP responder, which nobody need ask about (ocsp-nocheck)."""
        subject = issuance.name((oids.COMMON_NAME, "OCSP RESPONDER"), COUNTRY)
        no_check = issuance.extension(oids.OCSP_NO_CHECK, der.encode(der.NULL))
        return self._issue(
            subject, Usage.DIGITAL_SIGNATURE, (oids.OCSP_SIGNING,), at=at, until=until, also=(no_check,)
        )

    def stamper(self, *, at: datetime, until: datetime | None = None) -> Identity:
        """Issue the certificate of a time-stamping authority."""
        subject = issuance.name((oids.COMMON_NAME, "TIME-STAMPING AUTHORITY"), COUNTRY)
        return self._issue(subject, _SIGNING, (oids.TIME_STAMPING,), at=at, until=until)

    def renew(self, identity: Identity, *, at: datetime) -> Identity:
        """Issue the same certificate again for a year, with the same key and a new serial number."""
        old, home = certificates.read(identity.certificate), self._home_of(identity)
        usage, is_stored = old.usage or Usage(0), oids.KEY_STORAGE in old.extensions
        also = [issuance.storage(oids.STORED_IN_FILE)] if is_stored else []
        return home._issue(
            old.subject, usage, sorted(old.purposes), at=at, until=None, key=identity.key, also=also
        )

    def revoke(self, identity: Identity, *, at: datetime) -> None:
        """Name a certificate in every list made from now on."""
        self._home_of(identity).revoked[identity.serial] = at

    def has_revoked(self, identity: Identity) -> bool:
        """Tell whether a certificate was revoked."""
        return identity.serial in self._home_of(identity).revoked

    def crl(
        self, *, at: datetime, until: datetime | None = None, held: frozenset[int] = frozenset()
    ) -> bytes:
        """Make a revocation list in DER, of `at`, with the next due in seven days or at `until`.

        Of those revoked, the serial numbers in `held` are only suspended (certificateHold).
        """
        self.crl_number += 1
        return issuance.revocation_list(
            by=self.issuing.as_issuer,
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
            by=self.issuing.as_issuer,
            number=self.crl_number,
            base=base,
            this_update=at,
            next_update=until or at + DELTA_LIFE,
            revoked=revoked,
            removed=removed or {},
        )

    def crls(self, *, at: datetime, until: datetime | None = None) -> list[bytes]:
        """Make the list of each hierarchy."""
        return [hierarchy.crl(at=at, until=until) for hierarchy in self.hierarchies]

    def root_crl(
        self, *, at: datetime, until: datetime | None = None, revoked: Mapping[int, datetime] | None = None
    ) -> bytes:
        """Make the list of this hierarchy's root in DER; `revoked` maps serial numbers of issuing CAs to moments."""
        self.crl_number += 1
        return issuance.revocation_list(
            by=self.root.as_issuer,
            number=self.crl_number,
            this_update=at,
            next_update=until or at + CRL_LIFE,
            revoked=revoked or {},
        )

    def _home_of(self, identity: Identity) -> "Authority":
        issuer = certificates.read(identity.certificate).issuer
        return next((one for one in self.hierarchies if one.issuing.as_issuer.name == issuer), self)

    def _hand_out(
        self,
        subject: bytes,
        usage: Usage,
        purposes: Iterable[str],
        *,
        at: datetime,
        until: datetime | None,
        algorithm: Algorithm | None,
    ) -> Identity:
        """Certify a new key; beside what is asked national keys may agree, authenticating RSA keys encipher."""
        home = self._home_for(algorithm)
        kind = algorithm or home.algorithm
        also = []
        if kind is not Algorithm.RSA:
            usage |= Usage.KEY_AGREEMENT
            also.append(issuance.storage(oids.STORED_IN_FILE))
        elif not usage & Usage.NON_REPUDIATION:
            usage |= Usage.KEY_ENCIPHERMENT
        return home._issue(subject, usage, purposes, at=at, until=until, key=new_key(kind), also=also)

    def _home_for(self, algorithm: Algorithm | None) -> "Authority":
        is_national = (algorithm or self.algorithm) is not Algorithm.RSA
        for hierarchy in self.hierarchies:
            if is_national == (hierarchy.algorithm is not Algorithm.RSA):
                return hierarchy
        raise ValueError(f"this authority has no hierarchy for keys of {algorithm}")

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
        return _certified(
            key or new_key(self.algorithm),
            subject,
            by=self.issuing.as_issuer,
            valid=(at - HEAD_START, until or at + LIFE),
            extensions=(
                issuance.key_usage(usage),
                issuance.purposes(purposes),
                _policy(oids.SIGNING_POLICY, self.addresses),
                *(self.addresses.in_holders(self.word) if self.addresses else ()),
                *also,
            ),
        )


def new_key(algorithm: Algorithm = Algorithm.RSA) -> SigningKey:
    """Make a key as NUCA's holders have them: RSA of 2048 bits, or a national one."""
    if algorithm is Algorithm.RSA:
        return RsaKey.create()
    return GostKey.create(GOST_2015_512 if algorithm is Algorithm.GOST else GOST_2015_256)


def _ca(
    common_name: str,
    algorithm: Algorithm,
    *,
    valid: tuple[datetime, datetime],
    by: Identity | None = None,
    addresses: Addresses | None = None,
) -> Identity:
    """Make a root, or an issuing CA where it is certified by another."""
    key = new_key(algorithm)
    is_root = by is None
    word = "rsa" if algorithm is Algorithm.RSA else "gost"
    return _certified(
        key,
        issuance.name((oids.COMMON_NAME, common_name), COUNTRY),
        by=by.as_issuer if by else None,
        valid=valid,
        extensions=(
            issuance.key_usage(Usage.CERTIFICATE_SIGN | Usage.CRL_SIGN),
            issuance.authority(1 if is_root else 0),
            _policy(oids.ROOT_POLICY if is_root else oids.SIGNING_POLICY, addresses),
            *(addresses.in_issuing(word) if addresses and not is_root else ()),
        ),
    )


def _certified(
    key: SigningKey,
    subject: bytes,
    *,
    by: Issuer | None,
    valid: tuple[datetime, datetime],
    extensions: Sequence[bytes],
) -> Identity:
    """Certify a key; by itself where there is no issuer."""
    serial = issuance.new_serial()
    is_national = isinstance((by.key if by else key), GostKey)
    identifier = issuance.identifier_by(serial) if is_national else None
    encoded = issuance.certificate(
        subject,
        key.public_info,
        by=by or Issuer(subject, key, identifier),
        valid=valid,
        extensions=extensions,
        serial=serial,
        key_identifier=identifier,
    )
    return Identity(key, encoded)


def _policy(oid: str, addresses: Addresses | None) -> bytes:
    return issuance.policy(oid, statement=addresses.statement if addresses else None)
