"""The line to the gateway: every wait has an end, and nothing leaves this machine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from govkz.gateway import LARGEST
from joldama.adapters.shep.address import NotOnThisMachine, require_loopback
from joldama.adapters.shep.line import Line
from joldama.config.ports import free_port
from joldama.registries.models import Ended
from joldama.registries.ports import RegisterSilent

LONG, SHORT = 20.0, 0.3
"""Seconds to wait for what comes, and for what does not."""


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8090/", "http://127.9.9.9/", "https://localhost/shep", "http://[::1]:8090/"],
)
def test_an_address_of_this_machine_is_taken(address: str) -> None:
    assert require_loopback(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/",
        "http://shep.example.kz/",
        "http://localhost.example.kz/",
        "http://127.0.0.1@10.0.0.1/",
        "http://0.0.0.0/",
        "http://127.0.0.1:port/",
        "ftp://127.0.0.1/",
        "127.0.0.1:8090",
        "http://[::1",
        "http:///",
        "",
    ],
)
def test_every_other_address_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(NotOnThisMachine):
        require_loopback(address)
    with pytest.raises(NotOnThisMachine):
        Line(address)


Speak = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def speaking(speak: Speak, *, patience: float = LONG) -> Iterator[Line]:
    """Lend a line to a server that says what a test has it say."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            speak(self)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who left early is no fault
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    line = Line(f"http://127.0.0.1:{server.server_port}/", patience=patience)
    try:
        yield line
    finally:
        line.close()
        server.shutdown()
        server.server_close()


def saying(status: int, body: bytes = b"", **headers: str) -> Speak:
    def speak(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return speak


def ended(speak: Speak, *, patience: float = LONG) -> Ended:
    with speaking(speak, patience=patience) as line, pytest.raises(RegisterSilent) as silent:
        line.send(b"<x/>")
    return silent.value.ended


@pytest.mark.parametrize("status", [200, 500])
def test_a_message_and_a_fault_are_given_as_they_came(status: int) -> None:
    with speaking(saying(status, b"<answer/>")) as line:
        assert [line.send(b"<x/>"), line.send(b"<x/>")] == [b"<answer/>", b"<answer/>"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (502, Ended.SILENT),
        (503, Ended.SILENT),
        (429, Ended.SILENT),
        (403, Ended.REJECTED),
        (404, Ended.REJECTED),
        (302, Ended.REJECTED),
        (204, Ended.REJECTED),
    ],
)
def test_another_status_is_no_answer(status: int, expected: Ended) -> None:
    assert ended(saying(status, Location="http://10.0.0.1/")) == expected


def test_nobody_listening_is_a_silence() -> None:
    line = Line(f"http://127.0.0.1:{free_port()}/", patience=LONG)

    with pytest.raises(RegisterSilent) as silent:
        line.send(b"<x/>")
    line.close()
    assert silent.value.ended == Ended.SILENT


def test_a_connection_kept_without_a_word_is_a_silence() -> None:
    over = threading.Event()

    assert ended(lambda handler: over.wait(5) and None, patience=SHORT) == Ended.SILENT
    over.set()


def test_an_answer_that_drips_is_a_silence() -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        saying(200, **{"Content-Length": "100"})(handler)
        while not over.wait(SHORT / 10):
            handler.wfile.write(b"x")

    assert ended(drip, patience=SHORT) == Ended.SILENT
    over.set()


def test_an_answer_cut_off_is_a_silence() -> None:
    assert ended(saying(200, b"<ans", **{"Content-Length": "100"})) == Ended.SILENT


def test_an_answer_without_end_is_not_kept() -> None:
    assert ended(saying(200, b"x" * (LARGEST + 1))) == Ended.NOT_UNDERSTOOD


def test_no_proxy_of_the_environment_gets_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)

    with speaking(saying(200, b"<answer/>")) as line:
        assert line.send(b"<x/>") == b"<answer/>"
