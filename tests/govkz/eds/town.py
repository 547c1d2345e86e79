"""A test authority with one of every kind of holder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from govkz.eds import Role, Trust, pki

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
AISHA = pki.Person("Нұрланова", "Айша", "500520200012", "Серікқызы")
YERLAN = pki.Person("Ахметов", "Ерлан", "500115100015", "Бекболатұлы")
CENTRE = pki.Organisation("«Жұмыспен қамту орталығы» КММ", "120340012345")
OTHER_CENTRE = pki.Organisation("«Басқа орталық» КММ", "120340054321")


@dataclass(frozen=True)
class Town:
    """An authority and its people; every certificate is of a day before AT unless its name says otherwise."""

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


def build() -> Town:
    """Make the authority and everybody in town."""
    authority = pki.Authority.create(at=AT - timedelta(days=700))
    year_ago = AT - timedelta(days=365)
    revoked = authority.person(AISHA, at=year_ago, until=AT + timedelta(days=90))
    authority.revoke(revoked, at=AT - timedelta(days=1))
    return Town(
        authority=authority,
        trust=Trust.of(*authority.certificates),
        crl=authority.crl(at=AT - timedelta(hours=1)),
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
    )
