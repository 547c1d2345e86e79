"""Signed XML that NUCA's own programs made gets the verdict it should, and ours has their shape."""

import re
from datetime import UTC, datetime
from pathlib import Path

from govkz.eds import Reason, Status, Trust, any_signer, sign_xml, verify_xml

ONE = "xmldsig/rsa_one_signer.xml"
TWO = "xmldsig/rsa_and_gost2015_two_signers.xml"
CONTENT = b"<a><b>test</b></a>"


def verify(vectors: Path, blob: bytes, at: str, *folders: str, crls=()):
    return verify_xml(
        blob,
        trust=Trust.of_folders(*(vectors / folder for folder in folders)),
        crls=[(vectors / crl).read_bytes() for crl in crls],
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        policy=any_signer(),
    )


def outcome(verification):
    signers = [(signer.status, signer.reasons) for signer in verification.report.signers]
    return verification.report.status, signers, verification.content


def test_a_signature_under_a_hierarchy_without_public_root_stays_open(vectors):
    verification = verify(vectors, (vectors / ONE).read_bytes(), "2021-06-01", "certs-test-ca")

    assert outcome(verification) == (
        Status.INDETERMINATE,
        [(Status.INDETERMINATE, (Reason.NO_ANCHOR,))],
        CONTENT,
    )


def test_the_worst_of_two_signers_decides(vectors):
    crls = ["crl/nca_gost2022_test.crl"]
    folders = ("chain-2026", "certs-test-ca")

    verification = verify(vectors, (vectors / TWO).read_bytes(), "2022-09-28T15:00", *folders, crls=crls)

    assert outcome(verification) == (
        Status.FAILED,
        [(Status.FAILED, (Reason.EXPIRED,)), (Status.PASSED, ())],
        None,
    )
    assert [signer.algorithm for signer in verification.report.signers] == ["rsa-sha256", "gost-2015-512"]


def test_the_first_of_two_signatures_holds_only_without_the_second(vectors):
    both = (vectors / TWO).read_bytes()
    verification = verify(vectors, both, "2021-06-01", "certs-test-ca", "chain-2026")
    first_last = re.sub(
        rb"(<ds:Signature .*?</ds:Signature>)(<ds:Signature .*</ds:Signature>)",
        rb"\2\1",
        both,
        flags=re.DOTALL,
    )
    swapped = verify(vectors, first_last, "2021-06-01", "certs-test-ca", "chain-2026")

    assert verification.report.signers[0].reasons == (Reason.NO_ANCHOR,)
    assert swapped.report.signers[1].reasons == (Reason.DIGEST_MISMATCH,)


def test_no_changed_byte_of_a_published_signature_gives_back_other_content(vectors):
    original = (vectors / ONE).read_bytes()
    trust = Trust.of_folders(vectors / "certs-test-ca")
    at, given_back = datetime(2021, 6, 1, tzinfo=UTC), set()

    for place in range(len(original)):
        changed = original[:place] + bytes((original[place] ^ 1,)) + original[place + 1 :]
        verification = verify_xml(changed, trust=trust, at=at, policy=any_signer())

        assert verification.report.status != Status.PASSED
        given_back.add(verification.content)

    assert given_back <= {None, CONTENT}


def test_what_we_sign_has_the_very_shape(vectors, town):
    theirs = (vectors / ONE).read_bytes().decode()
    ours = sign_xml(CONTENT, key=town.person.key, certificate=town.person.certificate).decode()

    assert shape(ours) == shape(theirs)


def shape(signed):
    """Give a signed document without what differs from signer to signer."""
    lines = re.sub(r"(?:[A-Za-z0-9+/]{76}&#13;\n)*[A-Za-z0-9+/]+=*(?=\n?</ds:(?:D|S|X))", "…", signed)
    return lines.replace("utf-8", "UTF-8")
