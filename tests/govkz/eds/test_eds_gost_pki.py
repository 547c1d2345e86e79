"""The national hierarchy beside the RSA one: its people sign, its lists revoke, its folder is kept."""

import json
from datetime import timedelta

import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import x509
from tests.govkz.eds.town import AISHA, AT, CENTRE, GOST, YERLAN, Gost2004Key

from govkz.eds import (
    Crl,
    GostKey,
    Reason,
    Role,
    Status,
    Trust,
    any_signer,
    certificates,
    gost,
    individual,
    issuance,
    official,
    oids,
    pki,
    verify_certificate,
    verify_cms,
)
from govkz.eds.addresses import Addresses
from govkz.eds.certificates import Usage
from govkz.eds.gost import arithmetic
from govkz.eds.keep import Keep

DAY = timedelta(days=1)
CONTENT = "Өтініш".encode()


@pytest.fixture(params=["nettle", "gmpy2", "python"])
def each_arithmetic(request, monkeypatch):
    if request.param not in gost.available():
        pytest.skip(f"{request.param} is not on this machine")
    monkeypatch.setenv(arithmetic.VARIABLE, request.param)


def judged(town, identity, *, content=CONTENT, message=None, crls=None, policy=None, trust=None):
    message = message or identity.sign(content, at=AT)
    verification = verify_cms(
        message,
        trust=trust or town.trust,
        crls=town.crls if crls is None else crls,
        at=AT,
        policy=policy or any_signer(),
    )
    return verification.report.status, verification.report.reasons, verification.content


def test_a_person_with_a_national_key_signs_an_application(town, each_arithmetic):
    passed = (Status.PASSED, (), CONTENT)

    assert judged(town, town.gost_person, policy=individual(AISHA.iin)) == passed
    assert judged(town, town.gost_256, policy=individual(AISHA.iin)) == passed


def test_an_official_and_a_system_sign_with_national_keys(town):
    assert judged(town, town.gost_head, policy=official(CENTRE.bin, YERLAN.iin))[0] == Status.PASSED
    assert judged(town, town.gost_system, policy=official(roles={Role.INFORMATION_SYSTEM}))[1] == (
        Reason.OTHER_PERSON,
    )


def test_the_report_names_the_algorithm(town):
    message = town.gost_person.sign(CONTENT, at=AT)

    (signer,) = verify_cms(
        message, trust=town.trust, crls=town.crls, at=AT, policy=any_signer()
    ).report.signers

    assert (signer.algorithm, signer.iin, signer.name) == (
        "gost-2015-512",
        AISHA.iin,
        "НҰРЛАНОВА АЙША СЕРІКҚЫЗЫ",
    )


def test_a_changed_content_or_signature_fails(town):
    message = town.gost_person.sign(CONTENT, at=AT)
    other = "Өтінім".encode()
    assert len(other) == len(CONTENT)

    assert judged(town, None, message=message.replace(CONTENT, other))[:2] == (
        Status.FAILED,
        (Reason.DIGEST_MISMATCH,),
    )
    assert judged(town, None, message=message[:-1] + bytes((message[-1] ^ 1,)))[:2] == (
        Status.FAILED,
        (Reason.BAD_SIGNATURE,),
    )


def test_a_national_key_under_a_certificate_of_another_fails(town):
    forged = pki.Identity(GostKey.create(), town.gost_person.certificate)

    assert judged(town, forged)[:2] == (Status.FAILED, (Reason.BAD_SIGNATURE,))


def test_a_revoked_national_certificate_fails_by_its_own_list(town):
    assert judged(town, town.gost_revoked)[:2] == (Status.FAILED, (Reason.REVOKED,))


def test_the_list_of_the_other_hierarchy_says_nothing(town):
    open_question = (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,))

    assert judged(town, town.gost_person, crls=[town.crl])[:2] == open_question
    assert judged(town, town.person, crls=[town.gost_crl])[:2] == open_question


def test_without_the_national_anchor_the_question_stays_open(town):
    trust = Trust.of(town.authority.root.certificate, town.authority.issuing.certificate)

    assert judged(town, town.gost_person, trust=trust)[:2] == (Status.INDETERMINATE, (Reason.NO_ANCHOR,))


def test_an_authentication_certificate_must_not_sign(town):
    identity = town.authority.authentication(AISHA, at=AT, algorithm=GOST)

    assert judged(town, identity)[:2] == (Status.FAILED, (Reason.WRONG_KEY_USAGE,))


