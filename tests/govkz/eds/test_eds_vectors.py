"""What NUCA's test contour published gets the verdict it should, and no changed byte of it passes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from govkz.eds import (
    Crl,
    Ocsp,
    Reason,
    Role,
    Status,
    Trust,
    any_signer,
    certificates,
    individual,
    oids,
    signers,
    timestamps,
    verify_certificate,
    verify_cms,
)
from govkz.eds.judgement import Circumstances
from govkz.eds.ocsp import issuer_hashes

ATTACHED = "cms/rsa_attached.der"
TWO_SIGNERS = "cms/two_signers_gost2015_rsa_attached.der"
SIGNED_IN = "certs-test-ee/individual_valid_sign_2004_rsa.cer"
AUTHENTICATION = "certs-test-ee/individual_valid_sign_2004_rsa_auth.cer"


def trust_of(vectors: Path, *folders: str) -> Trust:
    return Trust.of_folders(*(vectors / folder for folder in folders))


def verify(vectors, file, at, *folders, crls=()):
    return verify_cms(
        (vectors / file).read_bytes(),
        trust=trust_of(vectors, *folders),
        crls=[(vectors / crl).read_bytes() for crl in crls],
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        policy=any_signer(),
    )


def outcome(verification):
    signers = [(signer.status, signer.reasons) for signer in verification.report.signers]
    return verification.report.status, signers, verification.content


def test_a_signature_under_a_hierarchy_without_public_root_stays_open(vectors):
    verification = verify(vectors, ATTACHED, "2021-06-01", "certs-test-ca")

    assert outcome(verification) == (
        Status.INDETERMINATE,
        [(Status.INDETERMINATE, (Reason.NO_ANCHOR,))],
        b"test123",
    )


def test_the_signer_is_named_as_the_certificate_names_him(vectors):
    (signer,) = verify(vectors, ATTACHED, "2021-06-01", "certs-test-ca").report.signers

    assert (signer.iin, signer.bin, signer.name, signer.role, signer.algorithm, signer.signed_at) == (
        "123456789011",
        None,
        "ТЕСТОВ ТЕСТ ТЕСТОВИЧ",
        Role.INDIVIDUAL,
        "rsa-sha256",
        datetime(2022, 9, 28, 14, 40, 30, tzinfo=UTC),
    )


def test_a_signature_made_after_the_certificate_ended_fails(vectors):
    verification = verify(vectors, ATTACHED, "2022-09-28", "certs-test-ca")

    assert outcome(verification) == (Status.FAILED, [(Status.FAILED, (Reason.EXPIRED,))], None)


def test_the_worst_of_two_signers_decides(vectors):
    verification = verify(
        vectors,
        TWO_SIGNERS,
        "2022-09-28T15:00",
        "chain-2026",
        "certs-test-ca",
        crls=["crl/nca_gost2022_test.crl"],
    )

    assert outcome(verification) == (
        Status.FAILED,
        [(Status.PASSED, ()), (Status.FAILED, (Reason.EXPIRED,))],
        None,
    )


def test_no_changed_byte_of_a_published_signature_gives_back_other_content(vectors):
    original = (vectors / ATTACHED).read_bytes()
    trust = trust_of(vectors, "certs-test-ca")

    for place in range(len(original)):
        changed = original[:place] + bytes((original[place] ^ 0x41,)) + original[place + 1 :]
        verification = verify_cms(
            changed, trust=trust, at=datetime(2021, 6, 1, tzinfo=UTC), policy=any_signer()
        )

        assert verification.report.status != Status.PASSED
        assert verification.content in (None, b"test123")


def test_an_authentication_certificate_must_not_sign(vectors):
    report = verify_certificate(
        (vectors / AUTHENTICATION).read_bytes(),
        trust=trust_of(vectors, "certs-test-ca"),
        at=datetime(2022, 6, 1, tzinfo=UTC),
        policy=individual(),
    )

    assert (report.status, report.reasons) == (Status.FAILED, (Reason.WRONG_KEY_USAGE,))


def test_a_certificate_of_the_test_contour_signed_by_its_ca_lacks_only_the_root(vectors):
    report = verify_certificate(
        (vectors / SIGNED_IN).read_bytes(),
        trust=trust_of(vectors, "certs-test-ca"),
        at=datetime(2022, 6, 1, tzinfo=UTC),
        policy=individual("123456789011"),
    )

    assert (report.status, report.reasons) == (Status.INDETERMINATE, (Reason.NO_ANCHOR,))


@pytest.mark.parametrize("name", ["individual_valid_individual_valid", "legal_valid_employee_signright"])
def test_people_of_the_national_hierarchy_pass(vectors, name):
    report = verify_certificate(
        (vectors / "chain-2026" / f"{name}.cer").read_bytes(),
        trust=trust_of(vectors, "chain-2026"),
        crls=[(vectors / "chain-2026/nca_gost2022_test.crl").read_bytes()],
        at=datetime(2026, 11, 22, tzinfo=UTC),
        policy=any_signer(),
    )

    assert (report.status, report.reasons, report.signers[0].algorithm) == (
        Status.PASSED,
        (),
        "gost-2015-512",
    )


@pytest.mark.parametrize(
    ("file", "next_update"),
    [
        ("crl/nca_rsa_test.crl", datetime(2022, 9, 25, 4, 18, 29, tzinfo=UTC)),
        ("crl/nca_gost_test.crl", datetime(2022, 9, 25, 4, 30, 7, tzinfo=UTC)),
        ("crl/nca_gost2022_test.crl", datetime(2023, 1, 23, 11, 26, 6, tzinfo=UTC)),
        ("chain-2026/nca_gost2022_test.crl", datetime(2027, 2, 7, 3, 49, 19, tzinfo=UTC)),
    ],
)
def test_every_published_list_is_read(vectors, file, next_update):
    assert Crl((vectors / file).read_bytes()).next_update == next_update


def test_a_list_tells_who_is_revoked_and_who_is_not(vectors):
    crl = Crl((vectors / "chain-2026/nca_gost2022_test.crl").read_bytes())
    people = {
        name: certificates.read((vectors / "chain-2026" / f"{name}.cer").read_bytes())
        for name in (
            "individual_valid_individual_valid",
            "individual_revoked_individual_revoked",
            "legal_valid_employee",
            "legal_valid_employee_signright",
        )
    }

    # The folder's names are not the status: the employee is revoked too.
    assert [name for name, person in people.items() if crl.revoked_at(person)] == [
        "individual_revoked_individual_revoked",
        "legal_valid_employee",
    ]


@pytest.mark.parametrize(
    ("file", "folder"),
    [
        ("crl/nca_rsa_test.crl", "certs-test-ca"),
        ("crl/nca_gost_test.crl", "certs-test-ca"),
        ("crl/nca_gost2022_test.crl", "chain-2026"),
        ("chain-2026/nca_gost2022_test.crl", "chain-2026"),
    ],
)
def test_a_published_list_is_verified_by_its_issuer_and_by_nobody_else(vectors, file, folder):
    crl = Crl((vectors / file).read_bytes())
    known = trust_of(vectors, "certs-test-ca", "chain-2026").intermediates

    faults = {issuer.subject == crl.issuer: crl.fault_under(issuer) for issuer in known}

    assert faults == {True: None, False: Reason.NO_REVOCATION_DATA}


@pytest.mark.parametrize(
    ("file", "issuers", "reason"),
    [
        ("chain-2026/root_test_gost_2022.cer", 0, None),
        ("chain-2026/nca_gost2022_test.cer", 1, None),
        ("chain-2026/individual_valid_individual_valid.cer", 2, None),
        ("chain-2026/individual_revoked_individual_revoked.cer", 2, None),
        ("chain-2026/legal_valid_employee.cer", 2, None),
        ("chain-2026/legal_valid_employee_signright.cer", 2, None),
        ("certs-test-ca/nca_gost2015_test.cer", 1, None),
        ("certs-test-ee/individual_sign_gost2015.der", 2, None),
        ("certs-test-ee/ceo_valid_sign_2004_gost.cer", 1, Reason.NO_ANCHOR),
        ("certs-test-ca/nca_gost_test.crt", 0, Reason.NO_ANCHOR),
    ],
)
def test_every_path_of_national_keys_is_verified_as_far_as_it_is_public(vectors, file, issuers, reason):
    trust = trust_of(vectors, "certs-test-ca", "chain-2026")

    path = trust.path_of(certificates.read((vectors / file).read_bytes()))

    assert (len(path.issuers), path.reason) == (issuers, reason)


@pytest.mark.parametrize(
    "file",
    [
        "chain-2026/individual_valid_individual_valid.cer",
        "certs-test-ee/ceo_valid_sign_2004_gost.cer",
    ],
)
@pytest.mark.parametrize("place", [0, 31, 32, -33, -32, -1])
def test_a_changed_signature_of_a_national_certificate_does_not_hold(vectors, file, place):
    person = certificates.read((vectors / file).read_bytes())
    signature = bytearray(person.signature)
    signature[place] ^= 1
    trust = trust_of(vectors, "certs-test-ca", "chain-2026")
    changed = certificates.read(person.encoded[: -len(signature)] + bytes(signature))

    assert trust.path_of(changed).reason == Reason.BAD_CERTIFICATE


def test_the_test_contour_is_recognised_as_such(vectors):
    assert trust_of(vectors, "chain-2026").is_test


REVOKED_ANSWER = "ocsp/ocsp_response_ceo_sign_2004_revoked.bin"
HELD_ANSWER = "ocsp/ocsp_response_individual_2015.bin"


@pytest.mark.parametrize(
    ("file", "issuer", "serial", "said"),
    [
        (
            REVOKED_ANSWER,
            "certs-test-ca/nca_gost_test.crt",
            0x12E3E7B9966D09EB9CDA64251457E815C2A8DDED,
            ("revoked", datetime(2022, 1, 18, 6, 30, 55, tzinfo=UTC), False),
        ),
        (
            HELD_ANSWER,
            "certs-test-ca/nca_gost2015_test.cer",
            0x0FF06211DC82BEB00253FFA000F1DE84ABEF454F,
            ("revoked", datetime(1970, 1, 1, tzinfo=UTC), True),
        ),
    ],
)
def test_an_answer_of_the_test_contours_responder_is_read(vectors, file, issuer, serial, said):
    ocsp = Ocsp((vectors / file).read_bytes())
    issuing = certificates.read((vectors / issuer).read_bytes())

    (answer,) = ocsp.answers
    names = (answer.name_hash, answer.key_hash)
    assert (answer.serial, (answer.standing, answer.revoked_at, answer.is_hold)) == (serial, said)
    assert names == issuer_hashes(answer.hash_algorithm, issuing)
    assert (answer.this_update, answer.next_update) == (ocsp.produced_at, None)
    assert ocsp.nonce is not None and len(ocsp.nonce) == 10
    assert ocsp.fault_under(issuing) is None
    other = "chain-2026/root_test_gost_2022.cer"
    assert ocsp.fault_under(certificates.read((vectors / other).read_bytes())) is Reason.NO_REVOCATION_DATA


def test_a_published_time_stamp_holds_over_its_own_content(vectors):
    token = timestamps.read((vectors / "tsp/tsp_token.bin").read_bytes())
    (signer,) = token.message.signers
    trust = trust_of(vectors, "certs-test-ca")
    authority = signers.certificate_of(signer, token.message.certificates, trust)

    assert (token.at, token.policy, token.algorithm) == (
        datetime(2022, 9, 18, 13, 20, 14, tzinfo=UTC),
        oids.TSA_GOST_2004,
        oids.SHA1,
    )
    assert authority is not None
    assert signers.faults(signer, authority, token.content, content_type=oids.TST_INFO) == []
    assert signers.faults(signer, authority, token.content + b"!", content_type=oids.TST_INFO) == [
        Reason.DIGEST_MISMATCH
    ]
    # Its root is not public.
    assert trust.path_of(authority).reason is Reason.NO_ANCHOR


def test_a_published_response_carries_the_published_token(vectors):
    token = timestamps.read((vectors / "tsp/tsp_token.bin").read_bytes())
    asked = timestamps.Query(b"", token.algorithm, token.imprint, token.nonce, token.policy)

    received = timestamps.receive((vectors / "tsp/tsp_response.bin").read_bytes(), to=asked, at=token.at)

    assert received == token


def test_a_published_time_stamp_over_sha1_proves_nothing_about_a_signature(vectors):
    stamp = timestamps.judge(
        (vectors / "tsp/tsp_token.bin").read_bytes(),
        over=b"anything",
        circumstances=Circumstances.of(
            trust=trust_of(vectors, "certs-test-ca"),
            at=datetime(2022, 9, 19, tzinfo=UTC),
            policy=any_signer(),
        ),
    )

    assert (stamp.at, stamp.reason) == (None, Reason.BAD_TIMESTAMP)
