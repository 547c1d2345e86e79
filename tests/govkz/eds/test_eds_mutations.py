"""Whatever is changed in a signed message, nothing crashes and nothing else than the original passes."""

import random

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Crl, Malformed, Status, as_pem, individual, verify_certificate, verify_cms

CONTENT = b"<application purpose='application'>" + bytes(range(256)) + b"</application>"
SEED = 20260320


def mutants(original: bytes, count: int, *, seed: int = SEED):
    """Change, drop, double, insert or swap bytes at random places, one to three times."""
    chance = random.Random(seed)
    for _ in range(count):
        changed = bytearray(original)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(changed))
            match chance.randrange(5):
                case 0:
                    changed[place] = chance.randrange(256)
                case 1:
                    changed[place] ^= 1 << chance.randrange(8)
                case 2:
                    del changed[place : place + chance.randint(1, 4)]
                case 3:
                    changed[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 4)))
                case 4:
                    other = chance.randrange(len(changed))
                    changed[place], changed[other] = changed[other], changed[place]
        yield bytes(changed)


def signers(report):
    return [(signer.iin, signer.bin, signer.name, signer.signed_at) for signer in report.signers]


@pytest.mark.parametrize("wrap", [bytes, as_pem], ids=["der", "pem"])
def test_no_mutant_of_a_message_passes_with_other_content_signer_or_moment(town, wrap):
    original = town.person.sign(CONTENT, at=AT)
    known = signers(judged(town, original).report)

    for mutant in mutants(wrap(original), 700):
        verification = judged(town, mutant)

        if verification.report.status is Status.PASSED:
            assert (verification.content, signers(verification.report)) == (CONTENT, known)
        else:
            assert verification.content in (None, CONTENT)


def test_no_byte_of_content_attributes_signature_or_certificate_can_change_and_pass(town):
    original = town.person.sign(CONTENT, at=AT)
    chance = random.Random(SEED)
    parts = [CONTENT, town.person.certificate, b"260320120000Z", original[-256:]]
    starts = [original.index(part) for part in parts]
    places = [start + step for start, part in zip(starts, parts, strict=True) for step in range(len(part))]

    passed = [
        place
        for place in places
        if judged(
            town,
            original[:place] + bytes((original[place] ^ chance.randrange(1, 256),)) + original[place + 1 :],
        ).report.status
        is Status.PASSED
    ]

    assert passed == []


def test_no_mutant_of_a_certificate_passes(town):
    for mutant in mutants(town.person.certificate, 500):
        if mutant == town.person.certificate:
            continue
        report = verify_certificate(
            mutant, trust=town.trust, crls=[town.crl], at=AT, policy=individual(AISHA.iin)
        )

        assert report.status is not Status.PASSED


def test_no_mutant_of_a_list_makes_a_revoked_signer_pass(town):
    message = town.revoked.sign(CONTENT, at=AT)

    for mutant in mutants(town.crl, 500):
        verification = verify_cms(
            message, trust=town.trust, crls=[mutant], at=AT, policy=individual(AISHA.iin)
        )

        assert verification.report.status is not Status.PASSED


def test_a_mutant_of_a_list_is_read_or_malformed(town):
    outcomes = {read(mutant) for mutant in mutants(town.crl, 500, seed=SEED + 1)}

    assert outcomes == {"read", "malformed"}


def read(encoded):
    try:
        Crl(encoded)
    except Malformed:
        return "malformed"
    return "read"


def judged(town, message):
    return verify_cms(message, trust=town.trust, crls=[town.crl], at=AT, policy=individual(AISHA.iin))
