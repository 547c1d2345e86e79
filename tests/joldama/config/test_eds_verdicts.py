"""The table of verdicts over what the national test contour published: each row through the command, as it is read.

Each file has twins in which one byte of a signed part was changed: none of them passes.
"""

import json
from dataclasses import dataclass

import pytest

from govkz.eds.armour import unarmour
from govkz.eds.certificates import MAX_CERTIFICATE_BYTES
from joldama.config.cli import main

CURRENT = ("--trust", "chain-2026", "--crl", "chain-2026/nca_gost2022_test.crl")
NOW = ("--at", "2026-11-22")
OLD = ("--trust", "certs-test-ca")
BOTH = ("--trust", "chain-2026", "--trust", "certs-test-ca", "--crl", "crl/nca_gost2022_test.crl")
TWO = (*BOTH, "--at", "2022-09-28T15:00Z")
INDIVIDUAL = ("--as", "individual")

VALID = "chain-2026/individual_valid_individual_valid"
REVOKED = "chain-2026/individual_revoked_individual_revoked"
EMPLOYEE = "chain-2026/legal_valid_employee"
REDACTED = "wsse-shep/syncchannel_gbdfl_request_signed_rsa__IIN_REDACTED.xml"
SIGNATORY = "chain-2026/legal_valid_employee_signright"


@dataclass(frozen=True)
class Row:
    """A file with options, and what the command answers: status, and each signer's reasons."""

    file: str
    options: tuple[str, ...]
    status: str
    reasons: tuple[tuple[str, ...], ...] = ((),)

    def __str__(self) -> str:
        return " ".join([self.file, *self.options, "→", self.status])


CODES = {"passed": 0, "failed": 1, "indeterminate": 2}


def rows_of_holder(name, *rows):
    """Give the rows of a certificate twice: of the certificate and of the PKCS#12 file that holds it."""
    return [Row(f"{name}{suffix}", *row) for row in rows for suffix in (".cer", ".p12")]


ROWS = [
    *rows_of_holder(
        VALID,
        ((*CURRENT, *INDIVIDUAL, *NOW), "passed"),
        (("--trust", "chain-2026", *INDIVIDUAL, *NOW), "indeterminate", (("no_revocation_data",),)),
        (("--trust", "issuing", *CURRENT[2:], *INDIVIDUAL, *NOW), "indeterminate", (("no_anchor",),)),
        ((*CURRENT, *INDIVIDUAL, "--at", "2027-06-01"), "failed", (("expired",),)),
        ((*CURRENT, *INDIVIDUAL, "--at", "2026-05-01"), "failed", (("not_yet_valid",),)),
    ),
    *rows_of_holder(REVOKED, ((*CURRENT, *INDIVIDUAL, *NOW), "failed", (("revoked",),))),
    *rows_of_holder(EMPLOYEE, ((*CURRENT, *NOW), "failed", (("revoked",),))),
    *rows_of_holder(
        SIGNATORY,
        ((*CURRENT, *NOW), "passed"),
        ((*CURRENT, *INDIVIDUAL, *NOW), "failed", (("wrong_role",),)),
    ),
    Row(
        "certs-test-ee/individual_valid_sign_2004_rsa_auth.cer",
        (*OLD, "--at", "2022-06-01", *INDIVIDUAL),
        "failed",
        (("wrong_key_usage",),),
    ),
    Row("cms/rsa_attached.der", (*OLD, "--at", "2021-06-01"), "indeterminate", (("no_anchor",),)),
    Row("cms/rsa_attached.der", (*OLD, "--at", "2022-09-28"), "failed", (("expired",),)),
    Row("cms/two_signers_gost2015_rsa_attached.der", TWO, "failed", ((), ("expired",))),
    Row("xmldsig/rsa_one_signer.xml", (*OLD, "--at", "2021-06-01"), "indeterminate", (("no_anchor",),)),
    # In the document the signature by RSA stands first, in the message the national one.
    Row("xmldsig/rsa_and_gost2015_two_signers.xml", TWO, "failed", (("expired",), ())),
    Row(REDACTED, (*OLD, "--at", "2021-06-01"), "failed", (("digest_mismatch",),)),
    Row(REDACTED, (), "failed", (("digest_mismatch",),)),
]
# What else was published, with the same rules; not in the table.
FURTHER = [
    Row(
        "certs-test-ee/individual_valid_sign_2004_rsa.cer",
        (*OLD, "--at", "2022-06-01", *INDIVIDUAL),
        "indeterminate",
        (("no_anchor",),),
    ),
    Row(
        "certs-test-ee/ceo_valid_sign_2004_gost.cer",
        (*OLD, "--at", "2022-06-01"),
        "indeterminate",
        (("no_anchor",),),
    ),
    Row(
        "certs-test-ee/individual_sign_gost2015.der",
        (*BOTH, "--at", "2022-09-28", *INDIVIDUAL),
        "passed",
    ),
    Row(
        "p12-test/individual_valid_sign_2004.p12",
        (*OLD, "--at", "2021-06-01"),
        "indeterminate",
        (("no_anchor",),),
    ),
    Row(
        "p12-test/individual_auth_revoked_2004.p12",
        (*OLD, "--at", "2022-06-01"),
        "failed",
        (("wrong_key_usage",),),
    ),
    Row(
        "p12-test/ceo_sign_revoked_2004.p12",
        (*OLD, "--at", "2022-06-01"),
        "indeterminate",
        (("no_anchor",),),
    ),
    Row("p12-test/individual_valid_2015.p12", (*BOTH, "--at", "2022-09-28"), "passed"),
]
UNSIGNED = [
    "wsse-shep/asyncchannel_sendmessage_test_unsigned.xml",
    "wsse-shep/syncchannel_gbdfl_request_unsigned.xml",
]
PASSWORDS = {"p12-test/individual_valid_2015.p12": "Aa123456"}


