"""Every wrapping that signing programs emit is read, and nothing else crashes or hangs."""

import base64
import time
from datetime import timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Malformed, Reason, Status, as_pem, der, individual, verify_certificate, verify_cms
from govkz.eds.cms import MAX_BYTES

CONTENT = b"\x00\xff content \r\n"


def verify(town, blob, content=None):
    return verify_cms(
        blob, content=content, trust=town.trust, crls=[town.crl], at=AT, policy=individual(AISHA.iin)
    )


def outcome(verification):
    return verification.report.status, verification.report.reasons, verification.content


@pytest.mark.parametrize(
    "wrap",
    [
        lambda message: message,
        as_pem,
        base64.b64encode,
        base64.encodebytes,
        lambda message: as_pem(message).replace(b"\n", b"\r\n"),
        lambda message: b"\r\n" + as_pem(message).replace(b" CMS-", b" PKCS7-") + b"\r\n",
    ],
    ids=["der", "pem", "base64", "base64-lines", "pem-crlf", "pkcs7"],
)
def test_a_message_is_read_in_every_wrapping(town, wrap):
    message = town.person.sign(CONTENT, at=AT)

    assert outcome(verify(town, wrap(message))) == (Status.PASSED, (), CONTENT)


def test_indefinite_lengths_and_pieces_are_read(town):
    message = _as_ber(town.person.sign(CONTENT, at=AT))

    assert outcome(verify(town, message)) == (Status.PASSED, (), CONTENT)


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b" ",
        b"\x30",
        b"\x30\x00",
        b"\x30\x80",
        b"\x30\x80\x00\x00",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x89\x01\x01\x01\x01\x01\x01\x01\x01\x01",
        b"\x31\x00",
        b"<?xml version='1.0'?><a/>",
        b"-----BEGIN CMS-----\n-----END CMS-----",
        b"-----BEGIN CMS-----\nMAA=",
        b"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
        "өтінім".encode(),
        b"\x30\x80" * 200_000,
        b"\x30\x82\xff\xff" * 100_000,
        b"\x30\x80" + b"\x04\x00" * 1_000_000 + b"\x00\x00",
        b"MI" * 500_000,
        b"-----BEGIN A-----" * 100_000,
    ],
    ids=lambda blob: f"{blob[:12]!r}x{len(blob)}",
)
def test_bytes_that_are_no_message_are_malformed_and_quickly_so(town, blob):
    began = time.perf_counter()

    verification = verify(town, blob)

    assert outcome(verification) == (Status.FAILED, (Reason.MALFORMED,), None)
    assert time.perf_counter() - began < 2


def test_a_message_past_the_limit_is_too_large(town):
    assert outcome(verify(town, b"\x30" * (MAX_BYTES + 1))) == (Status.FAILED, (Reason.TOO_LARGE,), None)


def test_base64_past_the_limit_is_too_large(town):
    assert outcome(verify(town, b"M" * (MAX_BYTES * 2))) == (Status.FAILED, (Reason.TOO_LARGE,), None)


def test_every_beginning_of_a_message_is_malformed(town):
    message = town.person.sign(CONTENT, at=AT)

    answers = {outcome(verify(town, message[:end])) for end in range(len(message))}

    assert answers == {(Status.FAILED, (Reason.MALFORMED,), None)}


def test_a_message_with_something_after_it_is_malformed(town):
    message = town.person.sign(CONTENT, at=AT)

    assert outcome(verify(town, message + b"\0")) == (Status.FAILED, (Reason.MALFORMED,), None)


def test_a_message_without_signers_is_said_to_be_unsigned(town):
    message = town.person.sign(CONTENT, at=AT)
    outer = der.parse(message)
    parts = outer.children()[1].children()[0].children()
    unsigned = _message(*[part.encoded for part in parts[:-1]], der.encode(der.SET))

    verification = verify(town, unsigned)

    assert outcome(verification) == (Status.FAILED, (Reason.NO_SIGNER,), None)


def test_a_message_without_the_signers_certificate_fails(town):
    parts = der.parse(town.person.sign(CONTENT, at=AT)).children()[1].children()[0].children()
    bare = _message(*[part.encoded for part in parts if part.tag != 0xA0])

    assert outcome(verify(town, bare)) == (Status.FAILED, (Reason.CERTIFICATE_MISSING,), None)


