"""A paper that lasts is stamped again before its last stamp's certificate ends: each stamp saw those before it."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from tests.factories import pki
from tests.factories import sealed_papers as papers
from tests.factories.sealed_papers import LATE, STAMPED_AT
from tests.pdf import attachments_of, needs_poppler, needs_qpdf, qpdf_says, signature_lines, text_of

from govkz.eds import Reason, Status
from joldama.adapters.signer import Flaw, Material, Unreadable, examine, make_last, renew

YEAR = timedelta(days=365)
RENEWED_AT = tuple(STAMPED_AT + timedelta(days=300) * number for number in (1, 2))


def authority(generation):
    """Give a stamper whose certificate holds for a year and some minutes."""
    begins = STAMPED_AT - timedelta(minutes=1) + generation * (YEAR - timedelta(days=90))
    return pki.authority().stamper(at=begins, until=begins + YEAR)


STAMPERS = [authority(number) for number in range(3)]


def proving(at, *, stamper):
    """Give what is known of a stamper at a moment, as the worker gathers it."""
    centre = pki.authority()
    return Material(
        certificates=(stamper.certificate, centre.issuing.certificate, centre.root.certificate),
        crls=(centre.root_crl(at=at),),
        ocsps=(papers.answer(stamper.certificate, at=at),),
    )


@pytest.fixture(scope="session")
def generations(fonts):
    """Give one paper as it grows: sealed and made to last, renewed, renewed again."""
    known = papers.material(STAMPED_AT + timedelta(minutes=1))
    first = make_last(
        papers.sealed(papers.printed(fonts)),
        stamping=papers.stamping(STAMPED_AT, by=STAMPERS[0]),
        proving=lambda _: known + proving(STAMPED_AT + timedelta(minutes=1), stamper=STAMPERS[0]),
    )
    grown = [first]
    for number, at in enumerate(RENEWED_AT):
        asked = []

        def proved(holders, at=at, number=number, asked=asked):
            asked.append(holders)
            return proving(at, stamper=STAMPERS[number])

        grown.append(renew(grown[-1], stamping=papers.stamping(at, by=STAMPERS[number + 1]), proving=proved))
        assert asked == [(STAMPERS[number].certificate,)]
    return grown


def test_after_two_generations_it_is_verified_from_the_file_and_the_root_alone(generations):
    found = [examine(paper, trust=papers.trust(), at=LATE) for paper in generations]

    assert [(one.status, one.reasons, one.stamps) for one in found] == [
        (Status.PASSED, (), 2),
        (Status.PASSED, (), 3),
        (Status.PASSED, (), 4),
    ]
    assert {one.proved_at for one in found} == {STAMPED_AT.replace(microsecond=0)}
    ends = [stamper_ends.replace(microsecond=0) for stamper_ends in map(_end, range(3))]
    assert [one.lasts_until for one in found] == ends
    assert all(at < end for at, end in zip(RENEWED_AT, ends, strict=False))


def _end(generation):
    return STAMPED_AT - timedelta(minutes=1) + generation * (YEAR - timedelta(days=90)) + YEAR


def test_each_generation_begins_with_the_one_before_and_grows_little(generations):
    first, second, third = generations

    assert second.startswith(first)
    assert third.startswith(second)
    # 16 KB are the digits of the room for a stamp.
    assert [len(second) - len(first) < 26_000, len(third) - len(second) < 26_000] == [True, True]


def test_what_lay_in_the_paper_is_led_to_and_not_added_again(generations):
    stores = [PdfFileReader(BytesIO(paper)).root["/DSS"] for paper in generations]

    counts = [[len(store[key]) for key in ("/Certs", "/CRLs", "/OCSPs", "/VRI")] for store in stores]
    assert counts == [[6, 2, 4, 2], [6, 3, 5, 3], [7, 4, 6, 4]]


def test_a_key_of_the_first_authority_lost_later_undoes_the_paper_that_was_not_renewed(generations):
    """RFC 3161 §4: in wrong hands it stamps under any date; what another saw before stands."""
    between = RENEWED_AT[0] + timedelta(days=10)
    revoking = replace(pki.authority(), revoked={STAMPERS[0].serial: between})
    crl = revoking.crl(at=between + timedelta(days=1))

    once, renewed, again = (examine(one, trust=papers.trust(), crls=[crl], at=LATE) for one in generations)

    assert (once.status, once.reasons[:1]) == (Status.FAILED, (Reason.EXPIRED,))
    assert Reason.BAD_TIMESTAMP in once.reasons
    assert [(one.status, one.reasons) for one in (renewed, again)] == [(Status.PASSED, ())] * 2


def test_a_key_lost_before_the_paper_was_renewed_undoes_it_all_the_same(generations):
    before = RENEWED_AT[0] - timedelta(days=10)
    revoking = replace(pki.authority(), revoked={STAMPERS[0].serial: before})
    crl = revoking.crl(at=before + timedelta(days=1))

    found = [examine(one, trust=papers.trust(), crls=[crl], at=LATE).status for one in generations]

    assert found == [Status.FAILED] * 3


def test_a_stamp_of_the_lost_key_itself_saves_no_other(generations):
    """It saw the earlier one under whatever date its thief chose."""
    between = RENEWED_AT[0] + timedelta(days=10)
    forged = renew(
        generations[0],
        stamping=papers.stamping(RENEWED_AT[0], by=STAMPERS[0]),
        proving=lambda _: proving(RENEWED_AT[0], stamper=STAMPERS[0]),
    )
    crl = replace(pki.authority(), revoked={STAMPERS[0].serial: between}).crl(at=between + timedelta(days=1))

    assert examine(forged, trust=papers.trust(), at=LATE).status == Status.PASSED
    assert examine(forged, trust=papers.trust(), crls=[crl], at=LATE).status == Status.FAILED


def test_a_paper_that_was_never_stamped_is_not_renewed(fonts):
    with pytest.raises(Unreadable) as found:
        renew(papers.sealed(papers.printed(fonts)), stamping=bytes, proving=lambda _: Material())

    assert found.value.flaw == Flaw.NOT_WHOLE


def test_a_second_reader_finds_nothing_behind_the_seal_but_proofs(generations):
    from asn1crypto.x509 import Certificate

    reader = PdfFileReader(BytesIO(generations[-1]))
    context = DocumentSecurityStore.read_dss(reader).as_validation_context(
        {
            "trust_roots": [Certificate.load(pki.authority().root.certificate)],
            "moment": STAMPED_AT,
            "allow_fetching": False,
            "revocation_mode": "soft-fail",
        }
    )

    status = validate_pdf_signature(reader.embedded_signatures[0], context)

    assert [status.intact, status.valid, status.modification_level.name] == [True, True, "LTA_UPDATES"]


@needs_poppler
@needs_qpdf
def test_other_programs_read_it_as_before(generations):
    first, last = generations[0], generations[-1]

    assert "Signature Validation: Signature is Valid." in signature_lines(last)
    assert "WARNING" not in qpdf_says(last)
    assert text_of(last) == text_of(first)
    assert attachments_of(last) == attachments_of(first)
