"""The demo signer stands for NCALayer: its protocol, whose pages it takes, what its window asks and answers."""

import base64
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import httpx
import pytest
from lxml import html
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from govkz.eds import Trust, any_signer, individual, verify_cms
from govkz.eds.keep import Keep
from govkz.eds.pki import Authority, Person
from joldama.demo.people import demo_people
from joldama.demo.signer import protocol
from joldama.demo.signer.exchange import open_exchange
from joldama.demo.signer.keys import Keys
from joldama.demo.signer.requests import Requests, digest_of
from joldama.demo.signer.server import Settings, make_server
from joldama.standard.roles import Role
from joldama.ui.ncalayer import Signer, sign_request

MOMENT = datetime(2026, 3, 17, 5, 0, tzinfo=UTC)
ORIGIN = "http://localhost:8000"
APPLICANT = demo_people().applicant("citizen-card")
DOCUMENT = f"<application><iin>{APPLICANT.iin}</iin></application>".encode()


@dataclass
class Machine:
    """A person's computer on which the signer runs: its socket, its pages, the centre of its keys."""

    address: str
    pages: str
    authority: Authority
    crl: bytes

    def line(self, origin: str = ORIGIN) -> ClientConnection:
        return connect(self.address, origin=origin, proxy=None)

    def window(self, document: bytes = DOCUMENT) -> html.HtmlElement:
        page = httpx.get(f"{self.pages}/window", params={"document": digest_of(document), "language": "ru"})
        return html.fromstring(page.raise_for_status().text)

    def answer(self, window: html.HtmlElement, **fields: str) -> httpx.Response:
        return httpx.post(self.pages + window.forms[0].get("action"), data=fields)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    keep = Keep(tmp_path / "demo-pki")
    authority = Authority.create(at=MOMENT)
    keep.save(authority)
    person = Person(APPLICANT.surname, APPLICANT.given_name, APPLICANT.iin)
    keep.save_identity(APPLICANT.slug, authority.person(person, at=MOMENT))
    requests = Requests()
    with ExitStack() as closing:
        exchange = open_exchange(port=0, origin=ORIGIN, requests=requests)
        closing.callback(exchange.shutdown)
        Thread(target=exchange.serve_forever, daemon=True).start()
        settings = Settings(port=0, origin=ORIGIN, now=lambda: MOMENT)
        server = closing.enter_context(make_server(settings, Keys(keep.folder), requests))
        closing.callback(server.shutdown)
        Thread(target=server.serve_forever, daemon=True).start()
        yield Machine(
            address=f"ws://127.0.0.1:{exchange.socket.getsockname()[1]}/",
            pages=f"http://127.0.0.1:{server.server_address[1]}",
            authority=authority,
            crl=authority.crl(at=MOMENT),
        )


def request(document: bytes = DOCUMENT, **wishes: object) -> str:
    asked = sign_request(Signer.PERSON, language="ru", has_timestamp=False, takes_tests=True)
    asked["args"]["data"] = base64.b64encode(document).decode()
    asked["args"].update(wishes)
    return json.dumps(asked)


def told(line: ClientConnection) -> object:
    return json.loads(line.recv(5))


def test_a_page_is_greeted_asks_and_gets_what_the_person_signed_in_the_window(machine: Machine) -> None:
    with machine.line() as line:
        greeting = told(line)
        line.send(request())
        window = machine.window()
        machine.answer(window, answer="sign", key=APPLICANT.slug)
        answer = told(line)

    assert greeting == {"result": {"version": "1.4"}}
    assert answer.keys() == {"body", "status"} and answer["status"] is True
    pem = answer["body"]["result"]
    assert pem.startswith("-----BEGIN CMS-----\n")
    verified = verify_cms(
        pem.encode(),
        trust=Trust.of(*machine.authority.certificates),
        crls=[machine.crl],
        at=MOMENT,
        policy=individual(APPLICANT.iin),
    )
    assert (verified.report.status, verified.content) == ("passed", DOCUMENT)


def test_the_window_shows_the_document_and_proposes_the_key_of_whom_it_names(machine: Machine) -> None:
    with machine.line() as line:
        line.send(request())
        window = machine.window()

    assert window.cssselect("pre")[0].text == DOCUMENT.decode()
    options = [option.get("value") for option in window.cssselect("option")]
    assert options[0] == APPLICANT.slug
    assert "astana-head" not in options


def test_an_official_is_offered_the_keys_of_organisations_only(machine: Machine) -> None:
    asked = sign_request(Signer.OFFICIAL, language="kk", has_timestamp=False, takes_tests=True)
    document = base64.b64encode(DOCUMENT).decode()
    with machine.line() as line:
        line.send(json.dumps({**asked, "args": {**asked["args"], "data": document}}))
        options = {option.get("value") for option in machine.window().cssselect("option")}

    officials = {s.key for s in demo_people().staff if s.office and s.role in (Role.HEAD, Role.DEPUTY)}
    assert options == officials


def test_test_keys_are_offered_to_a_page_that_takes_them_only(machine: Machine) -> None:
    asked = sign_request(Signer.PERSON, language="ru", has_timestamp=False, takes_tests=False)
    document = base64.b64encode(DOCUMENT).decode()
    with machine.line() as line:
        line.send(json.dumps({**asked, "args": {**asked["args"], "data": document}}))
        options = machine.window().cssselect("option")

    assert options == []


