"""Signing through NCALayer in a real browser: what a real program answers, and what happens when it does not."""

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from govkz.eds.keep import Keep
from govkz.eds.pki import Person
from joldama.config import launch, ports
from joldama.demo.people import DemoApplicant
from joldama.demo.signer.clock import signer_offset
from joldama.standard.words import part
from tests.stories.browser import ncalayer
from tests.stories.browser.house import House, started, wait_until
from tests.stories.browser.ncalayer import NcaLayer
from tests.stories.browser.walk import Walker, answer_questions

pytestmark = pytest.mark.browser

CHECK = "/apply/check/"
OFFICE = {"kk": "Астана қаласының", "ru": "Астаны", "en": "Astana"}


@pytest.fixture(scope="module")
def front(house: House) -> Iterator[tuple[House, NcaLayer]]:
    """The house behind a second web server, whose pages know an NCALayer and no demo signer."""
    port, program_port = ports.free_port(), ports.free_port()
    program = NcaLayer(house, port=program_port)
    environment = {
        **house.environment,
        "JOLDAMA_ORIGIN": f"http://localhost:{port}",
        "JOLDAMA_NCALAYER": program.address,
        "JOLDAMA_SIGNER_URL": "",
    }
    web = started(launch.web(port=port, log=house.home / "log" / "web-ncalayer.log", workers=1), environment)
    try:
        wait_until(lambda: ports.answers(port, "/healthz"))
        yield dataclasses.replace(house, origin=environment["JOLDAMA_ORIGIN"], sessions={}), program
    finally:
        launch.end(web)


@pytest.fixture
def program(front: tuple[House, NcaLayer]) -> Iterator[NcaLayer]:
    """NCALayer, which runs and signs with the key a story names."""
    made = front[1]
    made.start()
    made.asked.clear()
    made.greeting = ncalayer.GREETING
    yield made
    made.stop()


@pytest.fixture
def visitor(front: tuple[House, NcaLayer], chromium: Browser) -> Iterator[Callable[..., Walker]]:
    """Make people before the second web server: `visitor(language="ru")`."""
    walking: list[Walker] = []

    def made(**wishes: Any) -> Walker:
        walking.append(Walker(chromium, front[0], **wishes))
        return walking[-1]

    yield made
    for one in walking:
        one.leave()
    assert [said for one in walking for said in one.complaints] == []


def press_sign(person: Walker) -> None:
    person.button("action.sign_demo").click()


def told(person: Walker, state: str) -> None:
    """See the sentence of a state, in its place and nowhere else."""
    expect(person.page.locator(f"form[data-state={state}] .signing__state")).to_be_visible()


def says(person: Walker, key: str) -> None:
    first = part(key, person.language, 0)
    expect(person.page.locator(".signing__state strong")).to_have_text(first, use_inner_text=True)


def come_in(person: Walker, applicant: DemoApplicant, program: NcaLayer) -> None:
    """Sign in, and answer every question up to the page that is signed."""
    program.answer = program.sign_with(applicant.slug)
    person.open("/sign-in/")
    press_sign(person)
    person.sees_page("/account/")
    person.open("/apply/kind/")
    answer_questions(person, applicant, kind="PUBLIC_WORKS", office=OFFICE[person.language])


