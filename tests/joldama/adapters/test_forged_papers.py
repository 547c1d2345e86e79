"""A corpus of damaged and forged papers, every one refused with the right reason, and the genuine ones beside it."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories import forgeries as made
from tests.factories import pki
from tests.factories import sealed_papers as papers
from tests.factories.forgeries import Forgery, words
from tests.factories.prints import referral, refusal
from tests.factories.sealed_papers import SEALED_AT
from tests.factories.seals import OFFICE_BIN

from govkz.eds import Status, Trust
from joldama.adapters.printing import Copy, render_referral, render_refusal
from joldama.adapters.signer import examine
from joldama.standard.kinds import ResultKind

AT = SEALED_AT + timedelta(days=1)


@pytest.fixture(scope="module")
def paper(fonts: Path) -> bytes:
    return papers.printed(fonts)


@pytest.fixture(scope="module")
def sealed(paper: bytes) -> bytes:
    return papers.sealed(paper)


@pytest.fixture(scope="module")
def lasting(sealed: bytes) -> bytes:
    return papers.lasting(sealed)


def said_of(pdf: bytes, trust: Trust | None = None) -> frozenset[str]:
    """Give every word said of a file: `passed`, or why it does not pass."""
    known = [pki.revocation_list(AT)]
    found = examine(pdf, trust=trust or papers.trust(), crls=known, at=AT, office_bin=OFFICE_BIN)
    if found.status == Status.PASSED:
        return words("passed")
    decided = found.decision.report.reasons if found.decision else ()
    return frozenset([*([found.flaw] if found.flaw else []), *found.reasons, *decided])


def assert_each_is_refused(forged: Iterable[Forgery], *, least: int) -> None:
    """Hold that there are as many as promised, and each is refused with a right reason and no wrong one."""
    every = list(forged)
    said = {one.name: (said_of(one.pdf), one.expected) for one in every}

    assert len(said) == len(every) >= least
    assert {name: told for name, (told, expected) in said.items() if not told or not told <= expected} == {}


def test_the_genuine_ones_pass(sealed: bytes, lasting: bytes) -> None:
    assert [said_of(sealed), said_of(lasting)] == [words("passed")] * 2


def test_a_bit_flipped_a_tail_cut_off_or_something_added(sealed: bytes) -> None:
    assert_each_is_refused(made.damaged(sealed), least=150)


def test_another_byte_in_the_seal_itself(sealed: bytes) -> None:
    assert_each_is_refused(made.inside_the_seal(sealed), least=40)


def test_another_byte_in_a_certificate_beside_the_seal_that_is_known_anyway(sealed: bytes) -> None:
    knows_both = Trust.of(*pki.authority().certificates)
    beside = [one for one in made.inside_the_seal(sealed) if "chain" in one.name]

    assert said_of(sealed, knows_both) == words("passed")
    assert [one.name for one in beside if "passed" in said_of(one.pdf, knows_both)] == []


def test_the_seal_of_another_paper(sealed: bytes, fonts: Path) -> None:
    others = [
        papers.sealed(render_referral(referral(kind), fonts=fonts, decision_cms=None, copy=Copy.RECIPIENT))
        for kind in ResultKind
    ]
    assert_each_is_refused(made.transplanted(sealed, others), least=6)


def test_somebody_elses_seal(paper: bytes) -> None:
    assert_each_is_refused(made.resealed(paper), least=9)


def test_somebody_elses_decision(fonts: Path) -> None:
    assert_each_is_refused(made.carrying(lambda cms: papers.printed(fonts, cms=cms)), least=6)


def test_a_section_behind_the_seal_that_changes_what_one_reads(sealed: bytes, lasting: bytes) -> None:
    assert_each_is_refused(made.rewritten(sealed), least=24)
    assert_each_is_refused(made.rewritten(lasting), least=24)


def test_a_stamp_that_proves_nothing_and_material_changed_under_its_stamp(
    sealed: bytes, lasting: bytes
) -> None:
    assert_each_is_refused(made.wrongly_stamped(sealed, lasting), least=110)


def test_a_paper_without_a_seal_and_what_is_no_paper(fonts: Path) -> None:
    unsealed = [
        render_referral(referral(kind), fonts=fonts, decision_cms=None, copy=Copy.RECIPIENT)
        for kind in ResultKind
    ]
    unsealed.append(render_refusal(refusal(), fonts=fonts, decision_cms=None))
    strange = [b"", b"%PDF", b"Dear Sir", b"\xff\xd8\xff\xe0", b"PK\3\4", b"<html></html>", papers.decision()]

    forged = [Forgery(f"unsealed {n}", pdf, words("not_sealed")) for n, pdf in enumerate(unsealed)]
    forged += [Forgery(f"no paper {n}", pdf, words("not_a_pdf")) for n, pdf in enumerate(strange)]
    forged += [Forgery("nothing but a head", b"%PDF-1.7\n", words("malformed"))]
    assert_each_is_refused(forged, least=15)
