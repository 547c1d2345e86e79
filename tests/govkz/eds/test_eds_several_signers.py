"""Another signs the same message: each signer is judged by himself, and the worst decides."""

from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT, YERLAN

from govkz.eds import (
    Reason,
    Status,
    amending,
    any_signer,
    as_pem,
    cms,
    individual,
    timestamps,
    verify_cms,
)
from govkz.eds.stamping import Stamper

CONTENT = b"content"


def verify(town, message, *, content=None, policy=None):
    return verify_cms(
        message,
        content=content,
        trust=town.trust,
        crls=[town.crl],
        at=AT,
        policy=policy or any_signer(),
    )


def add(message, identity, **options):
    return amending.add_signer(message, key=identity.key, certificate=identity.certificate, at=AT, **options)


def outcomes(verification):
    return {signer.serial: (signer.status, signer.reasons) for signer in verification.report.signers}


PASSED = (Status.PASSED, ())


def test_two_people_sign_one_message(town):
    both = add(town.person.sign(CONTENT, at=AT), town.other_person)

    verification = verify(town, both)
    assert {signer.iin for signer in verification.report.signers} == {AISHA.iin, YERLAN.iin}
    assert (verification.report.status, verification.content) == (Status.PASSED, CONTENT)


def test_what_was_signed_before_stays_as_it_is(town):
    alone = town.person.sign(CONTENT, at=AT)
    both = cms.read(add(alone, town.other_person))

    (before,) = cms.read(alone).signers
    assert before in both.signers
    assert both.certificates != () and town.person.certificate in both.certificates


def test_the_worst_signer_decides(town):
    verification = verify(town, add(town.person.sign(CONTENT, at=AT), town.revoked))

    assert outcomes(verification) == {
        f"{town.person.serial:X}": PASSED,
        f"{town.revoked.serial:X}": (Status.FAILED, (Reason.REVOKED,)),
    }
    assert (verification.report.status, verification.content) == (Status.FAILED, None)


def test_each_signer_has_to_be_who_is_asked_for(town):
    verification = verify(
        town, add(town.person.sign(CONTENT, at=AT), town.other_person), policy=individual(AISHA.iin)
    )

    assert outcomes(verification) == {
        f"{town.person.serial:X}": PASSED,
        f"{town.other_person.serial:X}": (Status.FAILED, (Reason.OTHER_PERSON,)),
    }


def test_a_message_as_text_is_signed_too(town):
    assert verify(town, add(as_pem(town.person.sign(CONTENT, at=AT)), town.head)).content == CONTENT


def test_a_detached_message_is_signed_too(town):
    alone = town.person.sign(CONTENT, at=AT, detached=True)

    both = add(alone, town.other_person, content=CONTENT)

    assert len(cms.read(both).signers) == 2
    assert verify(town, both, content=CONTENT).report.status is Status.PASSED
    assert verify(town, both, content=b"other").report.status is Status.FAILED


@pytest.mark.parametrize(
    ("is_detached", "content"), [(True, None), (False, b"other")], ids=["no content", "other content"]
)
def test_nobody_signs_what_he_did_not_see(town, is_detached, content):
    alone = town.person.sign(CONTENT, at=AT, detached=is_detached)

    with pytest.raises(amending.OtherContent):
        add(alone, town.other_person, content=content)


def test_openssl_verifies_all_signers(town, openssl, tmp_path):
    (tmp_path / "ca.pem").write_bytes(
        town.authority.root.certificate_pem + town.authority.issuing.certificate_pem
    )
    (tmp_path / "message").write_bytes(add(town.person.sign(CONTENT, at=AT), town.head))

    done = openssl(
        *("cms", "-verify", "-binary", "-inform", "DER", "-in", "message", "-CAfile", "ca.pem"),
        *("-attime", str(int(AT.timestamp())), "-purpose", "any"),
    )

    assert (done.returncode, done.stdout) == (0, CONTENT)


def test_we_add_a_signer_to_what_openssl_signed(town, openssl, tmp_path):
    (tmp_path / "person.pem").write_bytes(town.person.certificate_pem)
    (tmp_path / "person.key").write_bytes(town.person.key_pem)
    (tmp_path / "content").write_bytes(CONTENT)
    openssl(
        *("cms", "-sign", "-binary", "-nodetach", "-stream", "-in", "content", "-outform", "DER"),
        *("-out", "signed", "-md", "sha256", "-signer", "person.pem", "-inkey", "person.key"),
    )

    both = add((tmp_path / "signed").read_bytes(), town.head)

    assert outcomes(verify(town, both)) == {
        f"{town.person.serial:X}": PASSED,
        f"{town.head.serial:X}": PASSED,
    }


def test_a_time_stamp_belongs_to_one_signer(town):
    both = add(town.person.sign(CONTENT, at=AT), town.other_person)
    stamper = Stamper(town.authority.stamper(at=AT - timedelta(days=2)))
    at = AT - timedelta(minutes=1)
    first, _second = amending.signatures_in(both)
    query = timestamps.ask(first)
    token = timestamps.receive(stamper.answer(query.encoded, at=at), to=query, at=at)

    stamped = amending.add_timestamp(both, token.encoded)

    signers = verify(town, stamped).report.signers
    assert {signer.timestamp for signer in signers} == {at, None}
    assert {signer.status for signer in signers} == {Status.PASSED}
    with pytest.raises(amending.OtherContent):
        amending.add_timestamp(town.head.sign(CONTENT, at=AT), token.encoded)