def test_a_person_signs_in_and_applies(visitor, program, front):
    applicant = front[0].visitor()
    person = visitor(language="ru", width=360)
    come_in(person, applicant, program)
    document = person.page.locator("form[data-ncalayer]").get_attribute("data-document")
    press_sign(person)
    person.sees_page("/applications/*/receipt/")

    assert [one["args"]["locale"] for one in program.asked] == ["ru", "ru"]
    assert program.asked[1] == {
        "module": "kz.gov.pki.knca.basics",
        "method": "sign",
        "args": {
            "allowedStorages": None,
            "format": "cms",
            "signingParams": {"decode": True, "encapsulate": True, "digested": False},
            "signerParams": {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.1"], "chain": []},
            "locale": "ru",
            "data": document,
        },
    }


@pytest.mark.parametrize(
    ("answer", "state", "key"),
    [
        (ncalayer.CANCELLED, "cancelled", "error.sign_cancelled"),
        (ncalayer.INVOCATION_ERROR, "failed", "error.ncalayer_failed"),
        (ncalayer.GENERAL_ERROR, "failed", "error.ncalayer_failed"),
        ({}, "strange", "error.ncalayer_strange"),
        (ncalayer.OF_AN_OLD_MODULE, "strange", "error.ncalayer_strange"),
        (ncalayer.signed("no signature"), "strange", "error.ncalayer_strange"),
        (ncalayer.signed_in_a_list(), "strange", "error.ncalayer_strange"),
        ("no JSON", "strange", "error.ncalayer_strange"),
    ],
)
@pytest.mark.usefixtures("program")
def test_each_answer_is_told_and_nothing_is_lost(waiting_person, answer, state, key):
    person, applicant, program = waiting_person
    program.say(answer)
    press_sign(person)
    told(person, state)

    says(person, key)
    expect(person.button("action.sign_demo")).to_be_enabled()
    expect(person.page.locator(".facts")).to_contain_text(applicant.document_number)


@pytest.fixture(scope="module")
def waiting_person(front, chromium) -> Iterator[tuple[Walker, DemoApplicant, NcaLayer]]:
    """Somebody before the page that is signed, who tries again and again."""
    house, program = front
    applicant = house.visitor()
    program.start()
    person = Walker(chromium, house, language="en")
    come_in(person, applicant, program)
    program.stop()
    yield person, applicant, program
    person.leave()
    assert person.complaints == []


def test_a_program_that_greets_strangely_is_asked_nothing(waiting_person, program):
    person, *_ = waiting_person
    program.greeting = {"hello": "world"}
    press_sign(person)
    told(person, "strange")

    assert program.asked == []


def test_whoever_waits_no_longer_may_begin_anew(waiting_person, program):
    person, *_ = waiting_person
    program.wait_for_ever()
    press_sign(person)
    told(person, "waiting")
    expect(person.button("action.sign_demo")).to_be_hidden()
    person.button("signing.stop").click()
    told(person, "cancelled")

    expect(person.button("action.sign_demo")).to_be_visible()
    assert len(program.asked) == 1


def test_a_program_that_is_not_running_is_told_and_one_that_starts_again_signs(visitor, program, front):
    applicant = front[0].visitor()
    person = visitor(language="kk")
    come_in(person, applicant, program)
    program.wait_for_ever()
    press_sign(person)
    told(person, "waiting")
    program.stop()
    told(person, "closed")
    says(person, "error.ncalayer_closed")
    press_sign(person)
    told(person, "off")
    program.start()
    program.answer = program.sign_with(applicant.slug)
    press_sign(person)

    person.sees_page("/applications/*/receipt/")


def test_a_signature_that_comes_in_a_list_is_taken(visitor, program, front):
    applicant = front[0].visitor()
    person = visitor(language="en")
    come_in(person, applicant, program)
    sign = program.sign_with(applicant.slug)
    program.answer = lambda request: ncalayer.signed_in_a_list(sign(request)["body"]["result"])
    press_sign(person)

    person.sees_page("/applications/*/receipt/")


def test_a_key_that_does_not_fit_is_told_by_its_kind_and_the_right_one_is_taken(waiting_person, program):
    person, applicant, _ = waiting_person
    keep = Keep(program.house.home / "demo-pki")
    moment = datetime.now(UTC) + signer_offset(program.house.home)
    holder = Person(applicant.surname, applicant.given_name, applicant.iin)
    authentication = keep.load().authentication(holder, at=moment)
    refused = {}
    for name, key in {"organisation": "astana-head", "other": "foreigner", "sign-in": authentication}.items():
        program.answer = program.sign_with(key)
        press_sign(person)
        person.page.locator(".banner--bad[role=alert]").wait_for()
        refused[name] = person.page.locator(".banner--bad[role=alert] strong").inner_text()
        person.open(CHECK)

    assert refused == {
        "organisation": "This is an organisation's key.",
        "other": "Application not accepted: the IIN in the signature differs from the IIN in the application.",
        "sign-in": "This key cannot sign.",
    }


def test_a_browser_closed_while_signing_is_followed_by_another_on_another_device(visitor, program, front):
    applicant = front[0].visitor()
    person = visitor(language="ru")
    come_in(person, applicant, program)
    reference = person.page.locator("[name=draft]").first.get_attribute("value")
    program.wait_for_ever()
    press_sign(person)
    told(person, "waiting")
    person.page.close()
    elsewhere = visitor(language="kk", width=360)
    program.answer = program.sign_with(applicant.slug)
    elsewhere.open("/sign-in/")
    press_sign(elsewhere)
    elsewhere.sees_page("/account/")
    expect(elsewhere.page.locator("#draft")).to_contain_text(str(reference))
    elsewhere.link("action.continue").click()
    elsewhere.sees_page(CHECK)
    press_sign(elsewhere)

    elsewhere.sees_page("/applications/*/receipt/")


def test_whoever_lost_the_answer_opens_the_page_again_and_sees_the_receipt(visitor, program, front):
    applicant = front[0].visitor()
    person = visitor(language="en")
    come_in(person, applicant, program)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort("connectionreset")

    person.page.route(f"**{CHECK}", lose)
    press_sign(person)
    expect(person.page).to_have_url(re.compile("^chrome-error:"))
    person.page.goto(CHECK)

    person.sees_page("/applications/*/receipt/")
    assert lost == [302]


def test_one_who_comes_back_and_signs_again_has_one_application(visitor, program, front):
    applicant = front[0].visitor()
    person = visitor(language="en")
    come_in(person, applicant, program)
    form = person.page.locator("form[data-ncalayer]")
    request = json.loads(str(form.get_attribute("data-request")))
    request["args"]["data"] = form.get_attribute("data-document")
    pem = program.sign_with(applicant.slug)(request)["body"]["result"]
    fields = {
        name: person.page.locator(f"form[data-ncalayer] [name={name}]").input_value()
        for name in ("csrfmiddlewaretoken", "draft")
    }

    receipts = {person.post(CHECK, {**fields, "cms": pem}) for _ in range(3)}

    assert len(receipts) == 1
    assert receipts.pop().endswith("/receipt/")
