"""The demonstration's phone: it makes the three calls, shows what they say, and sends what it signed."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from lxml import html

from govkz.eds import Trust, individual, verify_cms
from govkz.eds.keep import Keep
from govkz.eds.pki import Authority, Person
from joldama.demo.people import demo_people
from joldama.demo.phone.calls import Calls
from joldama.demo.phone.server import Settings, make_server
from joldama.demo.signer.keys import Keys

MOMENT = datetime(2026, 3, 17, 5, 0, tzinfo=UTC)
APPLICANT = demo_people().applicant("citizen-card")
DOCUMENT = f"<application><iin>{APPLICANT.iin}</iin></application>".encode()


@dataclass
class Portal:
    """What answers the phone; `put` are the bodies it was sent."""

    origin: str = ""
    invitation: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, Any] = field(default_factory=dict)
    answer: tuple[int, Any] = (200, [])
    put: list[dict[str, Any]] = field(default_factory=list)

    @property
    def code(self) -> str:
        return f"mobileSign:{self.origin}/mobile/t/mgovSign"


@pytest.fixture
def portal() -> Iterator[Portal]:
    made = Portal()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(200, made.invitation if self.path.endswith("mgovSign") else made.asked)

        def do_PUT(self) -> None:
            made.put.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._say(*made.answer)

        def _say(self, status: int, value: Any) -> None:
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the library's name

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        made.origin = f"http://127.0.0.1:{port}"
        made.invitation = {
            "description": "Өтініш",
            "expiry_date": "2026-03-17T10:10:00.000+05:00",
            "organisation": {"nameRu": "Управление", "nameKz": "Басқарма", "nameEn": "Office", "bin": ""},
            "document": {"uri": f"{made.origin}/mobile/t/document", "auth_type": "None", "auth_token": ""},
        }
        made.asked = {
            "signMethod": "CMS_WITH_DATA",
            "documentsToSign": [
                {
                    "id": 1,
                    "nameRu": "Заявление",
                    "nameKz": "Өтініш",
                    "nameEn": "Application",
                    "meta": [{"name": "Сан", "value": "47"}],
                    "document": {"file": {"mime": "", "data": base64.b64encode(DOCUMENT).decode()}},
                }
            ],
        }
        yield made


@dataclass
class Phone:
    address: str
    authority: Authority
    crl: bytes

    def scan(self, code: str) -> httpx.Response:
        form = {"code": code}
        return httpx.post(f"{self.address}/scan?language=ru", data=form, follow_redirects=True)

    def press(self, page: httpx.Response, **fields: str) -> httpx.Response:
        return httpx.post(self.address + html.fromstring(page.text).forms[0].get("action"), data=fields)


@pytest.fixture
def phone(tmp_path: Path, portal: Portal) -> Iterator[Phone]:
    keep = Keep(tmp_path / "demo-pki")
    authority = Authority.create(at=MOMENT)
    keep.save(authority)
    person = Person(APPLICANT.surname, APPLICANT.given_name, APPLICANT.iin)
    keep.save_identity(APPLICANT.slug, authority.person(person, at=MOMENT))
    with ExitStack() as closing:
        calls = closing.enter_context(Calls(portal.origin))
        settings = Settings(url="http://localhost", now=lambda: MOMENT)
        port = closing.enter_context(serving(make_server(settings, Keys(keep.folder), calls, port=0)))
        yield Phone(f"http://127.0.0.1:{port}", authority, authority.crl(at=MOMENT))


class serving:  # noqa: N801 - a context manager reads as a verb
    """Serve in a thread until left; gives the port."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self._server = server

    def __enter__(self) -> int:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return int(self._server.server_address[1])

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def said(page: httpx.Response) -> str:
    return " ".join(html.fromstring(page.text).cssselect("main")[0].text_content().split())


def test_the_phone_shows_what_the_portal_says_and_sends_the_signed_document_in_its_place(
    phone: Phone, portal: Portal
) -> None:
    shown = phone.scan(portal.code)
    done = phone.press(shown, answer="sign", key=APPLICANT.slug)

    for told in ("Управление", "Заявление", "Сан", "47", APPLICANT.iin):
        assert told in said(shown)
    assert html.fromstring(shown.text).cssselect("option")[0].get("value") == APPLICANT.slug
    assert done.status_code == 200
    sent = portal.put[0]
    cms = base64.b64decode(sent["documentsToSign"][0]["document"]["file"].pop("data"))
    portal.asked["documentsToSign"][0]["document"]["file"].pop("data")
    assert sent == portal.asked
    judged = verify_cms(
        cms,
        trust=Trust.of(*phone.authority.certificates),
        crls=[phone.crl],
        at=MOMENT,
        policy=individual(APPLICANT.iin),
    )
    assert (judged.report.status, judged.content) == ("passed", DOCUMENT)


def test_what_the_portal_refuses_is_said_and_may_be_tried_again(phone: Phone, portal: Portal) -> None:
    shown = phone.scan(portal.code)
    portal.answer = (403, {"message": "Подпись другого человека."})

    refused = phone.press(shown, answer="sign", key=APPLICANT.slug)
    portal.answer = (200, [])

    assert "Подпись другого человека." in said(refused)
    assert phone.press(refused, answer="sign", key=APPLICANT.slug).status_code == 200
    assert phone.press(refused, answer="sign", key=APPLICANT.slug).status_code == 404


def test_whoever_calls_it_off_sends_nothing(phone: Phone, portal: Portal) -> None:
    assert phone.press(phone.scan(portal.code), answer="cancel").status_code == 200
    assert portal.put == []


def test_a_key_nobody_holds_sends_nothing(phone: Phone, portal: Portal) -> None:
    assert phone.press(phone.scan(portal.code), answer="sign", key="nobody").status_code == 400
    assert portal.put == []


@pytest.mark.parametrize(
    "code", ["", "https://example.org/", "mobileSign:https://example.org/x", "mobileSign:" + "x" * 600]
)
def test_a_code_of_another_portal_is_not_called(phone: Phone, code: str) -> None:
    answer = phone.scan(code)

    assert answer.status_code == 400
    assert html.fromstring(answer.text).cssselect("[role=alert]")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda portal: portal.invitation.clear(),
        lambda portal: portal.invitation.update(document=None),
        lambda portal: portal.invitation["document"].update(uri="https://example.org/"),
        lambda portal: portal.invitation.update(organisation={}),
        lambda portal: portal.asked.update(documentsToSign=[]),
        lambda portal: portal.asked["documentsToSign"][0].update(document={"file": {"data": "?"}}),
        lambda portal: portal.asked["documentsToSign"][0].pop("nameKz"),
    ],
)
def test_answers_that_are_not_whole_are_said(
    phone: Phone, portal: Portal, spoil: Callable[[Portal], Any]
) -> None:
    spoil(portal)

    assert phone.scan(portal.code).status_code == 400


def test_a_silent_portal_is_said(phone: Phone, portal: Portal) -> None:
    gone = portal.code.replace("/mobile/", ":1/mobile/").replace(portal.origin, "http://127.0.0.1")

    assert phone.scan(gone).status_code == 400


def test_another_page_does_not_press_its_buttons(phone: Phone, portal: Portal) -> None:
    foreign = httpx.post(
        f"{phone.address}/scan", data={"code": portal.code}, headers={"Origin": "https://example.org"}
    )

    assert foreign.status_code == 403
