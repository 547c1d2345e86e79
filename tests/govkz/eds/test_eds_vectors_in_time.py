"""What the test contour's responder and time-stamping authority published is believed, and no changed byte of it."""

from datetime import UTC, datetime, timedelta

import pytest

from govkz.eds import (
    Crl,
    Malformed,
    Ocsp,
    Reason,
    Trust,
    certificates,
    oids,
    pkcs12,
    revocation,
    signers,
    timestamps,
)

ASKED_AT = datetime(2022, 9, 2, 17, tzinfo=UTC)
ANSWERS = [
    (
        "ocsp/ocsp_response_ceo_sign_2004_revoked.bin",
        "certs-test-ca/nca_gost_test.crt",
        ("p12-test/ceo_sign_revoked_2004.p12", "Qwerty12"),
        datetime(2022, 1, 18, 6, 30, 55, tzinfo=UTC),
    ),
    # Suspended from birth, as the responder writes it.
    (
        "ocsp/ocsp_response_individual_2015.bin",
        "certs-test-ca/nca_gost2015_test.cer",
        ("p12-test/individual_valid_2015.p12", "Aa123456"),
        datetime(1970, 1, 1, tzinfo=UTC),
    ),
]


def read(file):
    return certificates.read(file.read_bytes())


def holder_of(vectors, file, password):
    store = pkcs12.read((vectors / file).read_bytes(), password)
    return certificates.read(store.certificate)


@pytest.mark.parametrize(("file", "issuer", "store", "revoked_at"), ANSWERS)
def test_an_answer_tells_of_the_certificate_it_was_asked_about(vectors, file, issuer, store, revoked_at):
    certificate, issuing = holder_of(vectors, *store), read(vectors / issuer)
    answer = Ocsp((vectors / file).read_bytes())

    found = revocation.judge(certificate, issuing, crls=(), ocsps=[answer], at=ASKED_AT, max_age=None)

    assert (found.reason, found.revocation.source, found.revocation.revoked_at) == (
        Reason.REVOKED,
        "ocsp",
        revoked_at,
    )
    assert found.used == (answer,)


@pytest.mark.parametrize(("file", "issuer", "store", "revoked_at"), ANSWERS)
def test_an_answer_tells_of_no_other_certificate(vectors, file, issuer, store, revoked_at):
    answers = [Ocsp((vectors / name).read_bytes()) for name, *_ in ANSWERS if name != file]
    certificate, issuing = holder_of(vectors, *store), read(vectors / issuer)

    found = revocation.judge(certificate, issuing, crls=(), ocsps=answers, at=ASKED_AT, max_age=None)

    assert (found.reason, found.revocation.status) == (Reason.NO_REVOCATION_DATA, "unknown")


@pytest.mark.parametrize(("file", "issuer", "store", "revoked_at"), ANSWERS)
def test_no_changed_byte_of_a_published_answer_is_believed(vectors, file, issuer, store, revoked_at):
    original = (vectors / file).read_bytes()
    certificate, issuing = holder_of(vectors, *store), read(vectors / issuer)

    for place in range(0, len(original), 5):
        changed = original[:place] + bytes((original[place] ^ 0x41,)) + original[place + 1 :]
        try:
            answer = Ocsp(changed)
        except Malformed:
            continue
        found = revocation.judge(certificate, issuing, crls=(), ocsps=[answer], at=ASKED_AT, max_age=None)
        # Names of algorithms and lengths beside what is signed may be written differently and mean the same.
        assert found.reason in (Reason.NO_REVOCATION_DATA, Reason.REVOKED), place
        if found.reason is Reason.REVOKED:
            assert found.revocation.revoked_at == revoked_at, place


def test_no_changed_byte_of_a_published_stamp_holds_with_another_moment(vectors):
    original = (vectors / "tsp/tsp_token.bin").read_bytes()
    trust = Trust.of_folders(vectors / "certs-test-ca")
    known = timestamps.read(original)

    for place in range(0, len(original), 5):
        changed = original[:place] + bytes((original[place] ^ 0x41,)) + original[place + 1 :]
        try:
            token = timestamps.read(changed)
            (signer,) = token.message.signers
        except (Malformed, ValueError):
            continue
        authority = signers.certificate_of(signer, token.message.certificates, trust)
        if authority is None:
            continue
        faults = signers.faults(signer, authority, token.content, content_type=oids.TST_INFO)
        assert faults or (token.at, token.imprint, token.serial) == (known.at, known.imprint, known.serial), (
            place
        )


def test_where_list_and_answer_name_two_moments_the_earlier_counts(vectors):
    certificate, issuing = holder_of(vectors, *ANSWERS[0][2]), read(vectors / ANSWERS[0][1])
    crl = Crl((vectors / "crl/nca_gost_test.crl").read_bytes())
    answer = Ocsp((vectors / ANSWERS[0][0]).read_bytes())
    listed_at = datetime(2022, 1, 18, 4, 47, 37, tzinfo=UTC)

    def told(at):
        found = revocation.judge(certificate, issuing, crls=[crl], ocsps=[answer], at=at, max_age=None)
        return found.reason, found.revocation.source, found.revocation.revoked_at

    assert told(ANSWERS[0][3]) == (Reason.REVOKED, "ocsp", ANSWERS[0][3])
    assert told(listed_at) == (Reason.REVOKED, "crl", listed_at)
    assert told(listed_at - timedelta(seconds=1))[0] is None
