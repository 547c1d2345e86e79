"""A sealed paper that lasts: what is added behind the seal proves it for years, and other programs agree."""

import hashlib
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from tests.factories import pki
from tests.factories import sealed_papers as papers
from tests.factories.sealed_papers import LATE, SEALED_AT, STAMPED_AT
from tests.factories.seals import OFFICE_BIN, seal_identity
from tests.pdf import (
    attachments_of,
    claims_of,
    needs_poppler,
    needs_qpdf,
    qpdf_says,
    signature_lines,
    structure_of,
    text_of,
)

from govkz.eds import Reason, Status, Trust, timestamps
from govkz.eds.pki import Authority
from joldama.adapters.printing import Copy
from joldama.adapters.signer import Material, add_material, add_stamp, examine
from joldama.adapters.signer.reading import read

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@pytest.fixture(scope="session")
def sealed(fonts):
    """Seal a referral."""
    return papers.sealed(papers.printed(fonts))


@pytest.fixture(scope="session")
def lasting(sealed):
    """Make it last."""
    return papers.lasting(sealed)


def test_what_was_handed_out_is_the_beginning_of_what_is_kept(sealed, lasting):
    assert lasting.startswith(sealed)
    assert [one.sig_object_type for one in PdfFileReader(BytesIO(lasting)).embedded_signatures] == [
        "/Sig",
        "/DocTimeStamp",
        "/DocTimeStamp",
    ]


def test_it_is_proved_from_the_root_and_the_file_alone_ten_years_after_every_certificate_has_ended(lasting):
    found = examine(lasting, trust=papers.trust(), at=LATE)

    assert (found.status, found.flaw, found.reasons) == (Status.PASSED, None, ())
    assert (found.claimed_at, found.proved_at) == (SEALED_AT.replace(microsecond=0), _second(STAMPED_AT))
    assert (found.seal.bin, found.seal.name, found.seal.revocation.status) == (
        OFFICE_BIN,
        "Жолдама: Астана",
        "good",
    )
    assert found.decision.report.status == Status.PASSED
    assert found.decision.report.signers[0].iin == papers.OFFICIAL
    assert found.decision.paper.application == "АСТ-2026-000311"


def test_just_sealed_it_fails_by_then_and_today_asks_for_a_list(sealed):
    hour_later = SEALED_AT + timedelta(hours=1)

    late = examine(sealed, trust=papers.trust(), at=LATE)
    today = examine(sealed, trust=papers.trust(), at=hour_later)
    told = examine(
        sealed,
        trust=papers.trust(),
        crls=[pki.revocation_list(SEALED_AT)],
        at=hour_later,
        office_bin=OFFICE_BIN,
    )

    assert (late.status, Reason.EXPIRED in late.reasons) == (Status.FAILED, True)
    assert (today.status, today.reasons) == (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,))
    assert (told.status, told.proved_at) == (Status.PASSED, None)


def test_a_root_that_lies_in_the_file_is_not_believed_for_that(lasting):
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL, label="OTHER")

    found = examine(lasting, trust=Trust.of(stranger.root.certificate), at=STAMPED_AT + timedelta(hours=1))

    assert (found.status, found.reasons) == (
        Status.INDETERMINATE,
        (Reason.NO_ANCHOR, Reason.UNTRUSTED_TIMESTAMP),
    )


def test_it_has_to_be_the_office_that_one_expects(lasting):
    found = examine(lasting, trust=papers.trust(), at=LATE, office_bin="150340000015")

    assert (found.status, found.reasons) == (Status.FAILED, (Reason.OTHER_ORGANISATION,))


def test_the_organisations_copy_carries_no_decision_and_lasts_as_well(fonts):
    copy = papers.lasting(papers.sealed(papers.printed(fonts, copy=Copy.ORGANISATION)))

    found = examine(copy, trust=papers.trust(), at=LATE)

    assert (found.status, found.decision) == (Status.PASSED, None)


def test_what_is_known_of_the_seal_lies_under_the_digest_of_its_contents(lasting):
    """ETSI EN 319 142-1, 5.4.2.3."""
    reader = PdfFileReader(BytesIO(lasting))
    seal, first, _last = reader.embedded_signatures

    store = reader.root["/DSS"]

    digests = {
        hashlib.sha1(one.pkcs7_content, usedforsecurity=False).hexdigest().upper() for one in (seal, first)
    }
    assert {key.lstrip("/") for key in store["/VRI"]} == digests
    assert [len(store[key]) for key in ("/Certs", "/CRLs", "/OCSPs")] == [5, 1, 3]


def test_a_second_reader_finds_the_seal_valid_and_behind_it_nothing_but_proofs(lasting):
    from asn1crypto.x509 import Certificate

    reader = PdfFileReader(BytesIO(lasting))
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
def test_pdfsig_still_calls_the_seal_valid(lasting):
    lines = signature_lines(lasting)

    first = lines[: lines.index("Signature #2:")]
    assert "Signature Validation: Signature is Valid." in first
    assert lines[-4:].count("Total document signed") == 1


