"""A test authority with one of every kind of holder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from govkz.eds import GostKey, Role, Trust, pki
from govkz.eds.gost import signatures
from govkz.eds.gost.schemes import GOST_2004, Scheme

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
AISHA = pki.Person("Нұрланова", "Айша", "500520200012", "Серікқызы")
YERLAN = pki.Person("Ахметов", "Ерлан", "500115100015", "Бекболатұлы")
CENTRE = pki.Organisation("«Жұмыспен қамту орталығы» КММ", "120340012345")
GOST = pki.Algorithm.GOST
OTHER_CENTRE = pki.Organisation("«Басқа орталық» КММ", "120340054321")


class Gost2004Key(GostKey):
    """A key of the older national algorithm that signs, as only tests need it: its signatures are still verified."""

    @classmethod
    def create(cls, scheme: Scheme = GOST_2004) -> "Gost2004Key":
        return cls(scheme, signatures.new_key(scheme.curve))

    def sign(self, content: bytes) -> bytes:
        return signatures.sign(self.scheme.digest.of(content), key=self.key, curve=self.scheme.curve)


@dataclass(frozen=True)
class Town:
    """An authority and its people; every certificate is of a day before AT unless its name says otherwise.

    `crl` is the list of the RSA hierarchy, `gost_crl` that of the national one; `gost_…` hold national keys.
    """

    authority: pki.Authority
    trust: Trust
    crl: bytes
    person: pki.Identity
    other_person: pki.Identity
    head: pki.Identity
    accountant: pki.Identity
    head_elsewhere: pki.Identity
    system: pki.Identity
    authentication: pki.Identity
    expired: pki.Identity
    future: pki.Identity
    revoked: pki.Identity
    gost_crl: bytes
    gost_person: pki.Identity
    gost_head: pki.Identity
    gost_system: pki.Identity
    gost_revoked: pki.Identity
    gost_256: pki.Identity

    @property
    def crls(self) -> list[bytes]:
        return [self.crl, self.gost_crl]


def build() -> Town:
    """Make the authority and everybody in town."""
    authority = pki.Authority.create(at=AT - timedelta(days=700))
    year_ago = AT - timedelta(days=365)
    revoked = authority.person(AISHA, at=year_ago, until=AT + timedelta(days=90))
    gost_revoked = authority.person(AISHA, at=year_ago, until=AT + timedelta(days=90), algorithm=GOST)
    for lost in (revoked, gost_revoked):
        authority.revoke(lost, at=AT - timedelta(days=1))
    crl, gost_crl = authority.crls(at=AT - timedelta(hours=1))
    return Town(
        authority=authority,
        trust=Trust.of(*authority.certificates),
        crl=crl,
        person=authority.person(AISHA, at=AT),
        other_person=authority.person(YERLAN, at=AT),
        head=authority.official(YERLAN, CENTRE, role=Role.HEAD, at=AT),
        accountant=authority.official(YERLAN, CENTRE, role=Role.FINANCE_SIGNATORY, at=AT),
        head_elsewhere=authority.official(YERLAN, OTHER_CENTRE, role=Role.HEAD, at=AT),
        system=authority.system("Жолдама", CENTRE, at=AT),
        authentication=authority.authentication(AISHA, at=AT),
        expired=authority.person(AISHA, at=year_ago, until=AT - timedelta(seconds=1)),
        future=authority.person(AISHA, at=AT + timedelta(days=2)),
        revoked=revoked,
        gost_crl=gost_crl,
        gost_person=authority.person(AISHA, at=AT, algorithm=GOST),
        gost_head=authority.official(YERLAN, CENTRE, role=Role.HEAD, at=AT, algorithm=GOST),
        gost_system=authority.system("Жолдама", CENTRE, at=AT, algorithm=GOST),
        gost_revoked=gost_revoked,
        gost_256=authority.person(AISHA, at=AT, algorithm=pki.Algorithm.GOST_256),
    )