def test_a_message_with_another_certificate_of_the_same_number_fails(town, monkeypatch):
    # The signed hash of the certificate (ESSCertIDv2) tells two of one key, issuer and serial number apart.
    monkeypatch.setattr("govkz.eds.issuance.secrets.randbits", lambda bits: town.person.serial)
    twin = town.authority.renew(town.person, at=AT + timedelta(hours=1))
    message = town.person.sign(CONTENT, at=AT)
    swapped = message.replace(town.person.certificate, twin.certificate)

    assert (twin.serial, swapped != message) == (town.person.serial, True)
    assert outcome(verify(town, swapped)) == (Status.FAILED, (Reason.CERTIFICATE_MISMATCH,), None)


@pytest.mark.parametrize("blob", [b"", b"\x30\x00", b"junk", b"\x30\x80" * 10_000])
def test_bytes_that_are_no_certificate_are_malformed(town, blob):
    report = verify_certificate(blob, trust=town.trust, at=AT, policy=individual())

    assert (report.status, report.reasons) == (Status.FAILED, (Reason.MALFORMED,))


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, -1, -128, -129, 1 << 158])
def test_numbers_are_written_as_they_are_read(value):
    assert der.number(der.parse(der.encode_number(value))) == value


@pytest.mark.parametrize(
    "dotted", ["1.2.840.113549.1.7.2", "2.5.29.15", "1.2.398.3.3.4.1.1", "2.999.1", "0.9.2342"]
)
def test_identifiers_are_written_as_they_are_read(dotted):
    assert der.identifier(der.parse(der.encode_identifier(dotted))) == dotted


@pytest.mark.parametrize(
    "text", [b"20260320120000Z", b"260230120000Z", b"2603201200Z", b"260320120000+", b"26032012000\xb2Z"]
)
def test_a_short_moment_in_another_form_is_malformed(text):
    with pytest.raises(Malformed):
        der.moment(der.parse(der.encode(der.UTC_TIME, text)))


def _message(*parts):
    body = der.encode(der.SEQUENCE, *parts)
    return der.encode(der.SEQUENCE, der.encode_identifier("1.2.840.113549.1.7.2"), der.encode(0xA0, body))


def _as_ber(message):
    """Write the outer layers with indefinite lengths and the content in two pieces, as BouncyCastle does."""
    kind, wrapped = der.parse(message).children()
    version, digests, encapsulated, *rest = wrapped.children()[0].children()
    content = der.octets(encapsulated.children()[1].children()[0])
    pieces = _open(0x24, der.encode(der.OCTET_STRING, content[:5]), der.encode(der.OCTET_STRING, content[5:]))
    inner = _open(der.SEQUENCE, encapsulated.children()[0].encoded, _open(0xA0, pieces))
    body = _open(der.SEQUENCE, version.encoded, digests.encoded, inner, *[part.encoded for part in rest])
    return _open(der.SEQUENCE, kind.encoded, _open(0xA0, body))


def _open(tag, *parts):
    return bytes((tag, 0x80)) + b"".join(parts) + b"\0\0"


def test_a_certificate_is_written_in_one_way_only(town):
    # Outside of what its issuer signed stands the name of the algorithm again, with NULL or without.
    tbs, algorithm, signature = der.parse(town.person.certificate).children(3, 3)
    without_null = der.encode(der.SEQUENCE, algorithm.children()[0].encoded)
    inside = (tbs.encoded, algorithm.encoded, signature.encoded)

    def judged(certificate):
        report = verify_certificate(
            certificate, trust=town.trust, crls=[town.crl], at=AT, policy=individual(AISHA.iin)
        )
        return report.status, report.reasons

    assert judged(der.encode(der.SEQUENCE, *inside)) == (Status.PASSED, ())
    for rewritten in (
        der.encode(der.SEQUENCE, tbs.encoded, without_null, signature.encoded),
        b"\x30\x80" + b"".join(inside) + b"\0\0",
        b"\x30\x83" + len(b"".join(inside)).to_bytes(3, "big") + b"".join(inside),
        der.encode(der.SEQUENCE, *inside[:2], b"\x03\x83\x00" + signature.encoded[2:4] + signature.content),
    ):
        assert judged(rewritten) == (Status.FAILED, (Reason.MALFORMED,))
