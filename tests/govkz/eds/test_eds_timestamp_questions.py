"""A time stamp is asked for and taken in; openssl stamps for us and believes what we stamp."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.govkz.eds.town import AISHA, AT

from govkz.eds import Malformed, Status, Trust, amending, individual, oids, pki, timestamps, verify_cms
from govkz.eds.stamping import Stamper

CONTENT = b"content"
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture(scope="module")
def stamper(town):
    return Stamper(town.authority.stamper(at=AT))


def test_what_comes_back_to_a_question_is_taken_in(stamper):
    query = timestamps.ask(b"signature", policy=oids.TSA_RSA)

    received = timestamps.receive(stamper.answer(query.encoded, at=AT), to=query, at=AT)

    assert (received.at, received.policy, received.is_over(b"signature")) == (AT, oids.TSA_RSA, True)


@pytest.mark.parametrize(
    ("asked", "doubt"),
    [
        (timestamps.ask(b"other", nonce=1), timestamps.Doubt.OTHER_IMPRINT),
        (timestamps.ask(b"signature", nonce=2), timestamps.Doubt.OTHER_NONCE),
        (
            timestamps.ask(b"signature", algorithm=oids.SHA256, nonce=1, policy=oids.TSA_GOST_2015),
            timestamps.Doubt.OTHER_POLICY,
        ),
        (timestamps.ask(b"signature", nonce=1, algorithm=oids.SHA512), timestamps.Doubt.OTHER_IMPRINT),
    ],
    ids=["other bytes", "given before", "other policy", "other digest"],
)
def test_a_stamp_for_another_question_is_not_taken(stamper, asked, doubt):
    given = stamper.answer(timestamps.ask(b"signature", nonce=1).encoded, at=AT)

    with pytest.raises(timestamps.Unbelievable) as refused:
        timestamps.receive(given, to=asked, at=AT)

    assert refused.value.doubt == doubt


@pytest.mark.parametrize("off", [-timestamps.CLOCKS_DIFFER - SECOND, timestamps.CLOCKS_DIFFER + SECOND])
def test_a_stamp_of_another_time_is_not_taken(stamper, off):
    query = timestamps.ask(b"signature")

    with pytest.raises(timestamps.Unbelievable) as refused:
        timestamps.receive(stamper.answer(query.encoded, at=AT + off), to=query, at=AT)

    assert refused.value.doubt == timestamps.Doubt.OTHER_TIME


@pytest.mark.parametrize(
    "query", [b"junk", timestamps.ask(b"x", policy="1.2.3").encoded], ids=["junk", "another policy"]
)
def test_an_authority_that_gives_no_stamp_says_so(stamper, query):
    with pytest.raises(timestamps.Rejected) as refused:
        timestamps.receive(stamper.answer(query, at=AT), to=timestamps.ask(b"x"), at=AT)

    assert refused.value.word == "rejection"


@pytest.mark.parametrize("blob", [b"", b"0", b"\x30\x80", b"junk", b"\x30\x05\x30\x03\x02\x01\x00"])
def test_bytes_that_are_no_answer_are_said_to_be_malformed(blob):
    with pytest.raises(Malformed):
        timestamps.receive(blob, to=timestamps.ask(b"x"), at=AT)
    with pytest.raises(Malformed):
        timestamps.read(blob)


# openssl as the other side.

_TSA = """
[ tsa ]
default_tsa = ours
[ ours ]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
other_policies = 1.2.398.3.3.2.6.2
digests = sha256, sha512
ess_cert_id_chain = no
ess_cert_id_alg = {digest}
clock_precision_digits = 3
accuracy = secs:1
"""


@pytest.mark.parametrize("digest", ["sha1", "sha256"])
def test_we_believe_what_openssl_stamps(openssl, tmp_path, digest):
    now = datetime.now(UTC)
    authority = pki.Authority.create(at=now)
    person, tsa = authority.person(AISHA, at=now), authority.stamper(at=now)
    (tmp_path / "tsa.pem").write_bytes(tsa.certificate_pem)
    (tmp_path / "tsa.key").write_bytes(tsa.key_pem)
    (tmp_path / "tsa.conf").write_text(_TSA.format(digest=digest))
    message = person.sign(CONTENT, at=now)
    query = timestamps.ask(amending.signatures_in(message)[0], policy=oids.TSA_RSA)
    (tmp_path / "query").write_bytes(query.encoded)

    done = openssl("ts", "-reply", "-config", "tsa.conf", "-queryfile", "query", "-out", "answer")

    assert done.returncode == 0, done.stderr.decode()
    received = timestamps.receive((tmp_path / "answer").read_bytes(), to=query, at=datetime.now(UTC))
    trust, crl = Trust.of(*authority.certificates), authority.crl(at=now)

    def told(blob):
        later = person.not_after + DAY
        report = verify_cms(blob, trust=trust, crls=[crl], at=later, policy=individual()).report
        return report.status, report.signers[0].timestamp

    assert told(message) == (Status.FAILED, None)
    assert told(amending.add_timestamp(message, received.encoded)) == (Status.PASSED, received.at)


def test_openssl_believes_what_we_stamp(openssl, tmp_path):
    now = datetime.now(UTC)
    authority = pki.Authority.create(at=now)
    (tmp_path / "ca.pem").write_bytes(authority.root.certificate_pem + authority.issuing.certificate_pem)
    (tmp_path / "data").write_bytes(b"signature")
    done = openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query")
    assert done.returncode == 0, done.stderr.decode()
    answer = Stamper(authority.stamper(at=now)).answer((tmp_path / "query").read_bytes(), at=now)
    (tmp_path / "answer").write_bytes(answer)
    check = ("ts", "-verify", "-queryfile", "query", "-CAfile", "ca.pem", "-in")

    said = openssl(*check, "answer")

    assert (said.returncode, said.stdout) == (0, b"Verification: OK\n"), said.stderr.decode()
    (tmp_path / "other").write_bytes(answer[:-1] + bytes((answer[-1] ^ 1,)))
    assert openssl(*check, "other").returncode != 0
