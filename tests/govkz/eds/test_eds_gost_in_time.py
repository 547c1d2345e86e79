"""Answers, delta lists and time stamps signed with national keys, and both kinds of keys in one message."""

from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT, Gost2004Key

from govkz.eds import (
    Reason,
    Status,
    Trust,
    amending,
    any_signer,
    certificates,
    cms,
    der,
    evidence,
    individual,
    issuance,
    ocsp,
    oids,
    pki,
    timestamps,
    verify_certificate,
    verify_cms,
)
from govkz.eds.certificates import Usage
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper

CONTENT = "Өтініш".encode()
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
PASSED = (Status.PASSED, ())


@pytest.fixture(scope="module")
def national(town):
    return town.authority.gost


@pytest.fixture(scope="module")
def responder(national):
    return Responder(national, national.responder(at=AT - DAY))


def question(authority, identity):
    return ocsp.ask(certificates.read(identity.certificate), certificates.read(authority.issuing.certificate))


def judged(town, identity, *, at=AT, **known):
    report = verify_certificate(identity.certificate, trust=town.trust, at=at, policy=individual(), **known)
    return report.status, report.reasons, report.signers[0].revocation.source


def test_an_answer_follows_the_algorithm_of_the_issuer(town, national, responder):
    asked = question(national, town.gost_person)

    received = ocsp.receive(responder.answer(asked.encoded, at=AT), to=asked, at=AT)

    assert received.algorithm == oids.GOST_2015_512
    assert judged(town, town.gost_person, ocsps=[received]) == (Status.PASSED, (), "ocsp")
    revoked = responder.answer(question(national, town.gost_revoked).encoded, at=AT)
    assert judged(town, town.gost_revoked, ocsps=[revoked]) == (Status.FAILED, (Reason.REVOKED,), "ocsp")


def test_no_hierarchy_answers_for_the_other(town, national):
    other = Responder(national, town.authority.responder(at=AT - DAY))
    asked = question(national, town.gost_person)

    with pytest.raises(ocsp.Unbelievable) as refused:
        ocsp.receive(other.answer(asked.encoded, at=AT), to=asked, at=AT)

    assert refused.value.doubt == ocsp.Doubt.OTHER_RESPONDER


def test_no_changed_byte_of_a_national_answer_is_believed(town, national, responder):
    original = responder.answer(question(national, town.gost_person).encoded, at=AT)
    start = original.index(der.encode_generalized(AT))

    for place in range(start, len(original), 29):
        changed = original[:place] + bytes((original[place] ^ 0x41,)) + original[place + 1 :]

        status, reasons, _ = judged(town, town.gost_person, ocsps=[changed])
        assert (status, reasons) == (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,)), place


def test_a_national_delta_names_what_was_revoked_since():
    authority = pki.Authority.create_one(at=AT - 30 * DAY, algorithm=pki.Algorithm.GOST)
    person, other = authority.person(AISHA, at=AT), authority.person(AISHA, at=AT)
    base = authority.crl(at=AT - 5 * DAY)
    delta = authority.delta_crl(base=1, revoked={person.serial: AT - HOUR}, at=AT - HOUR)
    trust = pki_trust(authority)

    def told(identity):
        report = verify_certificate(
            identity.certificate, trust=trust, crls=[base, delta], at=AT, policy=individual(crl_max_age=DAY)
        )
        return report.reasons, report.signers[0].revocation.source

    assert told(person) == ((Reason.REVOKED,), "delta-crl")
    assert told(other) == ((), "delta-crl")


def pki_trust(authority):
    return Trust.of(*authority.certificates)


def stamped(stamper, message, *, algorithm=oids.STREEBOG_512, at=AT):
    """Have every signature of a message stamped."""
    for signature in amending.signatures_in(message):
        query = timestamps.ask(signature, algorithm=algorithm, policy=stamper.policy)
        token = timestamps.receive(stamper.answer(query.encoded, at=at), to=query, at=at)
        message = amending.add_timestamp(message, token.encoded)
    return message


@pytest.fixture(scope="module")
def long_ago():
    """Give an authority whose people's certificates have ended, and its lists of back then."""
    authority = pki.Authority.create(at=AT - 400 * DAY)
    return authority, authority.crls(at=AT - 379 * DAY)


SIGNED = AT - 380 * DAY


