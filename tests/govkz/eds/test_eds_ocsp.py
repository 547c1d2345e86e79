"""A responder's answer is believed where it is the issuer's, about this certificate, and of this time."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import (
    Malformed,
    Ocsp,
    Reason,
    Status,
    Trust,
    certificates,
    der,
    individual,
    issuance,
    ocsp,
    oids,
    pki,
    verify_certificate,
    verify_cms,
)
from govkz.eds.certificates import Usage
from govkz.eds.responding import Responder

CONTENT = b"content"
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)

PASSED = (Status.PASSED, (), "ocsp")
NO_DATA = (Status.INDETERMINATE, (Reason.NO_REVOCATION_DATA,), None)
STALE = (Status.INDETERMINATE, (Reason.STALE_REVOCATION_DATA,), "ocsp")
REVOKED = (Status.FAILED, (Reason.REVOKED,), "ocsp")


@pytest.fixture(scope="module")
def responder(town):
    return Responder(town.authority, town.authority.responder(at=AT - 9 * DAY))


def read(identity):
    return certificates.read(identity.certificate)


def ask(town, identity):
    return ocsp.ask(read(identity), read(town.authority.issuing))


def answered(town, responder, identity, *, at=AT, until=None):
    return responder.answer(ask(town, identity).encoded, at=at, until=until)


def judged(town, signer, *answers, crls=(), at=AT, max_age=None):
    report = verify_cms(
        signer.sign(CONTENT, at=at),
        trust=town.trust,
        crls=crls,
        ocsps=answers,
        at=at,
        policy=individual(AISHA.iin, crl_max_age=max_age),
    ).report
    return report.status, report.reasons, report.signers[0].revocation.source


def entrusted(
    town, *, purposes=(oids.OCSP_SIGNING,), also=None, usage=Usage.DIGITAL_SIGNATURE, authority=None
):
    """Issue the certificate of somebody who would like to answer."""
    authority = authority or town.authority
    key = pki.new_key()
    no_check = issuance.extension(oids.OCSP_NO_CHECK, der.encode(der.NULL))
    encoded = issuance.certificate(
        issuance.name((oids.COMMON_NAME, "OCSP RESPONDER")),
        key.public_info,
        by=(read(authority.issuing).subject, authority.issuing.key),
        valid=(AT - DAY, AT + DAY),
        extensions=(
            issuance.key_usage(usage),
            issuance.purposes(purposes),
            *((no_check,) if also is None else also),
        ),
    )
    return Responder(town.authority, pki.Identity(key, encoded))


def test_a_delegated_responder_says_good(town, responder):
    assert judged(town, town.person, answered(town, responder, town.person)) == PASSED


def test_the_issuing_authority_itself_says_good(town):
    itself = Responder(town.authority, town.authority.issuing)

    assert judged(town, town.person, answered(town, itself, town.person)) == PASSED


def test_a_responder_says_revoked_with_its_moment(town, responder):
    report = verify_certificate(
        town.revoked.certificate,
        trust=town.trust,
        ocsps=[answered(town, responder, town.revoked)],
        at=AT,
        policy=individual(),
    )

    (signer,) = report.signers
    assert signer.reasons == (Reason.REVOKED,)
    assert signer.revocation.to_dict() == {
        "status": "revoked",
        "source": "ocsp",
        "this_update": "2026-03-20T12:00:00+00:00",
        "next_update": None,
        "revoked_at": "2026-03-19T12:00:00+00:00",
    }


def test_an_answer_comes_before_a_list(town, responder):
    good = answered(town, responder, town.person, at=AT - 2 * HOUR)

    assert judged(town, town.person, good, crls=[town.crl]) == PASSED


def test_whatever_speaks_against_a_certificate_counts(town, responder):
    before = answered(town, responder, town.revoked, at=AT - DAY - SECOND)

    at = AT - HOUR

    assert judged(town, town.revoked, before, at=at) == PASSED
    assert judged(town, town.revoked, before, crls=[town.crl], at=at) == (
        Status.FAILED,
        (Reason.REVOKED,),
        "crl",
    )


def test_where_the_answer_says_nothing_the_list_speaks(town, responder):
    other = answered(town, responder, town.other_person)

    assert judged(town, town.person, other, b"junk", crls=[town.crl]) == (Status.PASSED, (), "crl")


def test_an_answer_is_worth_a_day_where_it_names_no_end(town, responder):
    answer = answered(town, responder, town.person, at=AT - DAY)

    assert [judged(town, town.person, answer, at=at) for at in (AT, AT + SECOND)] == [PASSED, STALE]


def test_an_answer_is_fresh_until_its_next_update(town, responder):
    answer = answered(town, responder, town.person, at=AT - 2 * DAY, until=AT)

    assert [judged(town, town.person, answer, at=at) for at in (AT - SECOND, AT)] == [PASSED, STALE]


def test_an_answer_older_than_the_policy_allows_is_stale(town, responder):
    answer = answered(town, responder, town.person, at=AT - HOUR, until=AT + DAY)

    assert [judged(town, town.person, answer, max_age=age) for age in (HOUR, HOUR - SECOND)] == [
        PASSED,
        STALE,
    ]


def test_an_answer_made_after_the_moment_speaks_for_it_too(town, responder):
    assert judged(town, town.person, answered(town, responder, town.person, at=AT + DAY)) == PASSED


def test_an_answer_made_after_the_certificate_ended_may_not_know_it_any_more(town, responder):
    answer = answered(town, responder, town.expired)

    assert judged(town, town.expired, answer, at=AT - HOUR) == STALE


def test_a_stale_answer_still_tells_who_was_revoked(town, responder):
    answer = answered(town, responder, town.revoked, at=AT - HOUR, until=AT)

    assert judged(town, town.revoked, answer, at=AT + 10 * DAY) == REVOKED


def test_an_answer_about_another_serial_number_knows_nothing(town, responder):
    assert judged(town, town.person, answered(town, responder, town.other_person)) == NO_DATA


def test_an_answer_about_another_authoritys_certificate_knows_nothing(town, responder):
    stranger = pki.Authority.create(at=AT - DAY, label="STRANGER")
    question = ocsp.ask(read(town.person), read(stranger.issuing))

    assert judged(town, town.person, responder.answer(question.encoded, at=AT)) == NO_DATA


def test_a_status_of_unknown_is_unknown(town, responder):
    identified = ocsp_identifier(town, town.person)
    said = der.encode(der.SEQUENCE, identified, der.encode(0x82), der.encode_generalized(AT))

    assert judged(town, town.person, responder.sign([said], nonce=None, at=AT)) == NO_DATA


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [(None, REVOKED), (1, REVOKED), (6, REVOKED), (8, NO_DATA)],
    ids=["not said", "compromised", "suspended", "removed"],
)
def test_a_suspended_certificate_counts_as_revoked(town, responder, reason, verdict):
    said = b"" if reason is None else der.encode(0xA0, der.encode(der.ENUMERATED, bytes((reason,))))
    # NUCA writes this moment where a certificate was suspended from birth.
    moment = der.encode_generalized(datetime(1970, 1, 1, tzinfo=UTC))
    held = der.encode(
        der.SEQUENCE,
        ocsp_identifier(town, town.person),
        der.encode(0xA1, moment, said),
        der.encode_generalized(AT),
    )

    assert judged(town, town.person, responder.sign([held], nonce=None, at=AT)) == verdict


def ocsp_identifier(town, identity):
    question = der.parse(ask(town, identity).encoded)
    return question.children()[0].children()[0].children()[0].children()[0].encoded


@pytest.mark.parametrize(
    "changes",
    [
        {"purposes": (oids.EMAIL_PROTECTION,)},
        {"also": ()},
        {"usage": Usage.KEY_ENCIPHERMENT},
        {"also": (issuance.extension("1.2.3.4", b"\x05\x00", is_critical=True),)},
    ],
    ids=["no purpose", "could be revoked", "may not sign", "unknown and critical"],
)
def test_who_was_not_entrusted_with_answers_is_not_believed(town, changes):
    assert judged(town, town.person, answered(town, entrusted(town), town.person)) == PASSED
    assert judged(town, town.person, answered(town, entrusted(town, **changes), town.person)) == NO_DATA


def test_a_responder_outside_its_validity_is_not_believed(town):
    responder = entrusted(town)
    late = answered(town, responder, town.person, at=AT + DAY + SECOND)

    assert judged(town, town.person, answered(town, responder, town.person, at=AT + DAY)) == PASSED
    assert judged(town, town.person, late) == NO_DATA


def test_a_responder_of_a_namesake_is_not_believed(town):
    namesake = pki.Authority.create(at=AT - DAY)

    assert (
        judged(town, town.person, answered(town, entrusted(town, authority=namesake), town.person)) == NO_DATA
    )


def test_no_changed_byte_of_what_is_signed_makes_an_answer_pass(town, responder):
    original = answered(town, responder, town.revoked)
    start = original.index(der.encode_generalized(AT))

    for place in range(start, len(original)):
        changed = original[:place] + bytes((original[place] ^ 0x41,)) + original[place + 1 :]

        assert judged_or_unread(town, town.revoked, changed) in (REVOKED, NO_DATA)


def judged_or_unread(town, signer, answer):
    report = verify_certificate(
        signer.certificate, trust=town.trust, ocsps=[answer], at=AT, policy=individual()
    )
    return report.status, report.reasons, report.signers[0].revocation.source


def single(town, identity, *, at=AT, extensions=()):
    said = der.encode(0xA1, der.encode(der.SEQUENCE, *extensions)) if extensions else b""
    moment = der.encode_generalized(at)
    return der.encode(der.SEQUENCE, ocsp_identifier(town, identity), der.encode(0x80), moment, said)


def test_a_responder_that_keeps_ended_certificates_says_since_when(town, responder):
    ended = read(town.expired).not_after

    def answer(since):
        cutoff = issuance.extension(oids.OCSP_ARCHIVE_CUTOFF, der.encode_generalized(since))
        return responder.sign([single(town, town.expired, extensions=[cutoff])], nonce=None, at=AT)

    at = AT - HOUR
    assert judged(town, town.expired, answer(ended), at=at) == PASSED
    assert judged(town, town.expired, answer(ended + SECOND), at=at) == STALE


def test_an_extension_that_has_to_be_understood_and_is_not_makes_an_answer_unreadable(town, responder):
    for is_critical, verdict in ((False, PASSED), (True, NO_DATA)):
        unknown = issuance.extension("1.2.3.4", b"\x05\x00", is_critical=is_critical)
        answer = responder.sign([single(town, town.person, extensions=[unknown])], nonce=None, at=AT)

        assert judged(town, town.person, answer) == verdict


# What comes back from the network is looked at before it is kept.


def test_what_comes_back_to_a_question_is_taken_in(town, responder):
    question = ask(town, town.person)

    received = ocsp.receive(responder.answer(question.encoded, at=AT), to=question, at=AT)

    assert (received.nonce, len(question.nonce)) == (question.nonce, 2 + ocsp.NONCE_BYTES)


def doubt(blob, question, *, at=AT):
    with pytest.raises(ocsp.Unbelievable) as refused:
        ocsp.receive(blob, to=question, at=at)
    return refused.value.doubt


def test_an_answer_given_before_is_not_taken_again(town, responder):
    earlier = answered(town, responder, town.person)

    assert doubt(earlier, ask(town, town.person)) == ocsp.Doubt.OTHER_NONCE


def test_an_answer_without_the_nonce_is_not_taken(town, responder):
    answer = responder.sign([single(town, town.person)], nonce=None, at=AT)

    assert doubt(answer, ask(town, town.person)) == ocsp.Doubt.OTHER_NONCE


def test_an_answer_about_somebody_else_is_not_taken(town, responder):
    asked, other = ask(town, town.person), ask(town, town.other_person)
    answer = responder.answer(other.encoded, at=AT)
    same_nonce = ocsp.Question(asked.encoded, asked.certificate, asked.issuer, other.nonce)

    assert doubt(answer, same_nonce) == ocsp.Doubt.OTHER_CERTIFICATE


def test_an_answer_by_somebody_else_is_not_taken(town):
    question = ask(town, town.person)
    stranger = entrusted(town, purposes=(oids.EMAIL_PROTECTION,))

    assert doubt(stranger.answer(question.encoded, at=AT), question) == ocsp.Doubt.OTHER_RESPONDER


@pytest.mark.parametrize(
    ("made_at", "doubted"),
    [
        (AT + ocsp.CLOCKS_DIFFER + SECOND, ocsp.Doubt.FROM_THE_FUTURE),
        (AT - ocsp.MAX_AGE - SECOND, ocsp.Doubt.STALE),
    ],
)
def test_an_answer_of_another_time_is_not_taken(town, made_at, doubted):
    question = ask(town, town.person)
    responder = Responder(town.authority, town.authority.issuing)

    assert doubt(responder.answer(question.encoded, at=made_at), question) == doubted


def test_an_answer_of_impossible_moments_is_malformed(town, responder):
    with pytest.raises(Malformed):
        Ocsp(responder.sign([single(town, town.person)], nonce=None, at=AT - HOUR))
    with pytest.raises(Malformed):
        Ocsp(answered(town, responder, town.person, until=AT - SECOND))


@pytest.mark.parametrize(("code", "word"), [(1, "malformed_request"), (3, "try_later"), (6, "unauthorized")])
def test_a_responder_that_does_not_answer_says_why(code, word):
    with pytest.raises(ocsp.NoAnswer) as refused:
        Ocsp(der.encode(der.SEQUENCE, der.encode(der.ENUMERATED, bytes((code,)))))

    assert refused.value.word == word


def test_a_question_that_cannot_be_read_is_told_so(responder):
    with pytest.raises(ocsp.NoAnswer) as refused:
        Ocsp(responder.answer(b"0\x03junk", at=AT))

    assert refused.value.word == "malformed_request"


@pytest.mark.parametrize("blob", [b"", b"0", b"\x30\x80", b"\x30\x03\x0a\x01\x00", b"junk"])
def test_bytes_that_are_no_answer_are_said_to_be_malformed(blob):
    with pytest.raises(Malformed):
        Ocsp(blob)


# openssl as the other side.


def lay_out(responder, folder, authority):
    (folder / "ca.pem").write_bytes(authority.issuing.certificate_pem)
    (folder / "root.pem").write_bytes(authority.root.certificate_pem + authority.issuing.certificate_pem)
    (folder / "responder.pem").write_bytes(responder.certificate_pem)
    (folder / "responder.key").write_bytes(responder.key_pem)


@pytest.mark.parametrize("named", [(), ("-resp_key_id",)], ids=["by name", "by key"])
@pytest.mark.parametrize("letter", ["V", "R"])
def test_we_believe_what_openssl_answers(openssl, tmp_path, letter, named):
    now = datetime.now(UTC)
    authority = pki.Authority.create(at=now)
    person, responder = authority.person(AISHA, at=now), authority.responder(at=now)
    lay_out(responder, tmp_path, authority)
    ends, revoked = f"{person.not_after:%y%m%d%H%M%SZ}", f"{now - HOUR:%y%m%d%H%M%SZ},superseded"
    row = [letter, ends, revoked if letter == "R" else "", read(person).serial_text, "unknown", "/CN=P"]
    (tmp_path / "index.txt").write_text("\t".join(row) + "\n")
    question = ocsp.ask(read(person), read(authority.issuing))
    (tmp_path / "question").write_bytes(question.encoded)

    done = openssl(
        *("ocsp", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", "responder.pem"),
        *("-rkey", "responder.key", "-reqin", "question", "-respout", "answer", "-ndays", "1", *named),
    )

    assert done.returncode == 0, done.stderr.decode()
    at = datetime.now(UTC)
    received = ocsp.receive((tmp_path / "answer").read_bytes(), to=question, at=at)
    report = verify_certificate(
        person.certificate,
        trust=Trust.of(*authority.certificates),
        ocsps=[received],
        at=at,
        policy=individual(),
    )
    assert report.reasons == ((Reason.REVOKED,) if letter == "R" else ())


def test_openssl_believes_what_we_answer(openssl, tmp_path):
    now = datetime.now(UTC)
    authority = pki.Authority.create(at=now)
    person, gone = authority.person(AISHA, at=now), authority.person(AISHA, at=now)
    authority.revoke(gone, at=now - HOUR)
    responder = authority.responder(at=now)
    lay_out(responder, tmp_path, authority)

    said = []
    for identity in (person, gone):
        (tmp_path / "person.pem").write_bytes(identity.certificate_pem)
        openssl(
            *("ocsp", "-issuer", "ca.pem", "-sha256", "-cert", "person.pem", "-reqout", "question", "-nonce")
        )
        answer = Responder(authority, responder).answer((tmp_path / "question").read_bytes(), at=now)
        (tmp_path / "answer").write_bytes(answer)
        done = openssl(
            *("ocsp", "-no_nonce", "-issuer", "ca.pem", "-sha256", "-cert", "person.pem"),
            *("-respin", "answer", "-CAfile", "root.pem"),
        )
        said.append((b"Response verify OK" in done.stderr, done.stdout.split(b"\n")[0]))

    assert said == [(True, b"person.pem: good"), (True, b"person.pem: revoked")]
