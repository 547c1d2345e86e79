"""Whatever is changed in a file, nothing crashes and nothing else than the original passes.

Short by default; `JOLDAMA_MUTATIONS=10000` in the environment makes it that many for each format, and `--junitxml`
keeps the figures.
"""

import os
from collections import Counter

import pytest
from tests.govkz.eds import formats
from tests.govkz.eds.formats import Format
from tests.govkz.eds.town import AISHA, AT, Town

from govkz.eds import Crl, Malformed, Status, as_pem, individual, verify_cms

MUTATIONS = int(os.environ.get("JOLDAMA_MUTATIONS", "300"))
SEED = 20260320
NAMES = [
    *("cms-rsa", "cms-gost", "cms-stamped", "cms-two-signers", "tsp-rsa"),
    *(
        f"{kind}-{word}"
        for word in ("rsa", "gost")
        for kind in ("xml", "soap", "certificate", "crl", "ocsp", "p12")
    ),
]


def mutants(original: bytes, count: int, *, seed: int = SEED):
    """Change, drop, insert or swap bytes at random places, one to three times."""
    return formats.mutants(original, count, seed=seed)


@pytest.fixture(scope="module")
def made(town: Town) -> dict[str, Format]:
    """Give one file of each format."""
    found = {one.name: one for one in formats.formats(town)}
    assert sorted(found) == sorted(NAMES)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_passes_with_another_content_signer_or_moment(made, name, request):
    one = made[name]
    known = one.judge(one.original)
    assert known.passed

    counted = Counter()
    for mutant in one.mutants(MUTATIONS, seed=SEED):
        outcome = one.judge(mutant)

        counted["passed" if outcome.passed else "refused"] += 1
        assert not outcome.passed or outcome == known
    request.node.user_properties += counted.items()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_passes_once_a_signed_part_was_changed(made, name, request):
    one = made[name]

    for forgery in one.forgeries(MUTATIONS, seed=SEED):
        assert not one.judge(forgery).passed
    request.node.user_properties.append(("signed bytes", sum(map(len, one.signed))))


def test_no_mutant_of_text_around_a_message_passes_with_anything_else(made):
    one = made["cms-rsa"]
    known = one.judge(one.original)

    for mutant in mutants(as_pem(one.original), MUTATIONS):
        outcome = one.judge(mutant)

        assert not outcome.passed or outcome == known


@pytest.mark.parametrize("who", ["revoked", "gost_revoked"])
def test_no_mutant_of_a_list_makes_a_revoked_signer_pass(town, who):
    message = getattr(town, who).sign(formats.CONTENT, at=AT)
    original = town.crl if who == "revoked" else town.gost_crl

    for mutant in mutants(original, MUTATIONS):
        verification = verify_cms(
            message, trust=town.trust, crls=[mutant], at=AT, policy=individual(AISHA.iin)
        )

        assert verification.report.status is not Status.PASSED


def test_a_mutant_of_a_list_is_read_or_malformed(town):
    outcomes = {read(mutant) for mutant in mutants(town.crl, MUTATIONS, seed=SEED + 1)}

    assert outcomes == {"read", "malformed"}


def read(encoded):
    try:
        Crl(encoded)
    except Malformed:
        return "malformed"
    return "read"


def test_a_changed_file_would_be_noticed(made):
    one = made["cms-rsa"]
    blind = Format("blind", one.original, lambda blob: formats.Outcome(True, blob), one.signed)
    known = blind.judge(blind.original)

    # The proofs themselves can fail: a judge who looks at nothing passes every mutant.
    assert all(blind.judge(mutant).passed for mutant in blind.forgeries(10, seed=SEED))
    assert any(blind.judge(mutant) != known for mutant in blind.mutants(10, seed=SEED))
