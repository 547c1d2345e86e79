"""Whatever is changed in what national keys signed, nothing crashes, nothing else passes, nothing takes long."""

import os
import random
import threading
from datetime import timedelta

import pytest
from tests.govkz.eds.test_eds_mutations import mutants
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Status, amending, any_signer, gost, individual, verify_certificate, verify_cms
from govkz.eds.gost import arithmetic, schemes, signatures

CONTENT = b"<application purpose='application'>" + bytes(range(256)) + b"</application>"
MUTATIONS = int(os.environ.get("JOLDAMA_MUTATIONS", "300"))


def judged(town, message):
    return verify_cms(message, trust=town.trust, crls=town.crls, at=AT, policy=individual(AISHA.iin))


def signer(verification):
    return [(one.iin, one.name, one.algorithm, one.signed_at) for one in verification.report.signers]


def test_no_mutant_of_a_message_passes_with_other_content_signer_or_moment(town):
    original = town.gost_person.sign(CONTENT, at=AT)
    known = judged(town, original)
    assert (known.report.status, known.content) == (Status.PASSED, CONTENT)

    for mutant in mutants(original, MUTATIONS):
        verification = judged(town, mutant)

        if verification.report.status is Status.PASSED:
            assert (verification.content, signer(verification)) == (CONTENT, signer(known))
        else:
            assert verification.content in (None, CONTENT)


def test_no_changed_byte_of_content_attributes_signature_or_certificate_passes(town):
    original = town.gost_person.sign(CONTENT, at=AT)
    chance = random.Random(20260320)
    parts = [CONTENT, town.gost_person.certificate, b"260320120000Z", original[-128:]]
    places = [original.index(part) + step for part in parts for step in range(len(part))]

    passed = [
        place
        for place in chance.sample(places, min(MUTATIONS, len(places)))
        if judged(
            town,
            original[:place] + bytes((original[place] ^ chance.randrange(1, 256),)) + original[place + 1 :],
        ).report.status
        is Status.PASSED
    ]

    assert passed == []


def test_no_mutant_of_a_certificate_passes(town):
    for mutant in mutants(town.gost_person.certificate, MUTATIONS):
        if mutant == town.gost_person.certificate:
            continue
        report = verify_certificate(mutant, trust=town.trust, crls=town.crls, at=AT, policy=any_signer())

        assert report.status is not Status.PASSED


def test_no_mutant_of_a_list_makes_a_revoked_signer_pass(town):
    message = town.gost_revoked.sign(CONTENT, at=AT)

    for mutant in mutants(town.gost_crl, MUTATIONS):
        verification = verify_cms(message, trust=town.trust, crls=[mutant], at=AT, policy=any_signer())

        assert verification.report.status is not Status.PASSED


@pytest.mark.parametrize("name", ["nettle", "gmpy2", "python"])
def test_threads_that_verify_and_sign_side_by_side_do_not_meet(name, monkeypatch):
    if name not in gost.available():
        pytest.skip(f"{name} is not on this machine")
    reckons, curve = arithmetic.named(name), schemes.GOST_2015_512.curve
    keys = [signatures.new_key(curve) for _ in range(4)]
    outcomes: list[tuple[bool, bool]] = []

    def work(key):
        point = signatures.public_point(key, curve, using=reckons)
        for turn in range(5):
            digest = reckons.streebog512(bytes([turn]))
            signature = signatures.sign(digest, key=key, curve=curve, using=reckons)
            other = bytes((signature[0] ^ 1,)) + signature[1:]
            held = [
                signatures.holds(each, over=digest, by=point, curve=curve, using=reckons)
                for each in (signature, other)
            ]
            outcomes.append((held[0], held[1]))

    threads = [threading.Thread(target=work, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes == [(True, False)] * 20


def test_many_signers_of_one_content_cost_one_digest_of_it(town, monkeypatch):
    message = town.gost_person.sign(CONTENT, at=AT)
    for who in (town.gost_head, town.gost_256, town.gost_system):
        message = amending.add_signer(message, key=who.key, certificate=who.certificate, at=AT)
    taken = []
    of = schemes.Digest.of
    monkeypatch.setattr(
        schemes.Digest, "of", lambda self, content: taken.append((self, content)) or of(self, content)
    )

    report = verify_cms(message, trust=town.trust, crls=town.crls, at=AT, policy=any_signer()).report

    assert [one.status for one in report.signers] == [Status.PASSED] * 4
    assert sorted(digest.name for digest, content in taken if content == CONTENT) == [
        "GOST_2015_256",
        "GOST_2015_512",
    ]


def test_rsa_and_national_signers_stand_side_by_side(town):
    message = town.person.sign(CONTENT, at=AT)
    message = amending.add_signer(
        message, key=town.gost_head.key, certificate=town.gost_head.certificate, at=AT + timedelta(seconds=1)
    )
    verification = verify_cms(message, trust=town.trust, crls=town.crls, at=AT, policy=any_signer())

    assert sorted(one.algorithm or "" for one in verification.report.signers) == [
        "gost-2015-512",
        "rsa-sha256",
    ]
    assert (verification.report.status, verification.content) == (Status.PASSED, CONTENT)