@needs_qpdf
def test_qpdf_finds_nothing_wrong(lasting):
    said = qpdf_says(lasting)

    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


@needs_poppler
def test_words_tags_attachment_and_claims_stay(sealed, lasting):
    assert structure_of(lasting) == structure_of(sealed)
    assert text_of(lasting) == text_of(sealed)
    assert attachments_of(lasting) == attachments_of(sealed)
    assert claims_of(lasting) == claims_of(sealed)


@needs_openssl
def test_openssl_verifies_the_seal_over_the_bytes_of_the_file(lasting, tmp_path):
    seal = read(lasting).seal
    _lay(tmp_path, seal=seal.message, content=seal.content, root=pki.authority().root.certificate_pem)

    # Nothing but the moment is eased: the certificate of a system has no purpose that openssl knows.
    done = _openssl(
        tmp_path,
        *("cms", "-verify", "-inform", "DER", "-in", "seal", "-content", "content", "-binary"),
        *("-CAfile", "root", "-purpose", "any", "-attime", str(int(SEALED_AT.timestamp())), "-out", "out"),
    )

    assert b"CMS Verification successful" in done.stderr
    _lay(tmp_path, content=seal.content.replace(b"stream", b"Stream", 1))
    again = _openssl(
        tmp_path,
        *("cms", "-verify", "-inform", "DER", "-in", "seal", "-content", "content", "-binary"),
        *("-CAfile", "root", "-purpose", "any", "-attime", str(int(SEALED_AT.timestamp())), "-out", "out"),
    )
    assert again.returncode != 0


@needs_openssl
def test_openssl_verifies_both_stamps_over_all_that_stands_before_them(lasting, tmp_path):
    for stamp in read(lasting).stamps:
        centre = pki.authority()
        _lay(
            tmp_path,
            token=stamp.message,
            content=stamp.content,
            root=centre.root.certificate_pem,
            issuing=centre.issuing.certificate_pem,
        )
        asked = ("ts", "-verify", "-in", "token", "-token_in", "-data", "content", "-CAfile", "root")
        at = ("-untrusted", "issuing", "-attime", str(int(STAMPED_AT.timestamp())))

        assert b"Verification: OK" in _openssl(tmp_path, *asked, *at).stdout
        _lay(tmp_path, content=stamp.content + b" ")
        assert b"Verification: FAILED" in _openssl(tmp_path, *asked, *at).stdout


def test_a_seal_revoked_before_it_was_stamped_is_worth_nothing_and_after_it_stays(sealed):
    before, after = STAMPED_AT - timedelta(seconds=30), STAMPED_AT + timedelta(seconds=30)

    statuses = [_lasting_with_list(sealed, revoked_at=moment).status for moment in (before, after)]

    assert statuses == [Status.FAILED, Status.PASSED]


def _lasting_with_list(sealed, *, revoked_at):
    """Examine a paper whose material is a list in which its seal was revoked at a moment."""
    centre = replace(pki.authority(), revoked={seal_identity(OFFICE_BIN).serial: revoked_at})
    known = papers.material(STAMPED_AT)
    answers = tuple(
        papers.answer(one, at=STAMPED_AT)
        for one in (pki.stamper().certificate, pki.official(papers.OFFICIAL, OFFICE_BIN).certificate)
    )
    crls = (*known.crls, centre.crl(at=STAMPED_AT + timedelta(minutes=1)))
    stamped = add_stamp(sealed, field="Stamp1", token=papers.stamping(STAMPED_AT))
    file = read(stamped)
    pdf = add_material(stamped, Material(known.certificates, crls, answers), about=[file.seal.place])
    return examine(
        add_stamp(pdf, field="Stamp2", token=papers.stamping(STAMPED_AT + timedelta(minutes=2))),
        trust=papers.trust(),
        at=STAMPED_AT + timedelta(days=2),
    )


def test_a_stamp_of_a_stranger_proves_nothing(sealed):
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL, label="OTHER").stamper(
        at=pki.FROM, until=pki.UNTIL
    )
    stamped = add_stamp(sealed, field="Stamp1", token=papers.stamping(STAMPED_AT, by=stranger))

    found = examine(
        stamped,
        trust=papers.trust(),
        crls=[pki.revocation_list(SEALED_AT)],
        at=SEALED_AT + timedelta(hours=1),
    )

    assert (found.status, found.reasons, found.proved_at) == (
        Status.INDETERMINATE,
        (Reason.UNTRUSTED_TIMESTAMP,),
        None,
    )


def test_a_token_of_the_authority_has_room(sealed):
    """The longest that are known bring three certificates along."""
    token = papers.stamping(STAMPED_AT)(b"content")

    assert len(timestamps.read(token).encoded) < 4096


def _second(moment):
    return moment.replace(microsecond=0)


def _lay(folder, **files):
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _openssl(folder, *arguments):
    return subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