def test_a_person_who_cancels_leaves_an_answer_without_a_result(machine: Machine) -> None:
    with machine.line() as line:
        told(line)
        line.send(request())
        machine.answer(machine.window(), answer="cancel")
        answer = told(line)

    assert answer == {"body": {}, "status": True}


def test_a_detached_signature_is_made_where_it_is_asked_for(machine: Machine) -> None:
    with machine.line() as line:
        told(line)
        line.send(request(signingParams={"decode": True, "encapsulate": False, "digested": False}))
        machine.answer(machine.window(), answer="sign", key=APPLICANT.slug)
        pem = told(line)["body"]["result"]

    judged = verify_cms(
        pem.encode(),
        trust=Trust.of(*machine.authority.certificates),
        crls=[machine.crl],
        at=MOMENT,
        policy=any_signer(),
    )
    assert judged.report.reasons == ("content_missing",)


def test_a_time_stamp_of_the_demonstrations_centre_is_made_where_it_is_asked_for(machine: Machine) -> None:
    signing = {"decode": True, "encapsulate": True, "digested": False, "tsaProfile": {}}
    with machine.line() as line:
        told(line)
        line.send(request(signingParams=signing))
        machine.answer(machine.window(), answer="sign", key=APPLICANT.slug)
        pem = told(line)["body"]["result"]

    judged = verify_cms(
        pem.encode(),
        trust=Trust.of(*machine.authority.certificates),
        crls=[machine.crl],
        at=MOMENT,
        policy=individual(APPLICANT.iin),
    )
    assert (judged.report.status, judged.report.signers[0].timestamp) == ("passed", MOMENT)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("no JSON", "INVOCATION_ERROR"),
        ("[]", "INVOCATION_ERROR"),
        (request(signingParams=555), "INVOCATION_ERROR"),
        (request(data="!"), "INVOCATION_ERROR"),
        (request(format="xml"), "INVOCATION_ERROR"),
        (json.dumps({"module": "kz.gov.pki.knca.commonUtils", "method": "getActiveTokens"}), None),
    ],
)
def test_what_is_not_understood_is_answered_as_ncalayer_does(
    machine: Machine, message: str, code: str | None
) -> None:
    with machine.line() as line:
        told(line)
        line.send(message)

        answer = told(line)

    assert answer.get("code") == code
    assert answer.get("status") is (False if code else None)


def test_a_second_request_is_turned_away_while_the_first_waits(machine: Machine) -> None:
    with machine.line() as line:
        told(line)
        line.send(request())
        line.send(request(b"<other/>"))
        turned_away = told(line)
        machine.answer(machine.window(), answer="cancel")
        answer = told(line)

    assert (turned_away["code"], answer) == ("GENERAL_ERROR", {"body": {}, "status": True})


def test_a_page_of_another_origin_is_not_spoken_to(machine: Machine) -> None:
    for origin in ("http://localhost:8001", "https://example.org", None):
        with pytest.raises(InvalidStatus), machine.line(origin):  # type: ignore[arg-type]
            pass


def test_a_request_whose_page_has_left_can_no_longer_be_answered(machine: Machine) -> None:
    with machine.line() as line:
        told(line)
        line.send(request())
        window = machine.window()
    with pytest.raises(ConnectionClosed):
        line.recv(1)

    assert machine.answer(window, answer="sign", key=APPLICANT.slug).status_code in (404, 410)


def test_a_key_that_is_none_is_asked_for_again(machine: Machine) -> None:
    with machine.line() as line:
        told(line)
        line.send(request())
        answered = machine.answer(machine.window(), answer="sign", key="nobody")

    assert answered.status_code == 400
    assert html.fromstring(answered.text).cssselect("#key")


def test_the_window_stands_on_the_portals_pages_only(machine: Machine) -> None:
    page = httpx.get(f"{machine.pages}/")

    assert page.headers["Content-Security-Policy"].endswith(f"frame-ancestors {ORIGIN}")
    assert "Access-Control-Allow-Origin" not in page.headers


@pytest.mark.parametrize(
    ("answer", "shape"),
    [
        (protocol.signed(b"-----BEGIN CMS-----\n"), {"body": {"result": str}, "status": bool}),
        (protocol.CANCELLED, {"body": {}, "status": bool}),
        (protocol.failed("why"), {"code": str, "details": str, "message": str, "status": bool}),
    ],
)
def test_answers_have_the_shapes_of_the_protocol(answer: str, shape: dict[str, object]) -> None:
    assert _shape(json.loads(answer)) == shape


def _shape(value: object) -> object:
    return {name: _shape(one) for name, one in value.items()} if isinstance(value, dict) else type(value)


@pytest.mark.parametrize(
    ("fault", "is_reported"),
    [(BrokenPipeError(), False), (ConnectionResetError(), False), (ValueError(), True)],
)
def test_only_faults_of_its_own_are_reported(
    fault: Exception, is_reported: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(port=0, origin="http://localhost", now=lambda: MOMENT)
    with make_server(settings, Keys(tmp_path), Requests()) as server:
        try:
            raise fault
        except Exception:
            server.handle_error(None, ("127.0.0.1", 1))

    assert ("Traceback" in capsys.readouterr().err) is is_reported
