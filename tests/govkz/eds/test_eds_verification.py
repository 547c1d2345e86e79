"""A signature passes only where bytes, path, moment and holder are all known to be right."""

import hashlib
from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT, CENTRE, YERLAN

from govkz.eds import (
    Reason,
    Report,
    Revocation,
    Role,
    SignerReport,
    Status,
    Trust,
    any_signer,
    certificates,
    individual,
    issuance,
    official,
    pki,
    verify_certificate,
    verify_cms,
)
from govkz.eds.certificates import Usage
from govkz.eds.keys import RsaKey

CONTENT = "<application>Өтінім</application>".encode()
INDIVIDUAL = individual(AISHA.iin)
HEAD = official(CENTRE.bin, YERLAN.iin)


def verify(town, message, *, policy=INDIVIDUAL, **others):
    return verify_cms(
        message, **({"trust": town.trust, "crls": [town.crl], "at": AT} | others), policy=policy
    )


def outcome(verification):
    return verification.report.status, verification.report.reasons, verification.content


def passed(content=CONTENT):
    return Status.PASSED, (), content


def failed(*reasons):
    return Status.FAILED, reasons, None


def test_a_persons_signature_passes_with_the_content_and_a_whole_report(town):
    verification = verify(town, town.person.sign(CONTENT, at=AT))

    assert verification.content == CONTENT
    assert verification.report == Report(
        status=Status.PASSED,
        signers=(
            SignerReport(
                status=Status.PASSED,
                reasons=(),
                iin=AISHA.iin,
                name="НҰРЛАНОВА АЙША СЕРІКҚЫЗЫ",
                role=Role.INDIVIDUAL,
                algorithm="rsa-sha256",
                serial=f"{town.person.serial:X}",
                signed_at=AT,
                revocation=Revocation(
                    "good", "crl", AT - timedelta(hours=1), AT - timedelta(hours=1) + timedelta(days=7)
                ),
                policies=("1.2.398.3.3.2",),
            ),
        ),
        content_sha256=hashlib.sha256(CONTENT).hexdigest(),
        judged_at=AT,
    )


def test_a_report_survives_being_stored(town):
    report = verify(town, town.revoked.sign(CONTENT, at=AT)).report

    assert Report.from_dict(report.to_dict()) == report


def test_the_words_of_the_report_are_those_of_the_interface(town):
    signer = verify(town, town.head.sign(CONTENT, at=AT), policy=HEAD).report.to_dict()["signers"][0]

    assert signer == {
        "status": "passed",
        "reasons": [],
        "iin": YERLAN.iin,
        "bin": CENTRE.bin,
        "name": "АХМЕТОВ ЕРЛАН БЕКБОЛАТҰЛЫ",
        "role": "head",
        "algorithm": "rsa-sha256",
        "serial": f"{town.head.serial:X}",
        "signed_at": "2026-03-20T12:00:00+00:00",
        "timestamp": None,
        "revocation": {
            "status": "good",
            "source": "crl",
            "this_update": "2026-03-20T11:00:00+00:00",
            "next_update": "2026-03-27T11:00:00+00:00",
            "revoked_at": None,
        },
        "policies": ["1.2.398.3.3.2"],
    }


def test_the_status_of_every_reason_is_a_decision_of_its_own():
    assert {reason for reason in Reason if reason.status is Status.INDETERMINATE} == {
        Reason.CONTENT_MISSING,
        Reason.UNSUPPORTED_ALGORITHM,
        Reason.UNSUPPORTED_EXTENSION,
        Reason.NO_ANCHOR,
        Reason.NO_REVOCATION_DATA,
        Reason.STALE_REVOCATION_DATA,
        Reason.UNTRUSTED_TIMESTAMP,
    }


def test_a_detached_signature_passes_over_its_document(town):
    message = town.person.sign(CONTENT, at=AT, detached=True)

    assert outcome(verify(town, message, content=CONTENT)) == passed()


def test_a_detached_signature_over_another_document_fails(town):
    message = town.person.sign(CONTENT, at=AT, detached=True)

    assert outcome(verify(town, message, content=CONTENT + b" ")) == failed(Reason.DIGEST_MISMATCH)


def test_a_detached_signature_without_its_document_stays_open(town):
    message = town.person.sign(CONTENT, at=AT, detached=True)

    assert outcome(verify(town, message)) == (Status.INDETERMINATE, (Reason.CONTENT_MISSING,), None)


def test_an_attached_signature_beside_another_document_fails(town):
    message = town.person.sign(CONTENT, at=AT)

    assert outcome(verify(town, message, content=b"another")) == failed(Reason.CONTENT_MISMATCH)


def test_an_attached_signature_beside_the_same_document_passes(town):
    message = town.person.sign(CONTENT, at=AT)

    assert outcome(verify(town, message, content=CONTENT)) == passed()


