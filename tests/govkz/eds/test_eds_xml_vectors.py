"""Signed XML that NUCA's own programs made gets the verdict it should, and ours has their shape."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.govkz.eds.town import AT

from govkz.eds import Reason, Status, Trust, any_signer, sign_soap, sign_xml, verify_soap, verify_xml

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


def test_any_byte_of_what_is_signed_with_one_bit_changed_fails(vectors):
    original = (vectors / ONE).read_bytes()
    signed = original[original.index(b"<ds:SignedInfo>") : original.index(b"<ds:SignatureValue>")]
    start = original.index(signed)
    places = [
        *range(original.index(b"<a>"), original.index(b"<ds:Signature ")),
        *range(start, start + len(signed)),
    ]
    trust = Trust.of_folders(vectors / "certs-test-ca")
    at = datetime(2021, 6, 1, tzinfo=UTC)

    passed = []
    for place in places:
        changed = bytearray(original)
        changed[place] ^= 1
        verification = verify_xml(bytes(changed), trust=trust, at=at, policy=any_signer())
        if verification.report.status != Status.FAILED:
            passed.append((place, bytes(changed[place - 20 : place + 20])))

    assert passed == []


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


def test_what_we_sign_with_a_national_key_has_the_very_shape(vectors, town):
    # Longer than a line, its digest ends one with a carriage return: within what is signed.
    both = (vectors / TWO).read_bytes().decode()
    first = re.search(r"<ds:Signature .*?</ds:Signature>", both, re.DOTALL)[0]
    person = town.gost_person
    ours = sign_xml(CONTENT, key=person.key, certificate=person.certificate).decode()

    assert shape(ours) == shape(both.replace(first, ""))
    assert shape(ours).count("&#13;") == 0
    assert "&#13;" in re.search(r"<ds:DigestValue>.*?</ds:DigestValue>", ours, re.DOTALL)[0]


def shape(signed):
    """Give a signed document without what differs from signer to signer."""
    lines = re.sub(r"(?:[A-Za-z0-9+/]{76}&#13;\n)*[A-Za-z0-9+/]+=*(?=\n?</ds:(?:D|S|X))", "…", signed)
    return lines.replace("utf-8", "UTF-8")


# --- the transport signature of a message --------------------------------------------------------------------

REDACTED = "wsse-shep/syncchannel_gbdfl_request_signed_rsa__IIN_REDACTED.xml"
UNSIGNED = [
    "wsse-shep/syncchannel_gbdfl_request_unsigned.xml",
    "wsse-shep/asyncchannel_sendmessage_test_unsigned.xml",
]


def verify_message(vectors, blob, at="2021-06-01"):
    return verify_soap(
        blob,
        trust=Trust.of_folders(vectors / "certs-test-ca"),
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        policy=any_signer(),
    )


def test_a_published_message_whose_number_was_blackened_is_known_as_changed(vectors):
    """Its SignatureValue still holds over SignedInfo; the digest of the Body cannot."""
    verification = verify_message(vectors, (vectors / REDACTED).read_bytes())

    assert outcome(verification) == (
        Status.FAILED,
        [(Status.FAILED, (Reason.DIGEST_MISMATCH,))],
        None,
    )


@pytest.mark.parametrize("at", ["2019-12-25", "2021-06-01", "2026-11-22"])
def test_at_no_moment_does_it_pass(vectors, at):
    report = verify_message(vectors, (vectors / REDACTED).read_bytes(), at).report

    assert (report.status, Reason.DIGEST_MISMATCH in report.reasons) == (Status.FAILED, True)


@pytest.mark.parametrize("file", UNSIGNED)
def test_a_published_message_without_a_signature_is_unsigned_until_we_sign_it(vectors, town, file):
    message = (vectors / file).read_bytes()
    signed = sign_soap(message, key=town.system.key, certificate=town.system.certificate)
    again = verify_soap(signed, trust=town.trust, crls=[town.crl], at=AT, policy=any_signer())

    assert verify_message(vectors, message).report.reasons == (Reason.NO_SIGNER,)
    assert again.report.status == Status.PASSED


def test_a_message_that_we_sign_has_the_very_shape(vectors, town):
    theirs = (vectors / REDACTED).read_bytes().decode()
    ours = sign_soap(
        (vectors / UNSIGNED[0]).read_bytes(),
        key=town.system.key,
        certificate=town.system.certificate,
        body_id="id-0ace83d4-0477-4890-90b2-50b3bd434949",
    ).decode()

    assert security(ours) == security(theirs)


def security(message):
    """Give the security of a message without what differs from signer to signer, and prefixes of SOAP's."""
    found = re.search(r"<wsse:Security.*</wsse:Security>", message, re.DOTALL)[0]
    values = r"(?:[A-Za-z0-9+/]{76}&#13;\n)*[A-Za-z0-9+/]+=*(?=\n?</(?:ds:(?:D|S)|wsse:K))"
    return re.sub(values, "…", found).replace("SOAP-ENV:", "S:").replace("soapenv:", "S:")
