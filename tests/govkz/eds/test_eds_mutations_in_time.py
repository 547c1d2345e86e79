"""Whatever is changed in an answer, a list or a time stamp, nothing crashes and nothing else passes than before."""

import os
from datetime import timedelta

import pytest
from tests.govkz.eds.test_eds_mutations import mutants
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import (
    Malformed,
    Ocsp,
    Status,
    Trust,
    amending,
    any_signer,
    certificates,
    individual,
    ocsp,
    pki,
    timestamps,
    verify_certificate,
    verify_cms,
)
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper

MUTATIONS = int(os.environ.get("JOLDAMA_MUTATIONS", "300"))
CONTENT = b"<application>" + bytes(range(256)) + b"</application>"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENDED = AT + 10 * DAY


@pytest.fixture(scope="module")
def authority():
    return pki.Authority.create(at=AT - 30 * DAY)


@pytest.fixture(scope="module")
def person(authority):
    return authority.person(AISHA, at=AT - DAY, until=ENDED)


@pytest.fixture(scope="module")
def stamped(authority, person):
    """Give a message with a time stamp of AT."""
    message = person.sign(CONTENT, at=AT)
    query = timestamps.ask(amending.signatures_in(message)[0])
    answer = Stamper(authority.stamper(at=AT - DAY)).answer(query.encoded, at=AT)
    return amending.add_timestamp(message, timestamps.receive(answer, to=query, at=AT).encoded)


def told(report):
    return [(one.iin, one.name, one.serial, one.signed_at, one.timestamp) for one in report.signers]


def test_no_mutant_of_a_stamped_message_passes_with_another_content_signer_or_moment(
    authority, person, stamped
):
    trust, crl = Trust.of(*authority.certificates), authority.crl(at=AT + HOUR)

    def judged(message):
        return verify_cms(message, trust=trust, crls=[crl], at=ENDED + DAY, policy=individual(AISHA.iin))

    known = judged(stamped)
    assert (known.report.status, known.content) == (Status.PASSED, CONTENT)
    for mutant in mutants(stamped, MUTATIONS):
        verification = judged(mutant)

        if verification.report.status is Status.PASSED:
            assert (verification.content, told(verification.report)) == (CONTENT, told(known.report))
        else:
            assert verification.content in (None, CONTENT)


def test_no_mutant_of_a_message_of_two_signers_passes_with_other_signers(town):
    original = amending.add_signer(
        town.person.sign(CONTENT, at=AT), key=town.head.key, certificate=town.head.certificate, at=AT
    )

    def judged(message):
        return verify_cms(message, trust=town.trust, crls=[town.crl], at=AT, policy=any_signer())

    known = told(judged(original).report)
    assert len(known) == 2
    for mutant in mutants(original, MUTATIONS):
        verification = judged(mutant)

        if verification.report.status is Status.PASSED:
            assert (verification.content, told(verification.report)) == (CONTENT, known)


@pytest.mark.parametrize("who", ["person", "revoked"])
def test_no_mutant_of_an_answer_says_what_the_responder_did_not(town, who):
    signer = getattr(town, who)
    authority = town.authority
    question = ocsp.ask(
        certificates.read(signer.certificate), certificates.read(authority.issuing.certificate)
    )
    original = Responder(authority, authority.responder(at=AT)).answer(question.encoded, at=AT)

    def judged(answer):
        report = verify_certificate(
            signer.certificate, trust=town.trust, ocsps=[answer], at=AT, policy=individual()
        )
        return report.status, report.signers[0].revocation

    known = judged(original)
    for mutant in mutants(original, MUTATIONS):
        status, revocation = judged(mutant)

        assert (status, revocation) == known or status is Status.INDETERMINATE
        assert revocation.status == "unknown" or revocation == known[1]


def test_no_mutant_of_a_delta_acquits(authority, person):
    trust, base = Trust.of(*authority.certificates), authority.crl(at=AT - 5 * DAY)
    delta = authority.delta_crl(base=authority.crl_number, revoked={person.serial: AT - HOUR}, at=AT - HOUR)

    for mutant in mutants(delta, MUTATIONS):
        report = verify_certificate(
            person.certificate, trust=trust, crls=[base, mutant], at=AT, policy=individual(crl_max_age=DAY)
        )

        assert report.status is not Status.PASSED


def test_a_mutant_of_an_answer_or_of_a_stamp_is_read_or_malformed(authority, person, stamped):
    question = ocsp.ask(
        certificates.read(person.certificate), certificates.read(authority.issuing.certificate)
    )
    answer = Responder(authority, authority.issuing).answer(question.encoded, at=AT)
    query = timestamps.ask(b"x")
    response = Stamper(authority.stamper(at=AT)).answer(query.encoded, at=AT)

    assert {outcome(Ocsp, mutant) for mutant in mutants(answer, MUTATIONS)} == {"read", "malformed"}
    assert {outcome(receive_of(query), mutant) for mutant in mutants(response, MUTATIONS)} == {
        "read",
        "malformed",
        "unbelievable",
    }


def receive_of(query):
    return lambda blob: timestamps.receive(blob, to=query, at=AT)


def outcome(read, blob):
    try:
        read(blob)
    except Malformed:
        return "malformed"
    except timestamps.Unbelievable:
        return "unbelievable"
    return "read"