def test_an_empty_document_can_be_signed(town):
    assert outcome(verify(town, town.person.sign(b"", at=AT))) == passed(b"")


def test_a_changed_content_fails(town):
    message = town.person.sign(CONTENT, at=AT)

    assert outcome(verify(town, message.replace("Өтінім".encode(), "Өтініш".encode()[:12]))) == failed(
        Reason.DIGEST_MISMATCH
    )


def test_a_changed_signature_fails(town):
    message = town.person.sign(CONTENT, at=AT)

    assert outcome(verify(town, message[:-1] + bytes((message[-1] ^ 1,)))) == failed(Reason.BAD_SIGNATURE)


def test_a_changed_moment_of_signing_fails(town):
    message = town.person.sign(CONTENT, at=AT)

    assert outcome(verify(town, message.replace(b"260320120000Z", b"250320120000Z"))) == failed(
        Reason.BAD_SIGNATURE
    )


def test_a_signature_by_another_key_than_the_certificates_fails(town):
    forged = pki.Identity(town.other_person.key, town.person.certificate)

    assert outcome(verify(town, forged.sign(CONTENT, at=AT))) == failed(Reason.BAD_SIGNATURE)


@pytest.mark.parametrize(
    ("holder", "reason"),
    [
        ("expired", Reason.EXPIRED),
        ("future", Reason.NOT_YET_VALID),
        ("revoked", Reason.REVOKED),
        ("authentication", Reason.WRONG_KEY_USAGE),
        ("head", Reason.WRONG_ROLE),
        ("system", Reason.WRONG_ROLE),
        ("other_person", Reason.OTHER_PERSON),
    ],
)
def test_an_application_signed_by_somebody_who_may_not_fails_with_its_reason(town, holder, reason):
    message = getattr(town, holder).sign(CONTENT, at=AT)

    assert outcome(verify(town, message)) == failed(reason)


@pytest.mark.parametrize(
    ("holder", "reason"),
    [
        ("person", Reason.WRONG_ROLE),
        ("accountant", Reason.WRONG_ROLE),
        ("system", Reason.WRONG_ROLE),
        ("head_elsewhere", Reason.OTHER_ORGANISATION),
        ("authentication", Reason.WRONG_KEY_USAGE),
    ],
)
def test_a_decision_signed_by_somebody_who_may_not_fails_with_its_reason(town, holder, reason):
    message = getattr(town, holder).sign(CONTENT, at=AT)

    assert outcome(verify(town, message, policy=HEAD)) == failed(reason)


def test_a_decision_signed_by_another_official_fails(town):
    message = town.head.sign(CONTENT, at=AT)

    assert outcome(verify(town, message, policy=official(CENTRE.bin, AISHA.iin))) == failed(
        Reason.OTHER_PERSON
    )


def test_the_roles_of_officials_can_be_set(town):
    message = town.accountant.sign(CONTENT, at=AT)
    policy = official(CENTRE.bin, YERLAN.iin, roles={Role.FINANCE_SIGNATORY})

    assert outcome(verify(town, message, policy=policy)) == passed()


@pytest.mark.parametrize("holder", ["person", "head", "accountant", "system"])
def test_any_signing_certificate_passes_where_anybody_may_sign(town, holder):
    message = getattr(town, holder).sign(CONTENT, at=AT)

    assert outcome(verify(town, message, policy=any_signer())) == passed()


def test_a_certificate_of_an_unknown_authority_stays_open(town):
    stranger = pki.Authority.create(at=AT, label="STRANGER")

    message = stranger.person(AISHA, at=AT).sign(CONTENT, at=AT)

    assert outcome(verify(town, message)) == (Status.INDETERMINATE, (Reason.NO_ANCHOR,), CONTENT)


def test_a_certificate_forged_in_the_name_of_the_authority_fails(town):
    namesake = pki.Authority.create(at=AT)

    message = namesake.person(AISHA, at=AT).sign(CONTENT, at=AT)

    assert outcome(verify(town, message)) == failed(Reason.BAD_CERTIFICATE)


def test_an_issuing_authority_without_its_root_stays_open(town):
    trust = Trust.of(town.authority.issuing.certificate)

    verification = verify(town, town.person.sign(CONTENT, at=AT), trust=trust)

    assert outcome(verification) == (Status.INDETERMINATE, (Reason.NO_ANCHOR,), CONTENT)


def test_a_person_is_no_authority(town):
    impostor = pki.Authority(root=town.authority.root, issuing=town.person)
    trust = Trust.of(*town.authority.certificates, town.person.certificate)

    message = impostor.person(YERLAN, at=AT).sign(CONTENT, at=AT)

    assert outcome(verify(town, message, trust=trust, policy=any_signer())) == failed(Reason.BAD_CERTIFICATE)


