"""Somebody at a browser: opens pages, reads and presses what stands there, signs in the signer's frame."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from joldama.demo.people import DemoApplicant, password_of
from joldama.standard.typography import bound
from joldama.standard.words import say
from tests.stories.browser.house import House

TALL = 800
PATIENCE = 15_000  # milliseconds
_POLL = 150
_NO_FAULT_OF_A_PAGE = ("Failed to load resource", "WebSocket connection to")
"""How the browser tells of an answer that a story wants, and of a signing program that is not there."""

EMPLOYER = {
    "organisation": "«Жол» ЖШС",
    "bin": "140940311897",
    "workplace_address": "Астана қаласы, Сарыарқа даңғылы, 1",
    "occupation": "қоймашы",
}
OLD = """
    delete AbortSignal.timeout; delete AbortSignal.any; delete Object.groupBy; delete Promise.withResolvers;
    for (const name of ["findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"])
      delete Array.prototype[name];
"""
"""Takes away what came after the oldest browsers the pages are made for (docs/operations.md)."""
ALTHOUGH = "Тіркелім әлі жауап бермеді."
"""Why a referral is given although a condition of its kind is not known."""


class Walker:
    """One person with a browser of his own, in one language, before a screen of one width."""

    def __init__(
        self,
        browser: Browser,
        house: House,
        *,
        language: str = "kk",
        width: int = 1280,
        javascript: bool = True,
    ) -> None:
        self.house = house
        self.language = language
        self._context = browser.new_context(
            base_url=house.origin,
            viewport={"width": width, "height": TALL},
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        self._context.set_default_timeout(PATIENCE)
        self._context.add_init_script(OLD)
        self._context.add_cookies([{"name": "language", "value": language, "url": house.origin}])
        self.page: Page = self._context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(error.message))
        self.page.on("console", self._hear)

    def _hear(self, said: ConsoleMessage) -> None:
        """Remember what the browser holds against a page: scripts that fail, policies that are broken."""
        if said.type in ("error", "warning") and not said.text.startswith(_NO_FAULT_OF_A_PAGE):
            self.complaints.append(said.text)

    def leave(self) -> None:
        """Close the browser of this person."""
        self._context.close()

    def say(self, key: str, **values: Any) -> str:
        """Give a text as this person's pages say it."""
        return bound(say(key, self.language, **values))

    def open(self, path: str, *, status: int = 200) -> None:
        """Open a page by its address; it answers with this status, and leads nowhere else."""
        self._opened(path, status=status)

    def open_still(self, path: str, *, status: int = 200) -> None:
        """Open a page to look at it: one that would ask for itself anew stays as it is."""
        if "refresh" in self._opened(path, status=status).headers:
            self.page.evaluate("window.stop()")

    def _opened(self, path: str, *, status: int) -> Response:
        response = self.page.goto(path)
        assert response and (response.status, urlsplit(response.url).path) == (status, urlsplit(path).path)
        return response

    def link(self, key: str) -> Locator:
        """Find a link in the page's main part by the key of its text."""
        return self.page.locator("main").get_by_role("link", name=self.say(key)).first

    def button(self, key: str) -> Locator:
        """Find a button in the page's main part by the key of its text."""
        return self.page.locator("main").get_by_role("button", name=self.say(key)).first

    def press(self, control: Locator, key: str) -> None:
        """Press a key on a control once its page has loaded: until then a browser may take the focus away again."""
        self.page.wait_for_load_state()
        control.press(key)

    def choose(self, name: str, value: str) -> None:
        """Choose an option of a question by its row, as a finger does."""
        self.page.locator(f'.choice:has(input[name="{name}"][value="{value}"]) label').click()

    def tick(self, name: str) -> None:
        """Tick a box by its row."""
        self.page.locator(f'.choice:has(input[name="{name}"]) label').click()

    def fill(self, **given: str) -> None:
        """Type into fields by their names."""
        for name, text in given.items():
            self.page.locator(f'main [name="{name}"]').fill(text)

    def file(self, address: str) -> bytes:
        """Fetch a file with this person's session."""
        response = self._context.request.get(address)
        assert response.status == 200, f"{address}: {response.status}"
        return response.body()

    def post(self, path: str, form: dict[str, str]) -> str:
        """Send a form with this person's session, as the page would; give the address it leads to."""
        headers = {"Referer": self.house.address(path)}
        answer = self._context.request.post(path, form=form, headers=headers, max_redirects=0)
        assert answer.status == 302, f"{path}: {answer.status}"
        return answer.headers["location"]

    def download(self, link: Locator) -> bytes:
        """Press a link that downloads, and read what came."""
        with self.page.expect_download() as coming:
            link.click()
        return coming.value.path().read_bytes()

    def sign(self, key: str) -> None:
        """Have the page's document signed: the frame of the signer opens, a key is chosen, Sign is pressed."""
        self.button("action.sign_demo").click()
        signer = self.page.frame_locator("iframe.signer")
        signer.locator("#key").select_option(key)
        signer.get_by_role("button", name=self.say("action.sign")).click()

    def sees_page(self, path: str) -> None:
        """Wait until the address is the one given, `*` standing for an id."""
        whole = re.escape(path).replace(r"\*", "[0-9a-f-]{36}")
        self.page.wait_for_url(re.compile(rf"^{re.escape(self.house.origin)}{whole}(\?.*|#.*)?$"))

    def reload_until(self, selector: str) -> None:
        """Look at the page again and again until it shows something the worker does."""
        for _ in range(PATIENCE // _POLL):
            if self.page.locator(selector).count():
                return
            self.page.wait_for_timeout(_POLL)
            self.page.reload()
        expect(self.page.locator(selector)).to_be_visible(timeout=1)

    def enter_as_person(self, applicant: DemoApplicant) -> None:
        """Sign in on the portal with an EDS."""
        self.open("/sign-in/")
        self.sign(applicant.slug)
        self.sees_page("/account/")

    def enter_by_form(self, login: str, *, code: str = "") -> None:
        """Sign in at the desk: password, and the code that the page of the demonstration's people shows."""
        if not code:
            self.open("/demo/")
            row = self.page.locator("tr").filter(has_text=password_of(login))
            code = row.locator("strong").inner_text()
        self.open("/desk/sign-in/")
        self.fill(username=login, password=password_of(login), code=code)
        self.button("ui.enter").click()
        self.sees_page("/desk/")
        cookies = {cookie["name"]: cookie["value"] for cookie in self._context.cookies()}
        self.house.sessions[login] = cookies["sessionid"]

    def enter_as_official(self, login: str) -> None:
        """Be at the desk: with the session an earlier story began, since a code opens only once."""
        known = self.house.sessions.get(login)
        if known is None:
            return self.enter_by_form(login)
        self.go_on_with(known)
        self.open("/desk/")
        return None

    def go_on_with(self, session: str) -> None:
        """Be signed in as somebody who signed in elsewhere."""
        self._context.add_cookies([{"name": "sessionid", "value": session, "url": self.house.origin}])


def answer_questions(person: Walker, applicant: DemoApplicant, *, kind: str, office: str) -> None:
    """Answer the questions of the application, from the first one to the page that shows what is signed."""
    page = person.page
    for name, answers in (
        ("kind", {"kind": kind}),
        ("others", {"other_kinds": "CAREER_GUIDANCE"}),
        ("office", {"office": office}),
        ("document", {"document_kind": applicant.document_kind}),
        ("oralman", {"is_oralman": "yes" if applicant.is_oralman else "no"}),
        ("form", {"issue_form": "BOTH"}),
    ):
        person.sees_page(f"/apply/{name}/")
        for field, value in answers.items():
            if field == "office":
                page.locator(".choice label", has_text=value).click()
            else:
                person.choose(field, value)
        if name == "document":
            person.fill(document_number=applicant.document_number)
        person.button("action.continue").click()
    person.sees_page("/apply/contact/")
    person.button("action.continue").click()
    person.sees_page("/apply/check/")


def be_at_window(specialist: Walker) -> None:
    """Have somebody at the specialist's window, before an empty form: whoever is there, or one without a ticket."""
    take, start = specialist.button("cockpit.take_and_call"), specialist.button("action.start_serving")
    register = specialist.button("desk.intake.register")
    specialist.page.goto("/desk/intake/?another=1")
    take.or_(start).or_(register).first.wait_for()
    if take.count():
        take.click()
        start.or_(register).first.wait_for()
    if start.count():
        start.click()
    register.wait_for()


def prepare_referral(specialist: Walker, number: str) -> None:
    """Find a case in the work list, take it, wait for the register's word, draft the referral."""
    specialist.open("/desk/")
    specialist.page.get_by_role("link", name=number).click()
    specialist.button("desk.take").click()
    specialist.reload_until("#register-head ~ * .tag, .pane:has(#register-head) .tag")
    specialist.fill(**EMPLOYER)
    if specialist.page.locator('main [name="although"]').count():
        specialist.fill(although=ALTHOUGH)
    specialist.button("action.send_for_signature").click()
    expect(specialist.page.locator("#draft-head")).to_be_visible()


def sign_decision(head: Walker, number: str, *, key: str) -> None:
    """Find a draft in the work list, read it, sign it, and wait for the sealed document."""
    head.open("/desk/")
    head.page.get_by_role("link", name=number).first.click()
    head.link("desk.read_and_sign").click()
    head.sees_page("/desk/cases/*/decision/")
    head.sign(key)
    head.sees_page("/desk/cases/*/")
    expect(head.link("desk.print_result")).to_be_visible()
