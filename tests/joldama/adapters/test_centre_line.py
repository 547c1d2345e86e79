"""The line to the certification centre: every wait and every answer has an end."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler

import pytest
from tests.factories.published import Speak, saying, speaking

from joldama.adapters.centre.address import NotAnAddress
from joldama.adapters.centre.line import Line
from joldama.config.ports import free_port
from joldama.signatures.models import Fault
from joldama.signatures.ports import ServiceSilent

LONG, SHORT = 20.0, 0.3
"""Seconds to wait for what comes, and for what does not."""


def fault_of(speak: Speak, *, patience: float = LONG) -> Fault:
    with speaking(speak) as place:
        line = Line(place.address, largest=1000, patience=patience)
        with pytest.raises(ServiceSilent) as silent:
            line.get()
        line.close()
    return silent.value.fault


@pytest.mark.parametrize(
    "address",
    [
        "ftp://127.0.0.1/",
        "127.0.0.1:80",
        "http:///",
        "http://a@127.0.0.1/",
        "http://127.0.0.1:x/",
        "file:///x",
        "",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(NotAnAddress):
        Line(address, largest=1000)


def test_what_is_published_comes_with_its_marks_and_is_asked_for_by_them_again() -> None:
    with speaking(saying(200, b"list", ETag='"7"', Last_Modified="Mon, 14 Sep 2015 04:00:00 GMT")) as place:
        line = Line(place.address, largest=1000)
        received = line.get()
        place.speak = saying(304)
        again = line.get(etag=received.etag, modified=received.modified)
        line.close()

    assert (received.body, received.etag) == (b"list", '"7"')
    assert again.body is None
    headers = place.asked[1][2]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == (
        '"7"',
        "Mon, 14 Sep 2015 04:00:00 GMT",
    )


def test_a_question_is_posted_as_what_it_is() -> None:
    with speaking(saying(200, b"answer", Content_Type="application/ocsp-response")) as place:
        line = Line(place.address, largest=1000)
        given = line.post(b"question", kind="application/ocsp-request")
        line.close()

    method, _path, headers, body = place.asked[0]
    assert (given, method, headers["Content-Type"], body) == (
        b"answer",
        "POST",
        "application/ocsp-request",
        b"question",
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (500, Fault.FAILING),
        (503, Fault.FAILING),
        (429, Fault.FAILING),
        (404, Fault.REFUSES),
        (302, Fault.REFUSES),
        (204, Fault.REFUSES),
    ],
)
def test_another_status_is_no_answer(status: int, expected: Fault) -> None:
    assert fault_of(saying(status, Location="http://10.0.0.1/")) == expected


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/plain", "application/json"])
def test_a_page_of_a_server_in_between_is_no_answer(kind: str) -> None:
    assert fault_of(saying(200, b"<html></html>", Content_Type=kind)) == Fault.NOT_UNDERSTOOD


def test_what_is_packed_is_not_unpacked() -> None:
    packed = gzip.compress(b"0" * 100_000)

    assert fault_of(saying(200, packed, Content_Encoding="gzip")) == Fault.NOT_UNDERSTOOD


def test_an_answer_without_end_is_not_kept() -> None:
    assert fault_of(saying(200, b"x" * 1001)) == Fault.TOO_LARGE


def test_nobody_listening_is_a_silence() -> None:
    line = Line(f"http://127.0.0.1:{free_port()}/", largest=1000, patience=LONG)

    with pytest.raises(ServiceSilent) as silent:
        line.get()
    line.close()
    assert silent.value.fault == Fault.SILENT


def test_a_connection_kept_without_a_word_is_a_silence() -> None:
    over = threading.Event()

    assert fault_of(lambda handler: over.wait(5) and None, patience=SHORT) == Fault.SILENT
    over.set()


def test_an_answer_that_drips_is_a_silence() -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        saying(200, Content_Length="100")(handler)
        while not over.wait(SHORT / 10):
            handler.wfile.write(b"x")

    assert fault_of(drip, patience=SHORT) == Fault.SILENT
    over.set()


def test_an_answer_cut_off_is_a_silence() -> None:
    assert fault_of(saying(200, b"lis", Content_Length="100")) == Fault.SILENT


def test_no_proxy_of_the_environment_gets_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    with speaking(saying(200, b"list")) as place:
        line = Line(place.address, largest=1000)
        assert line.get().body == b"list"
        line.close()
