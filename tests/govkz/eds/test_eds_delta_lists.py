"""A delta list is read together with its base; without it, it can only speak against a certificate."""

from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Crl, Reason, Status, Trust, individual, pki, verify_certificate

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD = AT - 5 * DAY

PASSED = (Status.PASSED, (), "crl")
PASSED_BY_DELTA = (Status.PASSED, (), "delta-crl")
REVOKED = (Status.FAILED, (Reason.REVOKED,), "crl")
REVOKED_BY_DELTA = (Status.FAILED, (Reason.REVOKED,), "delta-crl")
STALE = (Status.INDETERMINATE, (Reason.STALE_REVOCATION_DATA,), "crl")


@pytest.fixture
def authority():
    return pki.Authority.create(at=AT - 30 * DAY)


@pytest.fixture
def person(authority):
    return authority.person(AISHA, at=AT - 10 * DAY)


def judged(authority, person, *lists, at=AT, max_age=DAY):
    report = verify_certificate(
        person.certificate,
        trust=Trust.of(*authority.certificates),
        crls=lists,
        at=at,
        policy=individual(crl_max_age=max_age),
    )
    (signer,) = report.signers
    return report.status, report.reasons, signer.revocation.source


def test_a_delta_brings_an_old_list_up_to_date(authority, person):
    base = authority.crl(at=OLD)
    delta = authority.delta_crl(base=1, revoked={}, at=AT - HOUR)

    assert judged(authority, person, base) == STALE
    assert judged(authority, person, base, delta) == PASSED_BY_DELTA
    assert judged(authority, person, delta, base) == PASSED_BY_DELTA


def test_a_delta_names_what_was_revoked_since(authority, person):
    base = authority.crl(at=AT - 2 * HOUR)
    delta = authority.delta_crl(base=1, revoked={person.serial: AT - HOUR}, at=AT - HOUR)

    assert judged(authority, person, base) == PASSED
    assert judged(authority, person, base, delta) == REVOKED_BY_DELTA


def test_what_the_base_revoked_stays_revoked_under_a_delta(authority, person):
    authority.revoke(person, at=AT - 6 * DAY)
    base = authority.crl(at=OLD)
    delta = authority.delta_crl(base=1, revoked={}, at=AT - HOUR)

    assert judged(authority, person, base, delta) == REVOKED_BY_DELTA


def test_a_delta_lifts_a_suspension(authority, person):
    authority.revoke(person, at=AT - 6 * DAY)
    base = authority.crl(at=OLD, held=frozenset({person.serial}))
    delta = authority.delta_crl(base=1, revoked={}, removed={person.serial: AT - 2 * HOUR}, at=AT - HOUR)

    assert judged(authority, person, base) == REVOKED
    assert judged(authority, person, base, delta) == PASSED_BY_DELTA


def test_a_suspension_that_was_lifted_later_stood_at_the_moment(authority, person):
    authority.revoke(person, at=AT - 6 * DAY)
    base = authority.crl(at=OLD, held=frozenset({person.serial}))
    delta = authority.delta_crl(base=1, revoked={}, removed={person.serial: AT + HOUR}, at=AT + HOUR)

    assert judged(authority, person, base, delta) == REVOKED


def test_a_delta_lifts_no_revocation(authority, person):
    authority.revoke(person, at=AT - 6 * DAY)
    base = authority.crl(at=OLD)
    delta = authority.delta_crl(base=1, revoked={}, removed={person.serial: AT - 2 * HOUR}, at=AT - HOUR)

    assert judged(authority, person, base, delta) == REVOKED


def test_a_new_whole_list_without_it_lifts_a_suspension_too(authority, person):
    authority.revoke(person, at=AT - 6 * DAY)
    held = authority.crl(at=OLD, held=frozenset({person.serial}))
    authority.revoked.clear()

    assert judged(authority, person, held, authority.crl(at=AT - HOUR)) == PASSED
    assert judged(authority, person, held, authority.crl(at=AT + HOUR)) == REVOKED


@pytest.mark.parametrize(
    ("base_number", "verdict"),
    [(1, PASSED_BY_DELTA), (2, PASSED_BY_DELTA), (3, STALE)],
    ids=["begins before the list", "begins from the list", "begins from a later list"],
)
def test_a_delta_goes_with_a_list_that_is_not_older_than_it_begins(authority, person, base_number, verdict):
    authority.crl(at=OLD - DAY)
    base = authority.crl(at=OLD)
    delta = authority.delta_crl(base=base_number, revoked={}, at=AT - HOUR)

    assert judged(authority, person, base, delta) == verdict


def test_a_delta_older_than_the_list_adds_nothing(authority, person):
    authority.crl(at=OLD - DAY)
    delta = authority.delta_crl(base=1, revoked={}, at=OLD)
    base = authority.crl(at=AT - HOUR)

    assert judged(authority, person, base, delta) == PASSED


def test_a_delta_without_its_base_says_nobody_is_good(authority, person):
    authority.crl(at=OLD)
    delta = authority.delta_crl(base=1, revoked={}, at=AT - HOUR)

    assert judged(authority, person, delta) == (
        Status.INDETERMINATE,
        (Reason.NO_REVOCATION_DATA,),
        None,
    )


def test_a_delta_without_its_base_still_speaks_against_a_certificate(authority, person):
    base = authority.crl(at=AT - 2 * HOUR)
    delta = authority.delta_crl(base=5, revoked={person.serial: AT - HOUR}, at=AT - HOUR)

    assert judged(authority, person, base, delta) == REVOKED_BY_DELTA


def test_a_stale_delta_is_stale(authority, person):
    base = authority.crl(at=OLD)
    delta = authority.delta_crl(base=1, revoked={}, at=AT - 3 * DAY)

    assert judged(authority, person, base, delta) == (
        Status.INDETERMINATE,
        (Reason.STALE_REVOCATION_DATA,),
        "delta-crl",
    )


def test_a_namesakes_delta_adds_nothing(authority, person):
    base = authority.crl(at=OLD)
    namesake = pki.Authority.create(at=AT - 30 * DAY)
    delta = namesake.delta_crl(base=1, revoked={person.serial: AT - DAY}, at=AT - HOUR)

    assert judged(authority, person, base, delta) == STALE


def test_openssl_reads_our_deltas(authority, person, openssl, tmp_path):
    delta = authority.delta_crl(base=7, revoked={person.serial: AT}, removed={1: AT}, at=AT)
    (tmp_path / "delta").write_bytes(delta)

    text = openssl("crl", "-inform", "DER", "-in", "delta", "-noout", "-text").stdout.decode()

    assert "X509v3 Delta CRL Indicator: critical" in text
    assert "Remove From CRL" in text
    assert Crl(delta).base_number == 7
