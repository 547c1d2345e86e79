"""The desk's counter: signing in, the window, the intake, the line and its clocks, kiosks."""

from uuid import uuid4

from tests.stories.browser.scene import WITHOUT_SECOND_FACTOR
from tests.stories.browser.stops.acts import send
from tests.stories.browser.stops.roles import COUNTER, HELPDESK, OTHER_BODIES, PERSON, SIGNER, SPECIALIST
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _send_intake(walker: Walker) -> None:
    walker.button("desk.intake.register").click()
    walker.page.locator(".errors").wait_for()


def _send_another_document(walker: Walker) -> None:
    walker.choose("document_kind", "ANOTHER")
    walker.button("desk.intake.register").click()
    walker.page.locator(".banner--bad").wait_for()


def _show_expired(walker: Walker) -> None:
    walker.choose("document_kind", "ID_CARD_KZ")
    walker.fill(document_valid_until="16.03.2026")
    walker.choose("holder", "CITIZEN")
    walker.page.locator("#seen-document .banner--bad").wait_for()
    walker.fill(document_valid_until="")
    walker.choose("holder", "CITIZEN")


def _be_free(walker: Walker) -> None:
    walker.page.goto("/desk/intake/")
    for key in ("action.did_not_come", "line.end.LEFT"):
        if walker.button(key).count():
            walker.button(key).click()
    walker.button("action.call_next").wait_for()


def _be_called(walker: Walker) -> None:
    walker.page.goto("/desk/intake/")
    if not walker.button("action.start_serving").count():
        _be_free(walker)
        take = walker.button("cockpit.take_and_call")
        (take if take.count() else walker.button("action.call_next")).click()
    walker.button("action.start_serving").wait_for()


def _make_kiosk(walker: Walker) -> None:
    walker.fill(name=f"kiosk {uuid4()}")
    walker.choose("paper", "NONE")
    walker.button("desk.kiosks.make").click()
    walker.page.locator("dd.mono").first.wait_for()


def _make_no_kiosk(walker: Walker) -> None:
    walker.button("desk.kiosks.make").click()
    walker.page.locator(".errors").wait_for()


def _end_kiosk(walker: Walker) -> None:
    walker.link("desk.kiosks.end").click()
    walker.page.wait_for_url("**/end/")


def _look_up(walker: Walker) -> None:
    walker.fill(iin="900115267840")
    walker.button("desk.look_up.button").click()
    walker.page.locator("#found-head").wait_for()


def _begin_enrolment(walker: Walker) -> None:
    walker.fill(username=WITHOUT_SECOND_FACTOR, password=f"demo-{WITHOUT_SECOND_FACTOR}")
    walker.button("ui.enter").click()
    walker.page.locator("img.qr").wait_for()


_INTAKE = "/desk/intake/?another=1"


STOPS = (
    Stop("no-right", "desk:work", "/desk/", PERSON, status=403),
    Stop("desk-sign-in", "desk:sign-in", "/desk/sign-in/"),
    Stop("desk-sign-in-nothing", "desk:sign-in", "/desk/sign-in/", act=send),
    Stop("desk-enrol", "desk:enrol", "/desk/sign-in/", act=_begin_enrolment),
    Stop("desk-work", "desk:work", "/desk/", COUNTER),
    Stop(
        "desk-me",
        "desk:me",
        "/desk/me/",
        (*COUNTER, "administrator", "auditor", *HELPDESK, "chancery", *OTHER_BODIES),
    ),
    Stop("desk-window-free", "desk:intake", "/desk/", ("clerk",), _be_free),
    Stop("desk-window-called", "desk:intake", "/desk/", ("clerk",), _be_called),
    Stop("desk-intake", "desk:intake", _INTAKE, SPECIALIST),
    Stop("desk-intake-nothing", "desk:intake", _INTAKE, SPECIALIST, _send_intake),
    Stop("desk-intake-another", "desk:intake", _INTAKE, SPECIALIST, _send_another_document),
    Stop("desk-intake-seen", "desk:intake", _INTAKE, SPECIALIST, _show_expired),
    Stop("desk-look-up", "desk:look-up", _INTAKE, SPECIALIST, _look_up),
    Stop("desk-not-accepted", "desk:not-accepted", "/desk/intake/not-accepted/", SPECIALIST),
    Stop("desk-not-accepted-nothing", "desk:not-accepted", "/desk/intake/not-accepted/", SPECIALIST, send),
    Stop("desk-note", "desk:note", "/desk/notes/{note}/", COUNTER),
    Stop("desk-line", "desk:line", "/desk/line/", COUNTER),
    Stop("desk-board", "desk:board", "/desk/board/", COUNTER),
    Stop("desk-clocks", "desk:clocks", "/desk/line/clocks/", COUNTER),
    Stop(
        "desk-clock-rows",
        "desk:clock-rows",
        "/desk/line/clocks/rows/?clock=wait&shown=all",
        COUNTER,
    ),
    Stop("desk-clocks-fault", "desk:clocks", "/desk/line/clocks/?first=x&last=", COUNTER, status=422),
    Stop("desk-kiosks", "desk:kiosks", "/desk/kiosks/", SIGNER),
    Stop("desk-kiosks-fault", "desk:kiosks", "/desk/kiosks/", SIGNER, act=_make_no_kiosk),
    Stop("desk-kiosk-code", "desk:kiosks", "/desk/kiosks/", ("head",), act=_make_kiosk),
    Stop("desk-kiosk-end", "desk:kiosk-end", "/desk/kiosks/", SIGNER, act=_end_kiosk),
    Stop("desk-ticket", "desk:ticket", "/desk/tickets/{ticket}/", COUNTER),
)

NO_PAGES = {
    "desk:enrol-code": "a picture on desk:enrol",
    "desk:sign-out": "leads on",
    "desk:asked": "leads on",
    "desk:intake-typed": "a part of desk:intake",
    "desk:take-ticket": "leads on",
    "desk:print-ticket": "leads on",
    "desk:kiosk-code": "shown by desk:kiosks too",
    "desk:call-next": "leads on; its faults stand on desk:line",
    "desk:call-again": "leads on; its faults stand on desk:line",
    "desk:open-window": "leads on; its faults stand on desk:line",
    "desk:pause-window": "leads on",
    "desk:resume-window": "leads on",
    "desk:close-window": "leads on",
    "desk:serve-ticket": "leads on",
    "desk:ticket-no-show": "leads on",
    "desk:end-ticket": "leads on",
}
