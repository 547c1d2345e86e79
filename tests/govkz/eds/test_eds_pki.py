"""The test authority keeps its promises: names say DEMO, keys stay private, what ends is renewed."""

import stat
from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT, CENTRE, YERLAN

from govkz.eds import Crl, Role, Status, Trust, individual, official, pki, verify_cms
from govkz.eds.keep import Keep

DAY = timedelta(days=1)


def passes(identity, *, trust, crl, at, policy=None):
    message = identity.sign(b"content", at=at)
    report = verify_cms(
        message, trust=trust, crls=[crl], at=at, policy=policy or individual(AISHA.iin)
    ).report
    return report.status is Status.PASSED


@pytest.fixture
def keep(town, tmp_path):
    keep = Keep(tmp_path / "pki")
    keep.save(town.authority)
    return keep


def test_its_anchors_are_recognised_as_no_real_ones(town):
    assert town.trust.is_test


def test_a_kept_authority_goes_on_where_it_was(town, keep):
    again = keep.load()

    assert (again.certificates, again.revoked, again.crl_number) == (
        town.authority.certificates,
        town.authority.revoked,
        town.authority.crl_number,
    )
    assert passes(
        again.person(AISHA, at=AT), trust=Trust.of_folders(keep.trust_folder), crl=again.crl(at=AT), at=AT
    )


def test_private_keys_are_readable_for_their_owner_only(town, keep):
    keep.save_identity("aisha", town.person)
    private = [*keep.folder.glob("private/*"), *keep.folder.glob("identities/*/key.pem")]

    assert {stat.S_IMODE(file.stat().st_mode) for file in private} == {0o600}
    assert len(private) == 6


def test_no_authority_is_kept_in_an_empty_folder(tmp_path):
    assert not Keep(tmp_path).exists


def test_a_kept_identity_is_the_same(town, keep):
    keep.save_identity("aisha", town.person)

    again = keep.load_identity("aisha")

    assert (again.certificate, again.key_pem) == (town.person.certificate, town.person.key_pem)


@pytest.mark.parametrize("name", ["", "..", "a/b", "../a", "a b", "."])
def test_an_identity_has_a_plain_name(town, keep, name):
    with pytest.raises(ValueError, match="letters"):
        keep.save_identity(name, town.person)


def test_a_reissued_list_is_good_for_seven_days_and_keeps_the_revoked(town, keep):
    crl = Crl(keep.reissue_crls(at=AT + DAY)[0])

    assert (crl.this_update, crl.next_update) == (AT + DAY, AT + 8 * DAY)
    assert not passes(town.revoked, trust=town.trust, crl=keep.crl_file.read_bytes(), at=AT + DAY)


def test_only_what_ends_within_thirty_days_is_renewed(town, keep):
    lives = {"ends-soon": AT + 30 * DAY, "ends-later": AT + 31 * DAY, "has-ended": AT - DAY / 2}
    for name, until in lives.items():
        keep.save_identity(name, town.authority.person(AISHA, at=AT - 10 * DAY, until=until))

    assert keep.renew_ending(at=AT) == ["ends-soon"]
    assert keep.load_identity("ends-soon").not_after == AT + pki.LIFE


def test_a_revoked_certificate_is_not_renewed(town, keep):
    identity = town.authority.person(AISHA, at=AT, until=AT + DAY)
    keep.save_identity("revoked", identity)
    authority = keep.load()
    authority.revoke(identity, at=AT)
    keep.save(authority)

    assert keep.renew_ending(at=AT) == []


def test_a_renewed_certificate_is_of_the_same_holder_and_key(town):
    old = town.authority.official(YERLAN, CENTRE, role=Role.HEAD, at=AT - 300 * DAY, until=AT + DAY)

    new = town.authority.renew(old, at=AT)

    assert (new.key_pem, new.serial != old.serial, new.not_after) == (old.key_pem, True, AT + pki.LIFE)
    assert passes(
        new,
        trust=town.trust,
        crl=town.authority.crl(at=AT),
        at=AT,
        policy=official(CENTRE.bin, YERLAN.iin, roles={Role.HEAD}),
    )