def test_an_authority_outside_its_validity_fails(town):
    long_ago = AT - timedelta(days=2000)
    old = pki.Authority.create(at=AT - timedelta(days=10))
    person = old.person(AISHA, at=long_ago, until=AT + timedelta(days=1))

    verification = verify_cms(
        person.sign(CONTENT, at=long_ago),
        trust=Trust.of(*old.certificates),
        crls=[old.crl(at=long_ago)],
        at=long_ago,
        policy=INDIVIDUAL,
    )

    assert outcome(verification) == failed(Reason.ISSUER_OUTSIDE_VALIDITY)


def test_a_certificate_alone_is_judged_like_a_signature_of_that_moment(town):
    report = verify_certificate(
        town.revoked.certificate_pem, trust=town.trust, crls=[town.crl], at=AT, policy=INDIVIDUAL
    )

    assert (report.status, report.reasons) == (Status.FAILED, (Reason.REVOKED,))


def test_the_same_certificate_passed_before_it_was_revoked(town):
    before = AT - timedelta(days=2)

    report = verify_certificate(
        town.revoked.certificate, trust=town.trust, crls=[town.crl], at=before, policy=INDIVIDUAL
    )

    assert (report.status, report.reasons) == (Status.PASSED, ())


def test_a_remembered_signer_is_judged_anew_by_the_moment_and_the_lists(town):
    trust = Trust.of(*town.authority.certificates)
    message = town.person.sign(CONTENT, at=AT)

    answers = [
        outcome(verify(town, message, trust=trust))[:2],
        outcome(verify(town, message, trust=trust, crls=[]))[:2],
        outcome(verify(town, message, trust=trust, at=AT + timedelta(days=400)))[:2],
        outcome(verify(town, message, trust=trust))[:2],
    ]

    assert answers == [
        (Status.PASSED, ()),
        (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,)),
        (Status.FAILED, (Reason.EXPIRED,)),
        (Status.PASSED, ()),
    ]


def test_the_numbers_in_a_certificate_need_no_check_digit(town):
    # The national CA's own test identities have IINs whose check digit does not hold.
    odd = town.authority.person(pki.Person("Тестов", "Тест", "123456789011"), at=AT)

    verification = verify(town, odd.sign(CONTENT, at=AT), policy=individual("123456789011"))

    assert outcome(verification) == passed()


def test_an_authority_below_one_that_allows_none_fails(town):
    key = pki.new_key()
    issuing = town.authority.issuing
    below = issuance.certificate(
        issuance.name(("2.5.4.3", "BELOW")),
        key.public_info,
        by=(certificates.read(issuing.certificate).subject, issuing.key),
        valid=(AT - timedelta(days=1), AT + timedelta(days=1)),
        extensions=(issuance.key_usage(Usage.CERTIFICATE_SIGN), issuance.authority(0)),
    )
    authority = pki.Authority(root=issuing, issuing=pki.Identity(key, below))
    trust = Trust.of(*town.authority.certificates, below)

    message = authority.person(AISHA, at=AT).sign(CONTENT, at=AT)

    assert outcome(verify(town, message, trust=trust)) == failed(Reason.BAD_CERTIFICATE)


def test_a_key_too_small_to_be_trusted_fails(town):
    key = RsaKey.create(1024)
    issuing = town.authority.issuing
    small = issuance.certificate(
        certificates.read(town.person.certificate).subject,
        key.public_info,
        by=(certificates.read(issuing.certificate).subject, issuing.key),
        valid=(AT - timedelta(days=1), AT + timedelta(days=1)),
        extensions=(
            issuance.key_usage(Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION),
            issuance.purposes(["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.1"]),
        ),
    )

    message = pki.Identity(key, small).sign(CONTENT, at=AT)

    assert outcome(verify(town, message)) == failed(Reason.WRONG_KEY_SIZE)


def test_a_critical_extension_that_is_not_understood_stays_open(town):
    key, issuing = town.person.key, town.authority.issuing
    unknown = issuance.certificate(
        certificates.read(town.person.certificate).subject,
        key.public_info,
        by=(certificates.read(issuing.certificate).subject, issuing.key),
        valid=(AT - timedelta(days=1), AT + timedelta(days=1)),
        extensions=(
            issuance.key_usage(Usage.DIGITAL_SIGNATURE | Usage.NON_REPUDIATION),
            issuance.purposes(["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.1"]),
            issuance.extension("1.2.3.4", b"\x05\x00", is_critical=True),
        ),
    )

    message = pki.Identity(key, unknown).sign(CONTENT, at=AT)

    assert outcome(verify(town, message)) == (Status.INDETERMINATE, (Reason.UNSUPPORTED_EXTENSION,), CONTENT)
