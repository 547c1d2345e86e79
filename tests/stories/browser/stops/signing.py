"""How documents are signed: by a file, in the signer's frame, by a program, on a phone."""

from tests.stories.browser.ncalayer import CANCELLED, INVOCATION_ERROR, signed
from tests.stories.browser.stops.acts import ask_phone, open_all, sign_with_program
from tests.stories.browser.stops.roles import PERSON
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _sign_nothing(walker: Walker) -> None:
    walker.page.locator("#document").set_input_files({"name": "a", "mimeType": "", "buffer": b""})
    walker.page.locator("button").click()
    walker.page.locator("[role=alert]").wait_for()


def _send_nothing_signed(walker: Walker) -> None:
    open_all(walker)
    walker.button("action.sign_file").click()
    walker.page.locator(".errors, .banner--bad").first.wait_for()


def _cancel_phone(walker: Walker) -> None:
    ask_phone("qr.begin.sign_in")(walker)
    walker.button("qr.cancel").click()
    walker.page.locator(".by-phone .banner--bad").wait_for()


def _scan_nothing(walker: Walker) -> None:
    walker.page.locator("#code").fill("x")
    walker.page.locator("button").click()
    walker.page.locator("[role=alert]").wait_for()


def _scan(walker: Walker) -> None:
    page, phone = walker.page, walker.page.url
    walker.open("/sign-in/")
    ask_phone("qr.begin.sign_in")(walker)
    content = page.get_by_role("link", name=walker.say("qr.open.demo")).get_attribute("href")
    page.goto(str(content))
    page.locator("button").click()
    page.locator("#key").wait_for()
    assert page.url.startswith(phone.split("?")[0])


def _ask_signer(walker: Walker) -> None:
    walker.button("action.sign_demo").click()
    walker.page.frame_locator("iframe.signer").locator("#key").wait_for()


STOPS = (
    Stop("about-signing", "portal:about-signing", "/about-signing/"),
    Stop("sign-in", "portal:sign-in", "/sign-in/", act=open_all),
    Stop("sign-in-nothing", "portal:sign-in", "/sign-in/", act=_send_nothing_signed),
    Stop("sign-in-signer", "portal:sign-in", "/sign-in/", act=_ask_signer),
    Stop("sign-in-off", "portal:sign-in", "/sign-in/", act=sign_with_program("off", greeting=None)),
    Stop("sign-in-closed", "portal:sign-in", "/sign-in/", act=sign_with_program("closed")),
    Stop(
        "sign-in-failed",
        "portal:sign-in",
        "/sign-in/",
        act=sign_with_program("failed", answer=INVOCATION_ERROR),
    ),
    Stop("sign-in-strange", "portal:sign-in", "/sign-in/", act=sign_with_program("strange", answer={})),
    Stop("check-off", "portal:check", "/apply/check/", PERSON, sign_with_program("off", greeting=None)),
    Stop(
        "check-cancelled",
        "portal:check",
        "/apply/check/",
        PERSON,
        sign_with_program("cancelled", answer=CANCELLED),
    ),
    Stop(
        "check-signed",
        "portal:check",
        "/apply/check/",
        PERSON,
        sign_with_program("signed", answer=signed("-----BEGIN CMS-----")),
    ),
    Stop("sign-in-qr", "portal:sign-in", "/sign-in/", act=ask_phone("qr.begin.sign_in")),
    Stop("sign-in-qr-cancelled", "portal:sign-in", "/sign-in/", act=_cancel_phone),
    Stop("phone", "the phone's own", "{phone}/?language={language}"),
    Stop("phone-nothing", "the phone's own", "{phone}/?language={language}", act=_scan_nothing),
    Stop("phone-scanned", "the phone's own", "{phone}/?language={language}", act=_scan),
    Stop("signer", "the signer's own", "{signer}/?language={language}"),
    Stop("signer-nothing", "the signer's own", "{signer}/?language={language}", act=_sign_nothing),
    Stop("check-qr", "portal:check", "/apply/check/", PERSON, ask_phone("action.sign_qr")),
)

NO_PAGES = {
    "portal:sign-in-document": "a file",
    "portal:sign-out": "leads on",
    "portal:sign-in-qr": "leads on; its faults stand on portal:sign-in",
    "mobile:invitation": "data, for a phone",
    "mobile:document": "data, for a phone",
    "mobile:state": "data",
    "mobile:code": "a picture on a signing page",
    "mobile:cancel": "leads on",
}
