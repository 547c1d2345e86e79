"""A database becomes a demonstration: people, trust, clock."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.test.utils import override_settings

from govkz.eds import Crl, GostKey, RsaKey, certificates, pki
from govkz.eds.keep import Keep
from joldama.demo.people import demo_people
from joldama.demo.pki import EARLIEST, LATEST, prepare_pki
from joldama.demo.prepare import NotADemo, pki_folder, prepare
from joldama.demo.revocation import DemoRevocationLists
from joldama.demo.second_factor import unused_code
from joldama.demo.signer.clock import signer_offset
from joldama.demo.signer.keys import Keys
from joldama.installation import clock
from joldama.installation.identity import installation
from joldama.installation.models import Installation
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Account, Deputising, Office, Territory
from joldama.signatures.judging import judge_official, judge_person
from joldama.signatures.models import Status

SUNDAY_NIGHT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)  # 9:05 in Astana, at UTC+5 since 2024
MONDAY_NOON = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def data_folder(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pki, "new_key", cache(pki.new_key))  # making keys is what takes time
    # A hundred openings take time as well.
    monkeypatch.setattr("joldama.demo.prepare.remember_openings", lambda **_: None)
    installation.cache_clear()
    with override_settings(DATA=tmp_path, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield tmp_path
    installation.cache_clear()


def test_a_demonstration_has_its_people_and_a_second_start_adds_none(data_folder: Path) -> None:
    prepare(MONDAY_NOON)
    counts = (Office.objects.count(), Account.objects.count(), Territory.objects.count())

    prepare(MONDAY_NOON)

    assert counts == (7, 26, 57)
    assert counts == (Office.objects.count(), Account.objects.count(), Territory.objects.count())
    assert Deputising.objects.count() == 5


def test_every_official_has_a_password_and_a_second_factor(data_folder: Path) -> None:
    prepare(MONDAY_NOON)

    account = Account.objects.get_by_natural_key("astana.head")
    assert account.check_password("demo-astana.head")
    assert len(unused_code(account)) == 6


def test_in_reception_hours_the_clock_is_the_worlds(data_folder: Path) -> None:
    assert prepare(MONDAY_NOON) == MONDAY_NOON
    assert clock.offset().total_seconds() == 0


def test_at_night_the_clock_shows_the_next_business_morning(data_folder: Path) -> None:
    assert prepare(SUNDAY_NIGHT) == MONDAY_MORNING
    assert signer_offset(data_folder) == MONDAY_MORNING - SUNDAY_NIGHT


def test_at_lunch_the_clock_shows_the_next_business_morning(data_folder: Path) -> None:
    lunch = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)

    assert prepare(lunch) == datetime(2026, 11, 24, 4, 5, tzinfo=UTC)


def test_the_clock_never_runs_back_behind_what_happened(data_folder: Path) -> None:
    prepare(SUNDAY_NIGHT)
    record(
        "case.taken",
        subject=Office.objects.first().pk,
        by=SYSTEM,
        at=datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
    )

    shown = prepare(datetime(2026, 11, 23, 5, 0, tzinfo=UTC))

    assert shown == datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def test_a_wanted_moment_sets_the_clock(data_folder: Path) -> None:
    wanted = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)

    assert prepare(SUNDAY_NIGHT, wanted=wanted) == wanted


def test_the_keys_of_the_demonstration_pass_at_its_moment(data_folder: Path) -> None:
    shown = prepare(SUNDAY_NIGHT)
    keys = Keys(pki_folder())
    person = next(h for h in keys.holders if h.identity == "citizen-card")
    head = next(h for h in keys.holders if h.identity == "astana-head")
    office = Office.objects.get(code="АСТ")

    of_person = judge_person(keys.sign("citizen-card", b"x", at=shown), iin=person.iin, at=shown)
    of_head = judge_official(keys.sign("astana-head", b"x", at=shown), bin=office.bin, iin=head.iin, at=shown)

    assert (of_person.status, of_head.status) == (Status.PASSED, Status.PASSED)
    check_the_sole_trader(keys, at=shown)


def check_the_sole_trader(keys: Keys, *, at: datetime) -> None:
    """His key is the first that the signer offers for his answer."""
    [trader] = demo_people().traders
    assert judge_person(keys.sign(trader.slug, b"x", at=at), iin=trader.iin, at=at).status == Status.PASSED
    for document, is_his in (
        (b"<reply xmlns='urn:joldama:reply:1'/>", True),
        (b"<reply><bin>1</bin></reply>", False),
    ):
        assert [one for one in keys.holders if one.is_named_in(document.decode())] == (
            [one for one in keys.holders if one.is_trader] if is_his else []
        )


def test_the_list_of_each_hierarchy_is_published_at_a_point_of_its_own(data_folder: Path) -> None:
    prepare(MONDAY_NOON)
    lists, centre = DemoRevocationLists(), Keep(data_folder / "demo-pki").load()

    published = [lists.fetch(point, etag="", modified="", at=MONDAY_NOON) for point in lists.points()]

    issuers = [certificates.read(one.issuing.certificate) for one in centre.hierarchies]
    faults = [
        Crl(found.der).fault_under(issuer) for found, issuer in zip(published, issuers, strict=True) if found
    ]
    assert faults == [None, None]


def test_keys_of_before_there_was_a_national_hierarchy_are_kept_and_the_rest_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pki, "new_key", cache(pki.new_key))
    keep = Keep(tmp_path)
    old = pki.Authority.create_one(at=EARLIEST, until=LATEST)
    aisha = demo_people().applicants[0]
    keep.save(old)
    identity = old.person(pki.Person(aisha.surname, aisha.given_name, aisha.iin), at=MONDAY_NOON)
    keep.save_identity(aisha.slug, identity)

    prepare_pki(tmp_path, at=MONDAY_NOON)

    assert keep.load().certificates[:2] == old.certificates
    assert keep.load_identity(aisha.slug).certificate == identity.certificate
    kinds = {name: type(keep.load_identity(name).key) for name in keep.names()}
    people = demo_people()
    applicants = {one.slug for one in (*people.applicants, *people.traders)} - {aisha.slug}
    assert {kinds[slug] for slug in applicants} == {GostKey}
    assert {kinds[name] for name in kinds.keys() - applicants} == {RsaKey}


def test_a_real_installation_is_not_made_a_demonstration(data_folder: Path) -> None:
    Installation.objects.create(is_demo=False, created_at=MONDAY_NOON)

    with pytest.raises(NotADemo):
        prepare(MONDAY_NOON)

    assert not Office.objects.exists()


def test_a_second_start_joins_the_clock_that_runs(data_folder: Path) -> None:
    prepare(SUNDAY_NIGHT)
    record("case.taken", subject=uuid4(), by=SYSTEM, at=MONDAY_MORNING)

    shown = prepare(SUNDAY_NIGHT + timedelta(minutes=20))

    assert shown == MONDAY_MORNING + timedelta(minutes=20)
