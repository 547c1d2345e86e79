"""The demonstration's certification centre: persons, officials, seals, and a list fresh at every start."""

from datetime import UTC, datetime
from pathlib import Path

from govkz.eds.keep import RENEWED_WITHIN, Keep
from govkz.eds.pki import Algorithm, Authority, Identity, Organisation, Person
from govkz.eds.reports import Role as CertificateRole
from joldama.demo.people import DemoApplicant, DemoOffice, DemoStaff, DemoTrader, demo_people
from joldama.signatures.operations import keep_revocation_list, trust
from joldama.standard.roles import Role

EARLIEST = datetime(2015, 1, 1, tzinfo=UTC)
LATEST = datetime(2049, 12, 31, tzinfo=UTC)
"""The demonstration's centre itself lives as long as the demonstration may be played."""


def prepare_pki(folder: Path, *, at: datetime) -> Keep:
    """Make what is missing, renew what ends within 30 days, reissue the list for seven days from `at`."""
    keep = Keep(folder)
    if not keep.exists:
        keep.save(Authority.create(at=EARLIEST, until=LATEST))
    authority = keep.load()
    if authority.gost is None:
        keep.save(authority.with_gost(at=EARLIEST, until=LATEST))
    known = set(keep.names())
    people = demo_people()
    persons: tuple[DemoApplicant | DemoTrader, ...] = (*people.applicants, *people.traders)
    for person in persons:
        if person.slug not in known:
            keep.save_identity(person.slug, _applicant(authority, person, at=at))
    for official in people.staff:
        if official.office and official.role in (Role.HEAD, Role.DEPUTY) and official.key not in known:
            keep.save_identity(official.key, _official(authority, official, at=at))
    for office in people.providers:
        if seal_of(office.bin) not in known:
            keep.save_identity(seal_of(office.bin), _seal(authority, office, at=at))
    _renew(keep, authority, at=at)
    return keep


def issue_key(keep: Keep, applicant: DemoApplicant, *, at: datetime) -> None:
    """Give a new visitor his key."""
    keep.save_identity(applicant.slug, _applicant(keep.load(), applicant, at=at))


def _renew(keep: Keep, authority: Authority, *, at: datetime) -> None:
    """Reissue what does not cover the 30 days from `at`: the demonstration's clock may stand anywhere."""
    for name in keep.names():
        identity = keep.load_identity(name)
        covers = identity.not_before <= at and at + RENEWED_WITHIN < identity.not_after
        if not covers and not authority.has_revoked(identity):
            keep.save_identity(name, authority.renew(identity, at=at))


def remember_trust(keep: Keep, *, at: datetime) -> None:
    """Write the anchors and fresh revocation lists into the database."""
    for der in keep.load().certificates:
        trust(der, set_name="demo")
    for crl in keep.reissue_crls(at=at):
        keep_revocation_list(crl)


def seal_of(office_bin: str) -> str:
    """Name the identity with which an office seals its papers."""
    return f"seal-{office_bin}"


def _person(someone: DemoApplicant | DemoTrader | DemoStaff) -> Person:
    return Person(someone.surname, someone.given_name, someone.iin, someone.patronymic or None)


def _applicant(authority: Authority, someone: DemoApplicant | DemoTrader, *, at: datetime) -> Identity:
    """Certify a national key, as the national CA gives people since 2022; officials and seals have RSA keys."""
    return authority.person(_person(someone), at=at, algorithm=Algorithm.GOST)


def _official(authority: Authority, official: DemoStaff, *, at: datetime) -> Identity:
    office = demo_people().office(official.office)
    role = CertificateRole.HEAD if official.role == Role.HEAD else CertificateRole.SIGNATORY
    return authority.official(_person(official), Organisation(office.kk, office.bin), role=role, at=at)


def _seal(authority: Authority, office: DemoOffice, *, at: datetime) -> Identity:
    return authority.system(f"Жолдама: {office.kk}", Organisation(office.kk, office.bin), at=at)
