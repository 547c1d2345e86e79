"""A valid time stamp tells the moment by which a signature is judged; one that is not valid moves nothing."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import (
    Reason,
    Status,
    Trust,
    algorithms,
    amending,
    certificates,
    cms,
    der,
    individual,
    issuance,
    oids,
    pki,
    signing,
    timestamps,
    verify_cms,
)
from govkz.eds.certificates import Usage
from govkz.eds.stamping import Stamper

CONTENT = b"content"
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
SIGNED = AT - 20 * DAY
ENDED = AT - 10 * DAY


@pytest.fixture(scope="module")
def authority():
    """Begin an authority half a year before AT."""
    return pki.Authority.create(at=AT - 180 * DAY)


@pytest.fixture(scope="module")
def trust(authority):
    return Trust.of(*authority.certificates)


@pytest.fixture(scope="module")
def stamper(authority):
    return Stamper(authority.stamper(at=AT - 170 * DAY))


@pytest.fixture(scope="module")
def person(authority):
    """Give a person whose certificate ended ten days ago."""
    return authority.person(AISHA, at=AT - 170 * DAY, until=ENDED)


@pytest.fixture(scope="module")
def crl(authority):
    """Give the list of the day after the signing."""
    return authority.crl(at=SIGNED + DAY)


def token(stamper, message, *, at=SIGNED, algorithm=oids.SHA256):
    (signature,) = amending.signatures_in(message)
    query = timestamps.ask(signature, algorithm=algorithm)
    return timestamps.receive(stamper.answer(query.encoded, at=at), to=query, at=at).encoded


def stamped(stamper, person, **options):
    message = person.sign(CONTENT, at=SIGNED)
    return amending.add_timestamp(message, token(stamper, message, **options))


def judged(trust, message, crls, *, at=AT, policy=None):
    verification = verify_cms(message, trust=trust, crls=crls, at=at, policy=policy or individual(AISHA.iin))
    report = verification.report
    return report.status, report.reasons, report.signers[0].timestamp


PASSED = (Status.PASSED, (), SIGNED)
EXPIRED = (Status.FAILED, (Reason.EXPIRED,), None)


def failed(*reasons):
    return Status.FAILED, reasons, None


def test_who_signed_while_the_certificate_was_valid_still_passes_when_it_has_ended(
    trust, stamper, person, crl
):
    assert judged(trust, person.sign(CONTENT, at=SIGNED), [crl]) == EXPIRED
    assert judged(trust, stamped(stamper, person), [crl]) == PASSED


def test_the_content_of_a_stamped_message_is_given_back(trust, stamper, person, crl):
    verification = verify_cms(
        stamped(stamper, person), trust=trust, crls=[crl], at=AT, policy=individual(AISHA.iin)
    )

    assert (verification.content, verification.report.judged_at) == (CONTENT, AT)


def test_a_signature_stamped_after_the_certificate_ended_fails(trust, stamper, person, crl):
    status, reasons, moment = judged(trust, stamped(stamper, person, at=ENDED + SECOND), [crl])

    assert (status, reasons, moment) == (Status.FAILED, (Reason.EXPIRED,), ENDED + SECOND)


@pytest.mark.parametrize(
    ("revoked_at", "verdict"),
    [
        (SIGNED - SECOND, (Status.FAILED, (Reason.REVOKED,), SIGNED)),
        (SIGNED, (Status.FAILED, (Reason.REVOKED,), SIGNED)),
        (SIGNED + SECOND, PASSED),
    ],
    ids=["before the stamp", "at the stamp", "after the stamp"],
)
def test_a_revocation_counts_from_its_moment_on(revoked_at, verdict):
    authority = pki.Authority.create(at=AT - 180 * DAY)
    person = authority.person(AISHA, at=SIGNED - DAY)
    message = stamped(Stamper(authority.stamper(at=SIGNED - DAY)), person)
    authority.revoke(person, at=revoked_at)
    trust, crl = Trust.of(*authority.certificates), authority.crl(at=AT)

    assert judged(trust, message, [crl]) == verdict
    assert judged(trust, person.sign(CONTENT, at=SIGNED), [crl])[:2] == (Status.FAILED, (Reason.REVOKED,))


def test_a_list_made_after_the_certificate_ended_may_have_dropped_it(authority, trust, stamper, person):
    late = authority.crl(at=ENDED + SECOND)

    assert judged(trust, stamped(stamper, person), [late]) == (
        Status.INDETERMINATE,
        (Reason.STALE_REVOCATION_DATA,),
        SIGNED,
    )


@pytest.mark.parametrize(
    ("since", "status"),
    [(ENDED, Status.PASSED), (ENDED + SECOND, Status.INDETERMINATE)],
    ids=["keeps it", "has dropped it"],
)
def test_a_list_that_keeps_ended_certificates_says_since_when(
    authority, trust, stamper, person, since, status
):
    kept_since = issuance.extension(oids.EXPIRED_CERTIFICATES_ON_CRL, der.encode_generalized(since))
    late = list_of(authority, extensions=[kept_since])

    assert judged(trust, stamped(stamper, person), [late])[0] is status


def test_a_stamp_later_than_the_receipt_moves_nothing(trust, stamper, person, crl):
    message = stamped(stamper, person, at=SIGNED + HOUR)

    assert judged(trust, message, [crl], at=SIGNED) == (Status.PASSED, (), SIGNED + HOUR)


def test_the_earliest_of_two_stamps_tells_the_moment(trust, stamper, person, crl):
    message = person.sign(CONTENT, at=SIGNED)
    for at in (ENDED + DAY, SIGNED, SIGNED + HOUR):
        message = amending.add_timestamp(message, token(stamper, message, at=at))

    assert judged(trust, message, [crl]) == PASSED


def test_one_bad_stamp_beside_a_good_one_is_said(trust, stamper, person, crl):
    message = stamped(stamper, person)
    other = person.sign(b"another", at=SIGNED)
    (foreign,) = cms.read(amending.add_timestamp(other, token(stamper, other))).signers[0].timestamps

    assert judged(trust, with_attribute(message, foreign), [crl]) == (
        Status.FAILED,
        (Reason.BAD_TIMESTAMP,),
        SIGNED,
    )


def with_attribute(message, token):
    """Put a token beside the first signature, whatever it is over."""
    parts = der.parse(message).children()[1].children()[0].children()
    signer = parts[-1].children()[0]
    kept = [field.encoded for field in signer.children()[:6]]
    before = [part.encoded for field in signer.children()[6:] for part in field.children()]
    value = der.encode_set(token)
    attribute = der.encode(der.SEQUENCE, der.encode_identifier(oids.TIMESTAMP_TOKEN), value)
    amended = der.encode(der.SEQUENCE, *kept, der.encode(0xA1, *before, attribute))
    signers = der.encode(der.SET, amended)
    body = der.encode(der.SEQUENCE, *(part.encoded for part in parts[:-1]), signers)
    return der.encode(der.SEQUENCE, der.encode_identifier(oids.SIGNED_DATA), der.encode(0xA0, body))


def test_a_stamp_over_another_signature_moves_nothing(trust, stamper, person, crl):
    (foreign,) = cms.read(stamped(stamper, person)).signers[0].timestamps
    message = with_attribute(person.sign(b"another", at=SIGNED), foreign)

    assert judged(trust, message, [crl]) == failed(Reason.BAD_TIMESTAMP, Reason.EXPIRED)
    assert judged(trust, message, [crl], at=SIGNED) == failed(Reason.BAD_TIMESTAMP)


@pytest.mark.parametrize("junk", [der.encode(der.NULL), der.encode(der.SEQUENCE), b"\x30\x03\x02\x01\x01"])
def test_what_is_no_stamp_moves_nothing(trust, person, crl, junk):
    message = with_attribute(person.sign(CONTENT, at=SIGNED), junk)

    assert judged(trust, message, [crl]) == failed(Reason.BAD_TIMESTAMP, Reason.EXPIRED)


def test_more_stamps_than_one_signature_needs_are_not_looked_at(trust, stamper, person, crl):
    message = person.sign(CONTENT, at=SIGNED)
    for _ in range(cms.MAX_TIMESTAMPS):
        message = amending.add_timestamp(message, token(stamper, message))
    assert judged(trust, message, [crl]) == PASSED

    message = with_attribute(message, token(stamper, person.sign(CONTENT, at=SIGNED)))
    report = verify_cms(message, trust=trust, at=AT, policy=individual()).report
    assert report.reasons == (Reason.MALFORMED,)


def entrusted(authority, *, purposes=(oids.TIME_STAMPING,), usage=Usage.DIGITAL_SIGNATURE, eku=None):
    """Issue the certificate of somebody who would like to stamp."""
    key = pki.new_key()
    encoded = issuance.certificate(
        issuance.name((oids.COMMON_NAME, "TSA")),
        key.public_info,
        by=(certificates.read(authority.issuing.certificate).subject, authority.issuing.key),
        valid=(SIGNED - DAY, SIGNED + DAY),
        extensions=(issuance.key_usage(usage), eku or issuance.purposes(purposes)),
    )
    return Stamper(pki.Identity(key, encoded))


_NOT_CRITICAL = issuance.extension(
    oids.EXTENDED_KEY_USAGE, der.encode(der.SEQUENCE, der.encode_identifier(oids.TIME_STAMPING))
)


@pytest.mark.parametrize(
    "changes",
    [
        {"purposes": (oids.EMAIL_PROTECTION,)},
        {"purposes": (oids.TIME_STAMPING, oids.EMAIL_PROTECTION)},
        {"eku": _NOT_CRITICAL},
        {"usage": Usage.KEY_ENCIPHERMENT},
    ],
    ids=["no purpose", "another purpose too", "purpose not critical", "may not sign"],
)
def test_who_is_no_time_stamping_authority_moves_nothing(authority, trust, person, crl, changes):
    assert judged(trust, stamped(entrusted(authority), person), [crl]) == PASSED
    assert judged(trust, stamped(entrusted(authority, **changes), person), [crl]) == failed(
        Reason.BAD_TIMESTAMP, Reason.EXPIRED
    )


@pytest.mark.parametrize("at", [SIGNED - DAY - SECOND, SIGNED + DAY + SECOND], ids=["before", "after"])
def test_an_authority_outside_its_validity_moves_nothing(authority, trust, person, crl, at):
    message = stamped(entrusted(authority), person, at=at)

    assert judged(trust, message, [crl]) == failed(Reason.BAD_TIMESTAMP, Reason.EXPIRED)


def test_the_signer_cannot_stamp_himself(trust, person, crl):
    assert judged(trust, stamped(Stamper(person), person), [crl]) == failed(
        Reason.BAD_TIMESTAMP, Reason.EXPIRED
    )


def test_a_stamp_of_an_unknown_authority_leaves_the_moment_open(trust, person, crl):
    stranger = pki.Authority.create(at=SIGNED - DAY, label="STRANGER")
    message = stamped(Stamper(stranger.stamper(at=SIGNED)), person)

    assert judged(trust, message, [crl]) == EXPIRED
    assert judged(trust, message, [crl], at=SIGNED) == (
        Status.INDETERMINATE,
        (Reason.UNTRUSTED_TIMESTAMP,),
        None,
    )


def test_a_stamp_of_a_namesake_moves_nothing(trust, person, crl):
    namesake = pki.Authority.create(at=SIGNED - DAY)
    message = stamped(Stamper(namesake.stamper(at=SIGNED)), person)

    assert judged(trust, message, [crl], at=SIGNED) == failed(Reason.BAD_TIMESTAMP)


@pytest.mark.parametrize(
    ("revoked_at", "code", "is_good"),
    [
        (SIGNED - SECOND, None, False),
        (SIGNED - SECOND, 5, False),
        (SIGNED + SECOND, None, False),
        (SIGNED + SECOND, 1, False),
        (SIGNED + SECOND, 6, False),
        (SIGNED + SECOND, 4, True),
        (SIGNED + SECOND, 5, True),
    ],
    ids=["before", "closed before", "not said why", "compromised", "suspended", "superseded", "closed"],
)
def test_stamps_of_a_revoked_authority_are_good_only_from_before_a_harmless_revocation(
    authority, trust, person, crl, revoked_at, code, is_good
):
    stamper = entrusted(authority)
    message = stamped(stamper, person)
    against = revoking(authority, stamper.identity.serial, revoked_at, code)

    assert judged(trust, message, [crl, against]) == (
        PASSED if is_good else failed(Reason.BAD_TIMESTAMP, Reason.EXPIRED)
    )


def revoking(authority, serial, at, code):
    """Make a list with one entry and its reason."""
    said = b""
    if code is not None:
        value = der.encode(der.ENUMERATED, bytes((code,)))
        said = der.encode(der.SEQUENCE, issuance.extension(oids.CRL_REASON, value))
    return list_of(
        authority, der.encode(der.SEQUENCE, der.encode_number(serial), der.encode_moment(at), said)
    )


def list_of(authority, *entries, extensions=()):
    """Make a list of an hour before AT."""
    key = authority.issuing.key
    algorithm = der.encode_algorithm(key.algorithm)
    tbs = der.encode(
        der.SEQUENCE,
        der.encode_number(1),
        algorithm,
        certificates.read(authority.issuing.certificate).subject,
        der.encode_moment(AT - HOUR),
        der.encode_moment(AT + DAY),
        der.encode(der.SEQUENCE, *entries) if entries else b"",
        der.encode(0xA0, der.encode(der.SEQUENCE, *extensions)) if extensions else b"",
    )
    return der.encode(der.SEQUENCE, tbs, algorithm, der.encode(der.BIT_STRING, b"\0", key.sign(tbs)))


def resigned(stamper, token, change, *, times=1):
    """Sign what a token says once more, with other attributes."""
    content = timestamps.read(token).content
    holder = certificates.read(stamper.identity.certificate)
    attributes = change(content, holder)
    signer = signing.signer_part(der.encode_set(*attributes), key=stamper.identity.key, holder=holder)
    parts = der.parse(token).children()[1].children()[0].children()
    signers = der.encode(der.SET, *[signer] * times)
    body = der.encode(der.SEQUENCE, *(part.encoded for part in parts[:-1]), signers)
    return der.encode(der.SEQUENCE, der.encode_identifier(oids.SIGNED_DATA), der.encode(0xA0, body))


def attributes_of(content, holder, *, content_type=oids.TST_INFO, named=None):
    named = hashlib.sha1(holder.encoded).digest() if named is None else named
    identified = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, der.encode(der.OCTET_STRING, named)))
    return [
        signing.attribute(oids.CONTENT_TYPE, der.encode_identifier(content_type)),
        signing.attribute(
            oids.MESSAGE_DIGEST, der.encode(der.OCTET_STRING, hashlib.sha256(content).digest())
        ),
        signing.attribute(oids.SIGNING_CERTIFICATE, der.encode(der.SEQUENCE, identified)),
    ]


@pytest.mark.parametrize(
    ("change", "times", "is_good"),
    [
        (attributes_of, 1, True),
        (lambda content, holder: attributes_of(content, holder)[:2], 1, False),
        (lambda content, holder: attributes_of(content, holder, named=b"\0" * 20), 1, False),
        (lambda content, holder: attributes_of(content, holder, content_type=oids.DATA), 1, False),
        (lambda content, holder: attributes_of(content + b"!", holder), 1, False),
        (attributes_of, 2, False),
        (attributes_of, 0, False),
    ],
    ids=[
        "whole",
        "no certificate named",
        "another named",
        "other type",
        "other digest",
        "two sign",
        "nobody",
    ],
)
def test_a_stamp_is_signed_by_one_who_names_his_certificate(
    trust, stamper, person, crl, change, times, is_good
):
    message = person.sign(CONTENT, at=SIGNED)
    stamp = resigned(stamper, token(stamper, message), change, times=times)

    assert judged(trust, with_attribute(message, stamp), [crl]) == (
        PASSED if is_good else failed(Reason.BAD_TIMESTAMP, Reason.EXPIRED)
    )


def test_a_stamp_without_its_certificate_proves_nothing(trust, stamper, person, crl):
    message = person.sign(CONTENT, at=SIGNED)
    parts = der.parse(token(stamper, message)).children()[1].children()[0].children()
    kept = [part.encoded for part in parts if part.tag != 0xA0]
    wrapped = der.encode(0xA0, der.encode(der.SEQUENCE, *kept))
    bare = der.encode(der.SEQUENCE, der.encode_identifier(oids.SIGNED_DATA), wrapped)

    assert judged(trust, with_attribute(message, bare), [crl]) == failed(Reason.BAD_TIMESTAMP, Reason.EXPIRED)


def test_an_imprint_by_sha1_proves_nothing(trust, stamper, person, crl):
    message = person.sign(CONTENT, at=SIGNED)
    (signature,) = amending.signatures_in(message)
    imprint = imprint_of(oids.SHA1, hashlib.sha1(signature, usedforsecurity=False).digest())

    assert judged(trust, with_attribute(message, stamper.token(imprint, at=SIGNED)), [crl]) == failed(
        Reason.BAD_TIMESTAMP, Reason.EXPIRED
    )


def imprint_of(algorithm, digest):
    return der.encode(der.SEQUENCE, der.encode_algorithm(algorithm), der.encode(der.OCTET_STRING, digest))


@pytest.mark.parametrize("algorithm", [oids.SHA256, oids.SHA512, oids.STREEBOG_512])
def test_every_digest_we_know_may_be_stamped(trust, stamper, person, crl, algorithm):
    assert judged(trust, stamped(stamper, person, algorithm=algorithm), [crl]) == PASSED


def test_a_moment_may_have_a_fraction_of_a_second(trust, stamper, person, crl):
    message = person.sign(CONTENT, at=SIGNED)
    (signature,) = amending.signatures_in(message)
    imprint = imprint_of(oids.SHA256, algorithms.reckoned(oids.SHA256, signature))
    stamped = der.encode(
        der.SEQUENCE,
        der.encode_number(1),
        der.encode_identifier(oids.TSA_RSA),
        imprint,
        der.encode_number(1),
        der.encode(der.GENERALIZED_TIME, b"20260228120000.25Z"),
        der.encode(der.SEQUENCE, der.encode_number(1)),
    )
    message = amending.add_timestamp(message, stamper.sign(stamped, at=SIGNED))

    assert judged(trust, message, [crl])[2] == datetime(2026, 2, 28, 12, 0, 0, 250_000, tzinfo=UTC)


def test_no_changed_byte_of_a_stamp_moves_the_moment(trust, stamper, person, crl):
    message = stamped(stamper, person)
    (encoded,) = cms.read(message).signers[0].timestamps
    start = message.index(encoded)

    for place in range(start, start + len(encoded), 3):
        changed = message[:place] + bytes((message[place] ^ 0x41,)) + message[place + 1 :]
        report = verify_cms(changed, trust=trust, crls=[crl], at=AT, policy=individual(AISHA.iin)).report

        # What names version and digests before the content is not signed, nor is it read.
        assert report.status is Status.FAILED or report.signers[0].timestamp == SIGNED, place
