"""openssl and we agree: what either signs the other verifies, and neither verifies a changed document."""

import pytest
from tests.govkz.eds.town import AISHA, AT, CENTRE, YERLAN

from govkz.eds import Reason, Status, as_pem, individual, official, verify_cms

CONTENT = "<decision>Шешім</decision>\r\n".encode()
# openssl judges the certificates at this moment instead of now.
MOMENT = str(int(AT.timestamp()))


@pytest.fixture
def files(town, tmp_path):
    """Lay the people's files where openssl runs."""
    (tmp_path / "ca.pem").write_bytes(
        town.authority.root.certificate_pem + town.authority.issuing.certificate_pem
    )
    for name in ("person", "head"):
        (tmp_path / f"{name}.pem").write_bytes(getattr(town, name).certificate_pem)
        (tmp_path / f"{name}.key").write_bytes(getattr(town, name).key_pem)
    (tmp_path / "content").write_bytes(CONTENT)
    return tmp_path


def verify(town, message, *, content=None, policy=None):
    verification = verify_cms(
        message,
        content=content,
        trust=town.trust,
        crls=[town.crl],
        at=AT,
        policy=policy or individual(AISHA.iin),
    )
    return verification.report.status, verification.report.reasons, verification.content


PASSED = (Status.PASSED, (), CONTENT)


def sign(openssl, files, *options):
    done = openssl(
        *("cms", "-sign", "-binary", "-in", "content", "-out", "signed", "-md", "sha256"),
        *("-signer", "person.pem", "-inkey", "person.key"),
        *options,
    )
    assert done.returncode == 0, done.stderr.decode()
    return (files / "signed").read_bytes()


def check(openssl, files, message, *options):
    (files / "message").write_bytes(message)
    return openssl(
        *("cms", "-verify", "-binary", "-inform", "DER", "-in", "message", "-CAfile", "ca.pem"),
        *("-attime", MOMENT, "-purpose", "any", *options),
    )


def test_openssl_verifies_what_we_sign(town, openssl, files):
    done = check(openssl, files, town.person.sign(CONTENT, at=AT))

    assert (done.returncode, done.stdout) == (0, CONTENT)


def test_openssl_verifies_what_we_sign_detached(town, openssl, files):
    done = check(openssl, files, town.person.sign(CONTENT, at=AT, detached=True), "-content", "content")

    assert (done.returncode, done.stdout) == (0, CONTENT)


def test_openssl_reads_our_pem(town, openssl, files):
    (files / "message").write_bytes(as_pem(town.person.sign(CONTENT, at=AT)))

    done = openssl("cms", "-cmsout", "-inform", "PEM", "-in", "message", "-outform", "DER")

    assert (done.returncode, done.stdout) == (0, town.person.sign(CONTENT, at=AT))


def test_openssl_refuses_a_changed_document_as_we_do(town, openssl, files):
    message = town.person.sign(CONTENT, at=AT).replace("Шешім".encode(), "Шешен".encode())

    assert check(openssl, files, message).returncode != 0
    assert verify(town, message) == (Status.FAILED, (Reason.DIGEST_MISMATCH,), None)


def test_openssl_checks_our_certificates_and_lists(town, openssl, files):
    (files / "crl.pem").write_bytes(town.crl)
    openssl("crl", "-inform", "DER", "-in", "crl.pem", "-out", "crl.txt")
    (files / "revoked.pem").write_bytes(town.revoked.certificate_pem)
    judge = (
        "verify",
        "-x509_strict",
        "-attime",
        MOMENT,
        "-crl_check",
        "-CRLfile",
        "crl.txt",
        "-CAfile",
        "ca.pem",
    )

    assert openssl(*judge, "person.pem").returncode == 0
    assert b"certificate revoked" in openssl(*judge, "revoked.pem").stderr


@pytest.mark.parametrize(
    "options",
    [
        ("-nodetach", "-outform", "DER"),
        ("-nodetach", "-outform", "PEM"),
        ("-nodetach", "-outform", "DER", "-stream"),
        ("-nodetach", "-outform", "DER", "-keyid"),
        ("-nodetach", "-outform", "DER", "-cades"),
        ("-nodetach", "-outform", "DER", "-certfile", "ca.pem"),
        ("-nodetach", "-outform", "DER", "-nosmimecap"),
        ("-nodetach", "-outform", "DER", "-md", "sha512"),
    ],
    ids=" ".join,
)
def test_we_verify_what_openssl_signs(town, openssl, files, options):
    assert verify(town, sign(openssl, files, *options)) == PASSED


def test_we_verify_what_openssl_signs_detached(town, openssl, files):
    assert verify(town, sign(openssl, files, "-outform", "DER"), content=CONTENT) == PASSED


@pytest.mark.parametrize(
    ("options", "status", "reason"),
    [
        (("-md", "sha1"), Status.FAILED, Reason.SHA1_REFUSED),
        (("-md", "md5"), Status.INDETERMINATE, Reason.UNSUPPORTED_ALGORITHM),
        (("-keyopt", "rsa_padding_mode:pss"), Status.INDETERMINATE, Reason.UNSUPPORTED_ALGORITHM),
        (("-noattr",), Status.FAILED, Reason.ATTRIBUTES_MISSING),
        (("-nocerts",), Status.FAILED, Reason.CERTIFICATE_MISSING),
        (("-econtent_type", "1.2.840.113549.1.9.16.1.4"), Status.FAILED, Reason.MALFORMED),
    ],
    ids=str,
)
def test_what_openssl_signs_in_a_way_we_do_not_accept_does_not_pass(
    town, openssl, files, options, status, reason
):
    message = sign(openssl, files, "-nodetach", "-outform", "DER", *options)

    assert verify(town, message) == (status, (reason,), None)


def test_of_two_signers_both_have_to_be_who_is_asked_for(town, openssl, files):
    message = sign(
        openssl, files, "-nodetach", "-outform", "DER", "-signer", "head.pem", "-inkey", "head.key"
    )

    status, _, content = verify(town, message)
    assert (status, content) == (Status.FAILED, None)
    status, _, content = verify(town, message, policy=official(CENTRE.bin, YERLAN.iin))
    assert (status, content) == (Status.FAILED, None)
