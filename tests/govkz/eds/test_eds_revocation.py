"""What a revocation list does not know is unknown, and unknown is never valid."""

from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Crl, Malformed, Reason, Status, Trust, individual, pki, verify_cms

CONTENT = b"content"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def judged(town, signer, crls, *, at=AT, max_age=None, trust=None):
    report = verify_cms(
        signer.sign(CONTENT, at=at),
        trust=trust or town.trust,
        crls=crls,
        at=at,
        policy=individual(AISHA.iin, crl_max_age=max_age),
    ).report
    return report.status, report.reasons


PASSED = (Status.PASSED, ())
NO_DATA = (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,))
STALE = (Status.INDETERMINATE, (Reason.STALE_REVOCATION_DATA,))
REVOKED = (Status.FAILED, (Reason.REVOKED,))


def test_without_a_list_revocation_is_unknown(town):
    assert judged(town, town.person, []) == NO_DATA


def test_a_list_is_fresh_until_the_moment_of_its_next_update(town):
    crl = town.authority.crl(at=AT - HOUR, until=AT)

    assert [judged(town, town.person, [crl], at=at) for at in (AT - timedelta(seconds=1), AT)] == [
        PASSED,
        STALE,
    ]


def test_a_list_older_than_the_policy_allows_is_stale(town):
    crl = town.authority.crl(at=AT - DAY)

    assert [
        judged(town, town.person, [crl], at=at, max_age=DAY) for at in (AT, AT + timedelta(seconds=1))
    ] == [
        PASSED,
        STALE,
    ]


def test_a_stale_list_still_tells_who_was_revoked(town):
    crl = town.authority.crl(at=AT - 20 * DAY + HOUR, until=AT - 10 * DAY)
    late = town.authority.crl(at=AT - HOUR, until=AT - HOUR / 2)

    assert judged(town, town.revoked, [crl, late]) == REVOKED


def test_a_revocation_is_known_from_its_own_moment_on(town):
    crl = town.authority.crl(at=AT)
    revoked_at = AT - DAY

    assert [judged(town, town.revoked, [crl], at=at) for at in (revoked_at - HOUR, revoked_at)] == [
        PASSED,
        REVOKED,
    ]


def test_a_list_made_after_the_moment_speaks_for_it_too(town):
    crl = town.authority.crl(at=AT + DAY)

    assert judged(town, town.person, [crl], max_age=DAY) == PASSED


def test_a_list_made_after_the_certificate_ended_may_have_dropped_it(town):
    crl = town.authority.crl(at=AT + DAY)

    assert judged(town, town.expired, [crl], at=AT - HOUR) == STALE


def test_the_newest_of_several_lists_decides(town):
    lists = [town.authority.crl(at=AT - 6 * DAY), town.crl, b"not a list"]

    assert judged(town, town.person, lists) == PASSED


def test_a_list_of_another_authority_knows_nothing(town):
    stranger = pki.Authority.create(at=AT - DAY, label="STRANGER")

    assert judged(town, town.person, [stranger.crl(at=AT)]) == NO_DATA


def test_a_list_forged_in_the_authoritys_name_knows_nothing(town):
    namesake = pki.Authority.create(at=AT - DAY)

    assert judged(town, town.person, [namesake.crl(at=AT)]) == NO_DATA


def test_a_list_with_a_changed_byte_knows_nothing(town):
    crl = town.crl.replace(b"260327110000Z", b"270327110000Z")

    assert crl != town.crl
    assert judged(town, town.person, [crl], at=AT + 30 * DAY) == NO_DATA


def test_an_issuing_authority_named_in_the_roots_list_fails_everyone(town):
    authority = pki.Authority.create(at=AT - DAY)
    root_as_issuer = pki.Authority(root=authority.root, issuing=authority.root)
    root_as_issuer.revoke(authority.issuing, at=AT - HOUR)
    lists = [authority.crl(at=AT), root_as_issuer.crl(at=AT)]

    verdict = judged(town, authority.person(AISHA, at=AT), lists, trust=Trust.of(*authority.certificates))

    assert verdict == (Status.FAILED, (Reason.ISSUER_REVOKED,))


@pytest.mark.parametrize(
    "blob", [b"", b"0", b"junk", b"\x30\x80", b"-----BEGIN X509 CRL-----\n!\n-----END X509 CRL-----"]
)
def test_bytes_that_are_no_list_are_said_to_be_malformed(blob):
    with pytest.raises(Malformed):
        Crl(blob)


def test_a_long_list_finds_its_entry(town):
    authority = pki.Authority.create(at=AT - DAY)
    person = authority.person(AISHA, at=AT)
    authority.revoked |= {serial: AT - DAY for serial in range(1, 5000)}
    authority.revoke(person, at=AT - HOUR)

    assert judged(town, person, [authority.crl(at=AT)], trust=Trust.of(*authority.certificates)) == REVOKED
