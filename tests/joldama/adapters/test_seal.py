import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.factories import pki
from tests.factories.prints import CMS, ISSUED_AT, referral
from tests.factories.seals import OFFICE_BIN, keep_seal, seal_identity
from tests.pdf import (
    attachments_of,
    claims_of,
    facts_of,
    margins_of,
    needs_poppler,
    needs_qpdf,
    qpdf_says,
    signature_lines,
    structure_of,
    text_of,
)

from govkz.eds import Status, Trust, any_signer, verify_certificate
from joldama.adapters.printing import Copy, render_referral
from joldama.adapters.signer import Flaw, NoSeal, Seal, SealCheck, SealOutsideValidity, Unreadable, check_seal

SEALED_AT = ISSUED_AT + timedelta(seconds=2)


@pytest.fixture(scope="session")
def paper(fonts):
    """Render a referral."""
    return render_referral(referral(), fonts=fonts, decision_cms=CMS, copy=Copy.RECIPIENT)


@pytest.fixture(scope="session")
def sealed(paper, seal):
    """Seal it."""
    return seal.apply(paper, at=SEALED_AT)


def with_flipped_byte(pdf, *, at):
    changed = bytearray(pdf)
    changed[at] ^= 1
    return bytes(changed)


@needs_poppler
def test_pdfsig_calls_the_seal_valid_over_the_whole_document(sealed):
    lines = signature_lines(sealed)

    assert [line for line in lines if line.startswith(("Signature #", "Signature Validation", "Total"))] == [
        "Signature #1:",
        "Total document signed",
        "Signature Validation: Signature is Valid.",
    ]
    assert "Signature Type: ETSI.CAdES.detached" in lines
    assert "Signing Hash Algorithm: SHA-256" in lines
    assert "Signer Certificate Common Name: Жолдама: Астана" in lines


@needs_poppler
def test_a_flipped_byte_is_told_by_pdfsig_and_by_our_own_check(sealed):
    forged = with_flipped_byte(sealed, at=sealed.index(b"stream") + 40)

    assert "Signature Validation: Digest Mismatch." in signature_lines(forged)
    assert "Signature Validation: Signature is Valid." not in signature_lines(forged)
    assert not check_seal(forged).holds


@needs_qpdf
def test_qpdf_finds_nothing_wrong(sealed):
    said = qpdf_says(sealed)

    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


def test_a_second_reader_finds_the_seal_valid_and_nothing_outside_it(sealed):
    reader = PdfFileReader(BytesIO(sealed))
    root = pki.authority().root.certificate
    context = ValidationContext(
        trust_roots=[_certificate(root)], moment=SEALED_AT, allow_fetching=False, revocation_mode="soft-fail"
    )

    status = validate_pdf_signature(reader.embedded_signatures[0], context)

    assert [status.intact, status.valid, status.coverage.name] == [True, True, "ENTIRE_FILE"]


def _certificate(der):
    from asn1crypto.x509 import Certificate

    return Certificate.load(der)


def test_our_own_check_names_the_office(sealed):
    assert check_seal(sealed) == SealCheck(
        holds=True,
        bin=OFFICE_BIN,
        name="Жолдама: Астана",
        certificate=seal_identity(OFFICE_BIN).certificate,
    )


def test_the_certificate_in_the_seal_can_be_judged(sealed):
    report = verify_certificate(
        check_seal(sealed).certificate,
        trust=Trust.of(*pki.authority().certificates),
        crls=[pki.revocation_list(SEALED_AT)],
        at=SEALED_AT,
        policy=any_signer(),
    )

    assert report.status is Status.PASSED


