"""Asked over HTTP, the responder and the stamper answer this question, or there is no answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from tests.factories import pki
from tests.factories.published import Place, Speak, saying, speaking

from govkz.eds import Ocsp, timestamps
from govkz.eds.pki import Authority
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper
from joldama.adapters.centre.responder import HttpResponder
from joldama.adapters.centre.stamper import HttpStamper
from joldama.signatures.models import Fault
from joldama.signatures.ports import ServiceSilent

AT = datetime(2015, 9, 14, 4, 0, tzinfo=UTC)
SIGNATURE = b"the value of a signature"
Answer = Callable[[bytes], bytes]


def answering(place: Place, answer: Answer, kind: str) -> Speak:
    """Answer each question with what is reckoned from it."""

    def speak(handler: BaseHTTPRequestHandler) -> None:
        saying(200, answer(place.asked[-1][3]), Content_Type=kind)(handler)

    return speak


def ocsp(answer: Answer | Speak, *, is_speak: bool = False) -> bytes:
    person, issuer = pki.person("900115267840"), pki.authority().issuing
    with speaking(saying(500)) as place:
        place.speak = answer if is_speak else answering(place, answer, "application/ocsp-response")
        responder = HttpResponder(place.address, patience=5)
        try:
            return responder.ask(person.certificate, issuer.certificate, at=AT)
        finally:
            responder.close()


def stamp(answer: Answer, *, policy: str = "") -> bytes:
    with speaking(saying(500)) as place:
        place.speak = answering(place, answer, "application/timestamp-reply")
        stamper = HttpStamper(place.address, policy=policy, patience=5)
        try:
            return stamper.stamp(SIGNATURE, at=AT)
        finally:
            stamper.close()


def genuine(question: bytes, *, at: datetime = AT) -> bytes:
    return Responder(pki.authority(), pki.responder()).answer(question, at=at)


def stamped(query: bytes, *, at: datetime = AT) -> bytes:
    return Stamper(pki.stamper()).answer(query, at=at)


def test_an_answer_to_the_question_is_given_as_it_came() -> None:
    assert len(Ocsp(ocsp(genuine)).answers) == 1


def test_an_answer_to_another_question_is_not_believed() -> None:
    """Repeated: the nonce is another's."""
    seen: list[bytes] = []

    def repeated(question: bytes) -> bytes:
        seen.append(genuine(question))
        return seen[0]

    ocsp(repeated)
    with pytest.raises(ServiceSilent) as silent:
        ocsp(repeated)
    assert silent.value.fault == Fault.NOT_BELIEVED


def test_an_answer_of_a_stranger_is_not_believed() -> None:
    stranger = Authority.create(at=pki.FROM, until=pki.UNTIL)
    theirs = Responder(pki.authority(), stranger.responder(at=pki.FROM, until=pki.UNTIL))

    with pytest.raises(ServiceSilent) as silent:
        ocsp(lambda question: theirs.answer(question, at=AT))
    assert silent.value.fault == Fault.NOT_BELIEVED


@pytest.mark.parametrize("shift", [timedelta(days=-2), timedelta(hours=1)])
def test_an_answer_of_another_time_is_not_believed(shift: timedelta) -> None:
    with pytest.raises(ServiceSilent) as silent:
        ocsp(lambda question: genuine(question, at=AT + shift))
    assert silent.value.fault == Fault.NOT_BELIEVED


@pytest.mark.parametrize(
    ("status", "fault"), [(3, Fault.FAILING), (2, Fault.FAILING), (6, Fault.REFUSES), (1, Fault.REFUSES)]
)
def test_a_responder_that_says_no_has_not_answered(status: int, fault: Fault) -> None:
    with pytest.raises(ServiceSilent) as silent:
        ocsp(lambda question: b"\x30\x03\x0a\x01" + bytes([status]))
    assert silent.value.fault == fault


@pytest.mark.parametrize("garbage", [b"", b"garbage", b"\x30\x80", b"\x30\x03\x0a\x01\x00"])
def test_garbage_is_no_answer(garbage: bytes) -> None:
    for asked in (ocsp, stamp):
        with pytest.raises(ServiceSilent) as silent:
            asked(lambda question: garbage)
        assert silent.value.fault == Fault.NOT_UNDERSTOOD


def test_a_page_instead_of_an_answer_is_no_answer() -> None:
    with pytest.raises(ServiceSilent) as silent:
        ocsp(saying(200, b"<html>", Content_Type="text/html"), is_speak=True)
    assert silent.value.fault == Fault.NOT_UNDERSTOOD


def test_a_stamp_over_the_signature_is_given() -> None:
    token = timestamps.read(stamp(stamped))

    assert (token.at, token.is_over(SIGNATURE)) == (AT, True)


@pytest.mark.parametrize("shift", [timedelta(hours=-1), timedelta(hours=1)])
def test_a_stamp_of_another_time_is_not_believed(shift: timedelta) -> None:
    with pytest.raises(ServiceSilent) as silent:
        stamp(lambda query: stamped(query, at=AT + shift))
    assert silent.value.fault == Fault.NOT_BELIEVED


def test_a_stamp_over_other_bytes_is_not_believed() -> None:
    other = timestamps.ask(b"the value of another signature")

    with pytest.raises(ServiceSilent) as silent:
        stamp(lambda query: stamped(other.encoded))
    assert silent.value.fault == Fault.NOT_BELIEVED


def test_an_authority_that_stamps_under_another_policy_refuses() -> None:
    with pytest.raises(ServiceSilent) as silent:
        stamp(stamped, policy="1.2.398.3.3.2.6.1")
    assert silent.value.fault == Fault.REFUSES