@pytest.fixture
def shelf(vectors, tmp_path, monkeypatch):
    """Stand where the published files are, with a folder of the issuing CA alone and the passwords beside."""
    for name in ("chain-2026", "certs-test-ca", "crl"):
        (tmp_path / name).symlink_to(vectors / name)
    (tmp_path / "issuing").mkdir()
    (tmp_path / "issuing/nca.cer").write_bytes((vectors / "chain-2026/nca_gost2022_test.cer").read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def judged(shelf, row, blob, capsys):
    """Give the exit code and what was printed as JSON, None where the input cannot be used."""
    (shelf / "file").write_bytes(blob)
    (shelf / "password").write_text(PASSWORDS.get(row.file, "Qwerty12"))
    code = main(["eds", "verify", "file", *row.options, "--json", "--password-file", "password"])
    printed = capsys.readouterr().out
    return code, json.loads(printed) if printed else None


@pytest.mark.parametrize("row", [*ROWS, *FURTHER], ids=str)
def test_every_published_file_gets_its_verdict(vectors, shelf, row, capsys):
    code, answer = judged(shelf, row, (vectors / row.file).read_bytes(), capsys)

    reasons = tuple(tuple(signer["reasons"]) for signer in answer["signers"])
    assert (code, answer["status"], reasons) == (CODES[row.status], row.status, row.reasons)


@pytest.mark.parametrize("options", [(), ("--trust", "certs-test-ca"), CURRENT], ids=" ".join)
def test_a_message_that_lost_what_it_was_signed_over_fails_with_any_options(vectors, shelf, options, capsys):
    row = Row(REDACTED, options, "failed")

    code, answer = judged(shelf, row, (vectors / row.file).read_bytes(), capsys)

    assert (code, answer["signers"][0]["reasons"][0]) == (1, "digest_mismatch")


@pytest.mark.parametrize("file", UNSIGNED)
def test_what_is_not_signed_cannot_be_used(vectors, shelf, file, capsys):
    assert judged(shelf, Row(file, (), ""), (vectors / file).read_bytes(), capsys) == (64, None)


def twins(file, blob):
    """Change one byte of what is signed, in several places: a letter of a name or number, content, a moment."""
    if file.endswith(".p12"):
        # The MAC is over everything that the file holds.
        return [changed(blob, place) for place in range(64, len(blob) - 80, len(blob) // 8)]
    if file.startswith("certs-test-ee"):
        blob = unarmour(blob, label="CERTIFICATE", limit=MAX_CERTIFICATE_BYTES)
    if file.endswith(".xml"):
        marks = [
            b"<b>tes",
            b"WithComments",
            b"<ds:DigestValue>9K",
            b"<ds:DigestValue>eq",
            b"<gbdfl:mess",
            b"<requestI",
        ]
        assert sum(mark in blob for mark in marks) > 1
        marks = [mark for mark in marks if mark in blob]
        return [changed(blob, blob.index(mark) + len(mark) - 1) for mark in marks]
    marks = [
        b"IIN123456",
        b"BIN123456",
        b"test123",
        "ТЕСТ".encode(),
        b"Z0\x81",
        b"Z0\x82",
        b"220927",
        b"220928",
    ]
    found = [changed(blob, blob.index(mark) + len(mark) - 3) for mark in marks if mark in blob]
    assert len(found) > 1
    return found


def changed(blob, place):
    return blob[:place] + bytes((blob[place] ^ 0x01,)) + blob[place + 1 :]


@pytest.mark.parametrize("row", [*ROWS, *FURTHER], ids=str)
def test_no_twin_with_a_changed_byte_passes(vectors, shelf, row, capsys):
    for twin in twins(row.file, (vectors / row.file).read_bytes()):
        code, answer = judged(shelf, row, twin, capsys)

        assert code in (1, 64), answer


def test_a_published_answer_speaks_of_its_certificate(vectors, shelf, capsys):
    row = Row("certs-test-ee/individual_sign_gost2015.der", (*BOTH[:4], "--at", "2022-09-03"), "")
    blob = (vectors / row.file).read_bytes()
    answer = (vectors / "ocsp/ocsp_response_individual_2015.bin").read_bytes()

    # It was suspended from its birth, of which the list knows nothing.
    for place, reasons in (
        (None, ["revoked"]),
        (200, ["no_revocation_data"]),
        (-200, ["no_revocation_data"]),
    ):
        (shelf / "answer").write_bytes(answer if place is None else changed(answer, place % len(answer)))
        with_answer = Row(row.file, (*row.options, "--ocsp", "answer"), "")

        code, said = judged(shelf, with_answer, blob, capsys)

        assert said is None or said["signers"][0]["reasons"] == reasons
        assert code in ((1,) if place is None else (2, 64))


@pytest.mark.parametrize("file", [f"{VALID}.cer", f"{REVOKED}.cer", f"{EMPLOYEE}.cer"])
def test_nobody_passes_by_a_published_list_that_was_changed(vectors, shelf, file, capsys):
    blob = (vectors / file).read_bytes()
    published = (vectors / "chain-2026/nca_gost2022_test.crl").read_bytes()

    for place in range(30, len(published), len(published) // 40):
        (shelf / "list").write_bytes(changed(published, place))
        row = Row(file, ("--trust", "chain-2026", "--crl", "list", *NOW), "")

        code, said = judged(shelf, row, blob, capsys)

        assert code in (2, 64), said