def test_a_certificate_of_2004_is_verified_to_its_anchor():
    """Nobody issues them any more; their signatures on old papers are still looked at."""
    name = issuance.name((oids.COMMON_NAME, "НЕГІЗГІ КО DEMO (GOST)"), (oids.COUNTRY, "KZ"))
    ca_key, key = Gost2004Key.create(), Gost2004Key.create()
    valid = (AT - DAY, AT + DAY)
    root = issuance.certificate(
        name,
        ca_key.public_info,
        by=(name, ca_key),
        valid=valid,
        extensions=(issuance.key_usage(Usage.CERTIFICATE_SIGN | Usage.CRL_SIGN), issuance.authority(0)),
    )
    person = issuance.certificate(
        issuance.name((oids.COMMON_NAME, "ТЕСТОВ ТЕСТ"), (oids.SERIAL_NUMBER, f"IIN{AISHA.iin}")),
        key.public_info,
        by=(name, ca_key),
        valid=valid,
        extensions=(
            issuance.key_usage(Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION),
            issuance.purposes((oids.EMAIL_PROTECTION, oids.INDIVIDUAL)),
        ),
    )
    crl = issuance.revocation_list(
        by=(name, ca_key), number=1, this_update=AT - DAY, next_update=AT + DAY, revoked={}
    )
    trust = Trust.of(root)

    message = pki.Identity(key, person).sign(CONTENT, at=AT)
    report = verify_cms(message, trust=trust, crls=[crl], at=AT, policy=individual(AISHA.iin)).report

    assert (report.status, report.signers[0].algorithm) == (Status.PASSED, "gost-2004")
    changed = message[:-1] + bytes((message[-1] ^ 1,))
    assert (
        verify_cms(changed, trust=trust, crls=[crl], at=AT, policy=any_signer()).report.status
        == Status.FAILED
    )


def test_certificates_have_the_form_of_the_hierarchy_of_2022(town):
    certificate = certificates.read(town.gost_person.certificate)
    issuing = certificates.read(town.authority.gost.issuing.certificate)

    assert certificate.key_identifier == (certificate.serial | 1 << 159).to_bytes(20, "big")
    assert certificate.authority_key_identifier == issuing.key_identifier
    assert issuing.key_identifier == (issuing.serial | 1 << 159).to_bytes(20, "big")
    assert certificate.usage == Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION | Usage.KEY_AGREEMENT
    assert certificate.extensions[oids.KEY_USAGE] == bytes.fromhex("030203c8")
    assert (certificate.algorithm, certificate.key.algorithm) == (oids.GOST_2015_512, oids.GOST_2015_512_KEY)
    assert len(certificate.signature) == 128
    assert issuing.attribute(oids.COMMON_NAME) == "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) DEMO"


def test_a_certificate_of_ours_and_one_of_nuca_carry_the_same_extensions(vectors):
    theirs = certificates.read((vectors / "chain-2026/individual_valid_individual_valid.cer").read_bytes())
    authority = pki.Authority.create(at=AT, addresses=Addresses("http://localhost:8090"))

    ours = certificates.read(authority.person(AISHA, at=AT, algorithm=GOST).certificate)

    assert set(ours.extensions) == set(theirs.extensions)
    for oid in (oids.KEY_USAGE, oids.EXTENDED_KEY_USAGE, oids.KEY_STORAGE):
        assert ours.extensions[oid] == theirs.extensions[oid]
    assert (ours.algorithm, ours.usage, ours.role) == (theirs.algorithm, theirs.usage, theirs.role)


def test_addresses_are_where_another_reader_finds_them():
    authority = pki.Authority.create(at=AT, addresses=Addresses("http://localhost:8090"))

    for algorithm, word in ((pki.Algorithm.RSA, "rsa"), (GOST, "gost")):
        read = x509.Certificate.load(authority.person(AISHA, at=AT, algorithm=algorithm).certificate)
        assert read.ocsp_urls == ["http://localhost:8090/ocsp/"]
        assert [point.url for point in read.crl_distribution_points] == [
            f"http://localhost:8090/crl/nca_{word}.crl"
        ]
        assert [point.url for point in read.delta_crl_distribution_points] == [
            f"http://localhost:8090/crl/nca_d_{word}.crl"
        ]
        (policy,) = read.certificate_policies_value.native
        assert policy["policy_identifier"] == oids.SIGNING_POLICY
        assert policy["policy_qualifiers"][0]["qualifier"] == "http://localhost:8090/cps"
    issuing = x509.Certificate.load(authority.gost.issuing.certificate)
    assert [point.url for point in issuing.crl_distribution_points] == [
        "http://localhost:8090/crl/root_gost.crl"
    ]