@pytest.mark.parametrize("signer", [pki.Algorithm.RSA, pki.Algorithm.GOST, pki.Algorithm.GOST_256])
@pytest.mark.parametrize("by", ["rsa", "gost"])
@pytest.mark.parametrize("algorithm", [oids.SHA256, oids.STREEBOG_512], ids=["sha256", "streebog"])
def test_any_signer_is_stamped_by_any_authority(long_ago, signer, by, algorithm):
    authority, crls = long_ago
    person = authority.person(AISHA, at=SIGNED - DAY, until=SIGNED + 10 * DAY, algorithm=signer)
    home = authority.gost if by == "gost" else authority
    stamper = Stamper(home.stamper(at=SIGNED - DAY))
    message = person.sign(CONTENT, at=SIGNED)

    def told(blob):
        report = verify_cms(
            blob, trust=pki_trust(authority), crls=crls, at=AT, policy=individual(AISHA.iin)
        ).report
        return report.status, report.reasons, report.signers[0].timestamp

    assert told(message) == (Status.FAILED, (Reason.EXPIRED,), None)
    assert told(stamped(stamper, message, algorithm=algorithm, at=SIGNED)) == (Status.PASSED, (), SIGNED)


def test_a_national_authority_stamps_by_its_policy(national):
    stamper = Stamper(national.stamper(at=AT))
    query = timestamps.ask(b"signature", policy=oids.TSA_GOST_2015)

    token = timestamps.receive(stamper.answer(query.encoded, at=AT), to=query, at=AT)

    assert (token.policy, token.algorithm, len(token.imprint)) == (oids.TSA_GOST_2015, oids.STREEBOG_512, 64)


def test_a_stamp_of_the_older_national_algorithm_is_believed(town, national):
    key = Gost2004Key.create()
    issuer = national.issuing.as_issuer
    certificate = issuance.certificate(
        issuance.name((oids.COMMON_NAME, "СЕРВИС МЕТКИ ВРЕМЕНИ")),
        key.public_info,
        by=issuer,
        valid=(AT - DAY, AT + DAY),
        extensions=(
            issuance.key_usage(Usage.DIGITAL_SIGNATURE),
            issuance.purposes((oids.TIME_STAMPING,)),
        ),
    )
    stamper = Stamper(pki.Identity(key, certificate))
    message = stamped(stamper, town.person.sign(CONTENT, at=AT), algorithm=oids.GOST_34311_95)

    report = verify_cms(message, trust=town.trust, crls=town.crls, at=AT, policy=any_signer()).report

    (token,) = cms.read(message).signers[0].timestamps
    assert timestamps.read(token).policy == oids.TSA_GOST_2004
    assert (report.status, report.signers[0].timestamp) == (Status.PASSED, AT)


def add(message, identity):
    return amending.add_signer(message, key=identity.key, certificate=identity.certificate, at=AT)


@pytest.mark.parametrize(
    "order", [("person", "gost_head"), ("gost_head", "person"), ("gost_256", "gost_head")]
)
def test_both_kinds_of_keys_sign_one_message(town, order):
    first, second = (getattr(town, who) for who in order)

    verification = verify_cms(
        add(first.sign(CONTENT, at=AT), second),
        trust=town.trust,
        crls=town.crls,
        at=AT,
        policy=any_signer(),
    )

    told = {(signer.serial, signer.algorithm) for signer in verification.report.signers}
    assert (verification.report.status, verification.content) == (Status.PASSED, CONTENT)
    assert {serial for serial, _ in told} == {f"{first.serial:X}", f"{second.serial:X}"}
    assert len({algorithm for _, algorithm in told}) == 2


def test_of_both_kinds_the_worst_decides(town):
    message = add(town.person.sign(CONTENT, at=AT), town.gost_revoked)

    report = verify_cms(message, trust=town.trust, crls=town.crls, at=AT, policy=any_signer()).report
    known_by_one = verify_cms(
        message, trust=town.trust, crls=[town.gost_crl], at=AT, policy=any_signer()
    ).report

    assert {signer.algorithm: signer.reasons for signer in report.signers} == {
        "rsa-sha256": (),
        "gost-2015-512": (Reason.REVOKED,),
    }
    assert {signer.algorithm: signer.reasons for signer in known_by_one.signers} == {
        "rsa-sha256": (Reason.NO_REVOCATION_DATA,),
        "gost-2015-512": (Reason.REVOKED,),
    }
    assert (report.status, known_by_one.status) == (Status.FAILED, Status.FAILED)


def test_a_national_verdict_is_reached_again(town, national, responder):
    stamper = Stamper(national.stamper(at=AT - DAY))
    message = stamped(stamper, add(town.gost_person.sign(CONTENT, at=AT), town.head))
    answer = responder.answer(question(national, town.gost_person).encoded, at=AT)
    judged = verify_cms(
        message, trust=town.trust, crls=town.crls, ocsps=[answer], at=AT + HOUR, policy=any_signer()
    )

    kept = evidence.gather(judged, message=message, policy=any_signer(), at=AT + HOUR)

    anchors = Trust(town.trust.anchors)
    assert judged.report.status is Status.PASSED
    assert (len(kept.crls), len(kept.ocsps), len(kept.certificates)) == (2, 1, 4)
    assert evidence.reexamine(kept, trust=anchors).report == judged.report