def test_no_byte_that_is_signed_can_be_changed(sealed):
    start, end = sealed.rindex(b"/Contents <") + len(b"/Contents <"), sealed.rindex(b">\n/ByteRange")
    signed = [*range(0, start, start // 40), *range(end + 1, len(sealed), 9)]

    unseen = [place for place in signed if holds(with_flipped_byte(sealed, at=place))]
    assert unseen == []


def test_the_rest_of_the_place_for_the_signature_stays_empty(sealed):
    end = sealed.rindex(b">\n/ByteRange")

    assert sealed[end - 2 : end] == b"00"
    assert not holds(with_flipped_byte(sealed, at=end - 1))


def holds(pdf):
    try:
        return check_seal(pdf).holds
    except Unreadable:
        return False


def test_what_is_added_behind_the_seal_is_seen(sealed):
    with pytest.raises(Unreadable, match=Flaw.NOT_WHOLE):
        check_seal(sealed + b"\n% added")


def test_a_file_without_a_seal_is_told(paper):
    with pytest.raises(Unreadable, match=Flaw.NOT_SEALED):
        check_seal(paper)


def test_a_seal_that_is_no_signature_is_told(sealed):
    start = sealed.rindex(b"/Contents <") + len(b"/Contents <")

    with pytest.raises(Unreadable, match=Flaw.DAMAGED):
        check_seal(sealed[:start] + b"00" * 40 + sealed[start + 80 :])


@needs_poppler
def test_sealing_leaves_tags_words_attachment_and_claims_as_they_were(paper, sealed):
    assert structure_of(sealed) == structure_of(paper)
    assert text_of(sealed) == text_of(paper)
    assert attachments_of(sealed) == {"decision.cms": CMS}
    assert claims_of(sealed) == {"pdfaid:part": "3", "pdfaid:conformance": "B", "pdfuaid:part": "1"}
    assert margins_of(sealed) == margins_of(paper)
    assert sealed.startswith(paper)


@needs_poppler
def test_the_seal_names_its_moment_and_the_paper_keeps_its_own(sealed):
    facts = facts_of(sealed)

    assert [facts["CreationDate"], facts["ModDate"]] == ["2026-03-26T05:12:04Z"] * 2
    assert b"/M (D\\07220260326051206Z)" in sealed


def test_the_field_of_the_seal_is_outside_the_page_and_has_a_name(sealed):
    field = PdfFileReader(BytesIO(sealed)).embedded_signatures[0].sig_field

    left, bottom, right, top = (int(edge) for edge in field["/Rect"])
    assert max(left, bottom, right, top) < 0
    assert [field["/TU"], int(field["/F"])] == ["Жолдама: Астана", 132]


def test_the_same_paper_sealed_again_at_its_moment_is_the_same_file(paper, sealed, seal):
    assert seal.apply(paper, at=SEALED_AT) == sealed
    assert seal.apply(paper, at=SEALED_AT + timedelta(seconds=1)) != sealed


def test_a_seal_is_read_from_the_folder_of_an_installation(tmp_path, paper):
    keep_seal(tmp_path)

    loaded = Seal.load(tmp_path, OFFICE_BIN)

    assert check_seal(loaded.apply(paper, at=SEALED_AT)).holds
    assert Seal.load(tmp_path, OFFICE_BIN) is loaded


def test_a_renewed_certificate_is_used_from_then_on(tmp_path):
    keep = keep_seal(tmp_path)
    before = Seal.load(tmp_path, OFFICE_BIN)
    renewed = pki.authority().renew(seal_identity(OFFICE_BIN), at=SEALED_AT)
    keep.save_identity(f"seal-{OFFICE_BIN}", renewed)
    file = tmp_path / "identities" / f"seal-{OFFICE_BIN}" / "certificate.pem"
    os.utime(file, ns=(1, 1))

    after = Seal.load(tmp_path, OFFICE_BIN)

    assert [before.certificate.serial, after.certificate.serial] == [
        seal_identity(OFFICE_BIN).serial,
        renewed.serial,
    ]


def test_an_office_without_a_seal_is_told(tmp_path):
    keep_seal(tmp_path)

    with pytest.raises(NoSeal):
        Seal.load(tmp_path, "150340000015")


def test_a_key_of_another_certificate_is_no_seal(tmp_path):
    keep = keep_seal(tmp_path)
    place = tmp_path / "identities" / f"seal-{OFFICE_BIN}"
    (place / "key.pem").write_bytes(pki.authority().issuing.key_pem)

    with pytest.raises(NoSeal):
        Seal.load(keep.folder, OFFICE_BIN)


@pytest.mark.parametrize("at", [datetime(2013, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)])
def test_a_seal_is_not_put_on_when_its_certificate_does_not_hold(paper, seal, at):
    with pytest.raises(SealOutsideValidity):
        seal.apply(paper, at=at)


def test_a_seal_with_a_long_chain_finds_its_place(paper, seal):
    long = replace(seal, chain=(*seal.chain, *(pki.person(iin).certificate for iin in _PEOPLE)))

    assert check_seal(long.apply(paper, at=SEALED_AT)).holds


_PEOPLE = ("950520200018", "950520200028")