def test_without_addresses_there_are_none(town):
    read = x509.Certificate.load(town.gost_person.certificate)

    assert (read.ocsp_urls, read.crl_distribution_points, read.delta_crl_distribution_points) == ([], [], [])


def test_a_national_list_is_what_another_reader_reads(town):
    read = asn1_crl.CertificateList.load(town.gost_crl)

    assert [entry["user_certificate"].native for entry in read["tbs_cert_list"]["revoked_certificates"]] == [
        town.gost_revoked.serial
    ]
    assert read.authority_key_identifier_value["key_identifier"].native == (
        certificates.read(town.authority.gost.issuing.certificate).key_identifier
    )


def test_a_list_of_the_root_tells_of_the_issuing_authority(town):
    national = town.authority.gost
    good = national.root_crl(at=AT)
    bad = national.root_crl(at=AT, revoked={national.issuing.serial: AT - DAY})

    assert judged(town, town.gost_person, crls=[town.gost_crl, good])[:2] == (Status.PASSED, ())
    assert judged(town, town.gost_person, crls=[town.gost_crl, bad])[:2] == (
        Status.FAILED,
        (Reason.ISSUER_REVOKED,),
    )


def test_a_kept_authority_goes_on_with_both_hierarchies(town, tmp_path):
    keep = Keep(tmp_path / "pki")
    keep.save(town.authority)
    keep.save_identity("aisha", town.gost_person)

    again = keep.load()

    assert again.certificates == town.authority.certificates
    assert again.gost.revoked == town.authority.gost.revoked != town.authority.revoked
    assert set(Trust.of_folders(keep.trust_folder).anchors) == set(town.trust.anchors)
    crls = keep.reissue_crls(at=AT)
    assert [Crl(crl).issuer for crl in crls] == [
        certificates.read(one.issuing.certificate).subject for one in again.hierarchies
    ]
    assert [keep.crl_file.read_bytes(), keep.gost_crl_file.read_bytes()] == crls
    assert judged(town, keep.load_identity("aisha"), crls=crls)[0] == Status.PASSED
    assert keep.load().gost.crl_number == town.authority.gost.crl_number + 1


def test_addresses_are_kept(tmp_path):
    keep = Keep(tmp_path / "pki")
    keep.save(pki.Authority.create(at=AT, addresses=Addresses("http://localhost:8090")))

    again = keep.load()

    assert again.addresses == again.gost.addresses == Addresses("http://localhost:8090")


def test_a_folder_of_before_is_read_and_gets_its_second_hierarchy(town, tmp_path):
    keep = Keep(tmp_path / "pki")
    keep.save(pki.Authority.create_one(at=AT))
    state = json.loads((keep.folder / "private/state.json").read_bytes())
    assert set(state) == {"crl_number", "revoked"}

    old = keep.load()
    with pytest.raises(ValueError, match="gost"):
        old.person(AISHA, at=AT, algorithm=GOST)
    keep.save(old.with_gost(at=AT))

    assert keep.load().certificates[:2] == old.certificates[:2]
    assert isinstance(keep.load().person(AISHA, at=AT, algorithm=GOST).key, GostKey)


def test_a_national_certificate_is_renewed_and_revoked_in_its_own_hierarchy(town):
    authority = pki.Authority.create(at=AT - DAY)
    old = authority.official(YERLAN, CENTRE, role=Role.HEAD, at=AT, until=AT + DAY, algorithm=GOST)

    new = authority.renew(old, at=AT)
    authority.revoke(old, at=AT)

    before, after = (certificates.read(one.certificate) for one in (old, new))
    assert (after.issuer, after.subject, after.usage) == (before.issuer, before.subject, before.usage)
    assert new.key is old.key and new.serial != old.serial
    assert (authority.has_revoked(old), authority.has_revoked(new)) == (True, False)
    assert (authority.revoked, list(authority.gost.revoked)) == ({}, [old.serial])


def test_a_certificate_alone_is_judged_like_a_signature(town):
    report = verify_certificate(
        town.gost_person.certificate, trust=town.trust, crls=town.crls, at=AT, policy=individual(AISHA.iin)
    )

    assert (report.status, report.signers[0].algorithm) == (Status.PASSED, "gost-2015-512")
