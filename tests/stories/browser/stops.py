"""Every page somebody may see, as a stop of a tour: whose it is, where it stands, what is done there."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from tests.stories.browser.ncalayer import CANCELLED, GREETING, INVOCATION_ERROR, signed
from tests.stories.browser.scene import ENDED_KIOSK, WITHOUT_SECOND_FACTOR, Scene
from tests.stories.browser.walk import Walker

Act = Callable[[Walker], None]


@dataclass(frozen=True)
class Stop:
    """A page in one state. `path` may name a case of the scene in braces; `page` is its name in RULES.

    `act` is done there once it answered with `status`.
    """

    name: str
    page: str
    path: str
    roles: tuple[str, ...] = ("stranger",)
    act: Act | None = None
    status: int = 200

    def address(self, scene: Scene, walker: Walker) -> str:
        """Give the address in this scene."""
        known = {"note": scene.note, "verified": scene.verified, "signer": walker.house.signer}
        known["phone"] = walker.house.environment["JOLDAMA_PHONE_URL"]
        hall = {"ticket": scene.ticket, "place": scene.place}
        return self.path.format(language=walker.language, **known, **hall, **scene.kept, **scene.cases)


def _send(walker: Walker) -> None:
    walker.page.locator("main form[method=post] button:not([type=button]):not([formaction])").first.click()
    walker.page.locator(".errors, .banner--bad").first.wait_for()


def _ask_what_is_open(walker: Walker) -> None:
    walker.fill(born_on="15.01.1950")
    walker.choose("unemployed", "yes")
    walker.button("may.show").click()
    walker.page.locator("#answer").wait_for()


def _ask_with_no_birth_date(walker: Walker) -> None:
    walker.fill(born_on="15.01.3000")
    walker.button("may.show").click()
    walker.page.locator(".errors").wait_for()


def _send_main(walker: Walker) -> None:
    walker.page.locator("main form[method=post]").first.locator("button").last.click()
    walker.page.locator(".errors").wait_for()


def _state_nothing(walker: Walker) -> None:
    walker.button("reply.here.stated").click()
    walker.page.locator(".errors").wait_for()


def _sign_answer(walker: Walker) -> None:
    walker.choose("answer", "no_show")
    walker.button("reply.here.eds").click()
    walker.page.locator("[data-sign]").wait_for()


def _send_void(walker: Walker) -> None:
    walker.button("desk.paper.void").click()
    walker.page.locator(".errors").wait_for()


def _check_nothing_offline(walker: Walker) -> None:
    walker.page.locator("#text").fill(walker.house.address("/verify/?"))
    walker.button("offline.check").click()
    walker.page.locator("#answer [data-finding=damaged]").wait_for()


def _show_register(walker: Walker) -> None:
    walker.button("desk.register.show").click()
    walker.page.locator("table.register, main p:has-text('.')").last.wait_for()


def _send_doubt(walker: Walker) -> None:
    """Somebody was called to a window that is not there: unusual, so it is asked about."""
    now = walker.page.locator(".deskbar__now time").inner_text()
    walker.fill(taken_2=now, called_2=now, window_2="99")
    walker.page.locator("[name=called_by_2]").select_option(index=1)
    walker.page.locator("[name=how_2]").select_option("NO_SHOW")
    walker.button("desk.paper.line.send").click()
    walker.page.locator(".banner--warn").wait_for()


def _send_fact(walker: Walker) -> None:
    walker.button("desk.fact.enter").click()
    walker.page.locator(".errors").wait_for()


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
    if walker.button("cockpit.take_and_call").count():
        walker.button("cockpit.take_and_call").click()
    walker.button("action.start_serving").wait_for()


def _sign_nothing(walker: Walker) -> None:
    walker.page.locator("#document").set_input_files({"name": "a", "mimeType": "", "buffer": b""})
    walker.page.locator("button").click()
    walker.page.locator("[role=alert]").wait_for()


def _send_break(walker: Walker) -> None:
    walker.page.locator("main form").filter(has=walker.page.locator("[name=starts_on]")).locator(
        "button"
    ).click()
    walker.page.locator(".errors").wait_for()


def _open_kiosk(walker: Walker) -> None:
    walker.page.locator("#hall").select_option("aktau")
    walker.button("demo.kiosk.open").click()
    walker.page.wait_for_url("**/hall/kiosk/")
    walker.page.goto(f"/hall/kiosk/?in={walker.language}")
    _stand_still(walker)


def _open_ended_kiosk(walker: Walker) -> None:
    address = walker.house.address("/hall/kiosk/")
    walker.page.context.add_cookies([{"name": "kiosk", "value": ENDED_KIOSK, "url": address}])
    walker.page.goto(f"/hall/kiosk/?in={walker.language}")
    walker.page.locator(".kiosk__closed").wait_for()
    _stand_still(walker)


def _take_at_kiosk(walker: Walker) -> None:
    _open_kiosk(walker)
    walker.page.locator("[data-take] button").click()
    walker.page.wait_for_url("**/hall/kiosk/tickets/**")
    _stand_still(walker)


def _stand_still(walker: Walker) -> None:
    walker.page.evaluate("document.querySelector('[data-kiosk]').dataset.return = 9999")


def _type_wrong_code(walker: Walker) -> None:
    walker.fill(code="")
    _send(walker)


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


def _open_rows(walker: Walker) -> None:
    walker.page.locator("main td a").first.click()
    walker.page.wait_for_url("**/reports/rows/**")


def _invite(walker: Walker) -> None:
    walker.button("administration.invite").click()
    walker.page.locator("dd.mono").wait_for()


def _look_up(walker: Walker) -> None:
    walker.fill(iin="900115267840")
    walker.button("desk.look_up.button").click()
    walker.page.locator("#found-head").wait_for()


def _ask_absent(walker: Walker) -> None:
    walker.fill(number="АСТ-2026-999999", iin="900115267840")
    walker.button("helpdesk.look").click()
    walker.page.locator(".banner--warn").wait_for()


def _ask_of_another_office(walker: Walker) -> None:
    walker.fill(**walker.house.asked)
    walker.button("helpdesk.look").click()
    walker.page.locator(".banner--bad").wait_for()


def _show_document(walker: Walker) -> None:
    walker.fill(iin=walker.house.asked["iin"])
    walker.tick("is_shown")
    walker.button("helpdesk.look").click()
    walker.page.locator("#answer").wait_for()


def _open_all(walker: Walker) -> None:
    walker.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def _find_opening(walker: Walker) -> None:
    walker.fill(**{"find-words": "ozelenitel"})
    walker.page.locator("#found a[data-opening]").first.wait_for()


def _choose_opening(walker: Walker) -> None:
    """By keyboard alone: from the words down to what was found, and Enter."""
    _find_opening(walker)
    walker.page.keyboard.press("ArrowDown")
    walker.page.keyboard.press("Enter")
    walker.page.locator("#chosen").wait_for()


def _send_nothing_signed(walker: Walker) -> None:
    _open_all(walker)
    walker.button("action.sign_file").click()
    walker.page.locator(".errors, .banner--bad").first.wait_for()


def _ask_phone(key: str) -> Act:
    """Ask for a code, and wait for it."""

    def ask(walker: Walker) -> None:
        for name in (key, "qr.again"):
            if walker.button(name).is_visible():
                walker.button(name).click()
        walker.page.locator(".qr__code img").wait_for()
        walker.page.locator("[data-left]").wait_for()

    return ask


def _cancel_phone(walker: Walker) -> None:
    _ask_phone("qr.begin.sign_in")(walker)
    walker.button("qr.cancel").click()
    walker.page.locator(".by-phone .banner--bad").wait_for()


def _scan_nothing(walker: Walker) -> None:
    walker.page.locator("#code").fill("x")
    walker.page.locator("button").click()
    walker.page.locator("[role=alert]").wait_for()


def _scan(walker: Walker) -> None:
    page, phone = walker.page, walker.page.url
    walker.open("/sign-in/")
    _ask_phone("qr.begin.sign_in")(walker)
    content = page.get_by_role("link", name=walker.say("qr.open.demo")).get_attribute("href")
    page.goto(str(content))
    page.locator("button").click()
    page.locator("#key").wait_for()
    assert page.url.startswith(phone.split("?")[0])


def _ask_signer(walker: Walker) -> None:
    walker.button("action.sign_demo").click()
    walker.page.frame_locator("iframe.signer").locator("#key").wait_for()


_PROGRAM = """([greeting, answer]) => {
  window.WebSocket = class extends EventTarget {
    constructor() { super(); setTimeout(() => this.tell(greeting)); }
    send() { setTimeout(() => this.tell(answer)); }
    tell(said) {
      this.dispatchEvent(said === null ? new Event("close") : new MessageEvent("message", { data: said }));
    }
    close() {}
  };
  HTMLFormElement.prototype.requestSubmit = () => {};
}"""
"""A program that greets and answers with these words, None being a line that breaks; what it signs stays here."""


def _sign_with_program(state: str, *, greeting: object = GREETING, answer: object = None) -> Act:
    """Have a signing program behave so that the page comes to a state."""

    def sign(walker: Walker) -> None:
        spoken = [said if said is None else json.dumps(said) for said in (greeting, answer)]
        walker.page.evaluate(_PROGRAM, spoken)
        walker.button("action.sign_demo").click()
        walker.page.locator(f"form[data-state={state}] .signing__state strong").wait_for()

    return sign


def _too_late(action: str) -> Act:
    """Send a form that the page no longer offers, as a window does that was opened too early."""

    def send(walker: Walker) -> None:
        walker.page.evaluate(
            """(action) => {
                const form = document.querySelector("form:has([name=csrfmiddlewaretoken])");
                form.action = location.pathname + action;
                form.submit();
            }""",
            action,
        )
        walker.page.wait_for_url(f"**/{action}")

    return send


def _begin_enrolment(walker: Walker) -> None:
    walker.fill(username=WITHOUT_SECOND_FACTOR, password=f"demo-{WITHOUT_SECOND_FACTOR}")
    walker.button("ui.enter").click()
    walker.page.locator("img.qr").wait_for()


def _send_no_text(walker: Walker) -> None:
    walker.fill(text="")
    walker.button("action.continue").click()
    walker.page.locator(".errors").wait_for()


def _to_quality_body(walker: Walker) -> None:
    walker.choose("addressee", "quality")
    walker.button("action.continue").click()
    walker.page.locator(".banner--warn").wait_for()


def _complain_to_head_about_himself(walker: Walker) -> None:
    head = walker.page.locator('.choice:has(input[name="official"])', has_text=walker.say("role.head"))
    head.first.locator("label").click()
    walker.button("action.continue").click()
    walker.page.wait_for_url("**/complain/addressee/")
    walker.choose("addressee", "head")
    walker.button("action.continue").click()
    walker.button("portal.complain.keep_head").wait_for()
    # What was typed stands for the other pages as before, while this one is looked at.
    token = walker.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for name, value in (("official", "none"), ("addressee", "head")):
        answer = {name: value, "csrfmiddlewaretoken": token}
        walker.page.request.post(f"/complain/{name}/", form=answer)


def _register_nothing(walker: Walker) -> None:
    walker.button("action.register_complaint").click()
    walker.page.locator(".errors").wait_for()


PERSON = ("person",)
SPECIALIST = ("specialist",)
SIGNER = ("head", "deputy")
ADMINISTRATOR = ("administrator",)
_OPENINGS = "/desk/cases/{drafted}/openings/"
_INTAKE = "/desk/intake/?another=1"
COUNTER = (*SPECIALIST, *SIGNER)
HELPDESK = ("reference_service", "operator_1414")
CHANCERY = ("chancery", *COUNTER)
OTHER_BODIES = ("akim", "quality_official")


def _chancery_steps(step: str, roles: tuple[str, ...]) -> tuple[Stop, ...]:
    """Give the stops of a step that is asked for on a page of its own, at each of the three bodies."""
    page = f"chancery:{step}"
    return (
        Stop(f"chancery-{step}", page, f"/chancery/{{considered}}/{step}/", roles),
        Stop(f"chancery-{step}-nothing", page, f"/chancery/{{considered}}/{step}/", ("head",), _send_main),
        Stop(f"chancery-{step}-akim", page, f"/chancery/{{to_akim}}/{step}/", ("akim",)),
        Stop(f"chancery-{step}-quality", page, f"/chancery/{{to_quality}}/{step}/", ("quality_official",)),
    )


def _send_no_partner(walker: Walker) -> None:
    walker.button("administration.partners.add").click()
    walker.page.locator(".errors").wait_for()


def _give_key(walker: Walker) -> None:
    walker.button("administration.partners.renew").first.click()
    walker.page.locator("dd.mono").wait_for()


def _send_no_table(walker: Walker) -> None:
    walker.button("desk.imports.send").click()
    walker.page.locator(".errors").wait_for()


STOPS = (
    Stop("start", "portal:start", "/"),
    Stop("start-reckoned", "portal:start", "/", act=_open_all),
    Stop("passport", "portal:passport", "/passport/"),
    Stop("standard", "portal:standard", "/standard/"),
    Stop("standard-of-no-day", "portal:standard", "/standard/?on=27.04.2015", status=422),
    Stop("paragraph", "portal:paragraph", "/standard/4.1/"),
    Stop("offices", "portal:offices", "/offices/"),
    Stop("offices-none", "portal:offices", "/offices/?q=xyz"),
    Stop("appeal", "portal:appeal", "/appeal/"),
    Stop("conditions", "portal:conditions", "/conditions/", act=_open_all),
    Stop("conditions-of-no-day", "portal:conditions", "/conditions/?on=27.04.2015", status=422),
    Stop("may", "portal:may", "/conditions/mine/"),
    Stop("may-told", "portal:may", "/conditions/mine/", act=_ask_what_is_open),
    Stop("may-fault", "portal:may", "/conditions/mine/", act=_ask_with_no_birth_date),
    Stop("breaks", "portal:breaks", "/breaks/"),
    Stop("display", "hall:display", "/hall/{place}/"),
    Stop("ticket", "hall:ticket", "/hall/tickets/{ticket}/"),
    Stop("ticket-unknown", "hall:ticket", "/hall/tickets/6f6d2a8e-6c43-4a52-9a3e-0d3cf1b3a111/", status=404),
    Stop("kiosk", "hall:kiosk", "/demo/", act=_open_kiosk),
    Stop("kiosk-ticket", "hall:kiosk-ticket", "/demo/", act=_take_at_kiosk),
    Stop("kiosk-ended", "hall:kiosk", "/demo/", act=_open_ended_kiosk),
    Stop("kiosk-set-up", "hall:kiosk-set-up", "/hall/kiosk/set-up/"),
    Stop("kiosk-set-up-fault", "hall:kiosk-set-up", "/hall/kiosk/set-up/", act=_type_wrong_code),
    Stop("verify", "portal:verify", "/verify/"),
    Stop("verify-nothing", "portal:verify", "/verify/?n=&d=&c=", status=422),
    Stop("verify-not-ours", "portal:verify", "/verify/?n=1&d=2026-03-17&c=AAAA"),
    Stop("verify-valid", "portal:verify", "/verify/?{verified}"),
    Stop("answer", "organisation:answer", "/answer/"),
    Stop("answer-unknown", "organisation:answer", "/answer/?n=1&d=2026-03-17&c=AAAA", status=404),
    Stop("answer-held", "organisation:answer", "/answer/?{held}"),
    Stop("answer-held-nothing", "organisation:answer", "/answer/?{held}", act=_state_nothing),
    Stop("answer-sign", "organisation:sign", "/answer/?{held}", act=_sign_answer),
    Stop("answer-sent", "organisation:sent", "/answer/sent/"),
    Stop("answer-code", "organisation:code", "/answer/{reply_code}/"),
    Stop("answer-code-nothing", "organisation:code", "/answer/{reply_code}/", act=_send),
    Stop("answer-given", "organisation:given", "/answer/given/{reply_stated}/"),
    Stop("verify-offline", "portal:verify-offline", "/verify/offline/"),
    Stop("verify-offline-damaged", "portal:verify-offline", "/verify/offline/", act=_check_nothing_offline),
    Stop("about-signing", "portal:about-signing", "/about-signing/"),
    Stop("sign-in", "portal:sign-in", "/sign-in/", act=_open_all),
    Stop("sign-in-nothing", "portal:sign-in", "/sign-in/", act=_send_nothing_signed),
    Stop("sign-in-signer", "portal:sign-in", "/sign-in/", act=_ask_signer),
    Stop("sign-in-off", "portal:sign-in", "/sign-in/", act=_sign_with_program("off", greeting=None)),
    Stop("sign-in-closed", "portal:sign-in", "/sign-in/", act=_sign_with_program("closed")),
    Stop(
        "sign-in-failed",
        "portal:sign-in",
        "/sign-in/",
        act=_sign_with_program("failed", answer=INVOCATION_ERROR),
    ),
    Stop("sign-in-strange", "portal:sign-in", "/sign-in/", act=_sign_with_program("strange", answer={})),
    Stop("check-off", "portal:check", "/apply/check/", PERSON, _sign_with_program("off", greeting=None)),
    Stop(
        "check-cancelled",
        "portal:check",
        "/apply/check/",
        PERSON,
        _sign_with_program("cancelled", answer=CANCELLED),
    ),
    Stop(
        "check-signed",
        "portal:check",
        "/apply/check/",
        PERSON,
        _sign_with_program("signed", answer=signed("-----BEGIN CMS-----")),
    ),
    Stop("sign-in-qr", "portal:sign-in", "/sign-in/", act=_ask_phone("qr.begin.sign_in")),
    Stop("sign-in-qr-cancelled", "portal:sign-in", "/sign-in/", act=_cancel_phone),
    Stop("phone", "the phone's own", "{phone}/?language={language}"),
    Stop("phone-nothing", "the phone's own", "{phone}/?language={language}", act=_scan_nothing),
    Stop("phone-scanned", "the phone's own", "{phone}/?language={language}", act=_scan),
    Stop("signer", "the signer's own", "{signer}/?language={language}"),
    Stop("signer-nothing", "the signer's own", "{signer}/?language={language}", act=_sign_nothing),
    Stop("apply", "portal:apply", "/apply/"),
    Stop("not-found", "portal:start", "/nowhere/", status=404),
    Stop("demo-people", "demo:people", "/demo/"),
    Stop("step-kind", "portal:step", "/apply/kind/", PERSON),
    Stop("step-training", "portal:step", "/apply/training/", PERSON),
    Stop("step-training-nothing", "portal:step", "/apply/training/", PERSON, _send),
    Stop("step-others", "portal:step", "/apply/others/", PERSON),
    Stop("step-office", "portal:step", "/apply/office/", PERSON),
    Stop("step-document", "portal:step", "/apply/document/", PERSON),
    Stop("step-oralman", "portal:step", "/apply/oralman/", PERSON),
    Stop("step-form", "portal:step", "/apply/form/", PERSON),
    Stop("step-contact", "portal:step", "/apply/contact/", PERSON),
    Stop("check", "portal:check", "/apply/check/", PERSON, _open_all),
    Stop("check-qr", "portal:check", "/apply/check/", PERSON, _ask_phone("action.sign_qr")),
    Stop("account", "portal:account", "/account/", PERSON),
    Stop("contact", "portal:contact", "/account/contact/", PERSON),
    Stop("contact-nothing", "portal:contact", "/account/contact/", PERSON, _send),
    Stop("case-registered", "portal:case", "/applications/{registered}/", PERSON, _open_all),
    Stop("case-issued", "portal:case", "/applications/{issued}/", PERSON),
    Stop("case-too-late", "portal:withdraw", "/applications/{issued}/", PERSON, _too_late("withdraw/")),
    Stop("case-refused", "portal:case", "/applications/{refused}/", PERSON),
    Stop("case-annulled", "portal:case", "/applications/{annulled}/", PERSON),
    Stop("case-withdrawn", "portal:case", "/applications/{withdrawn}/", PERSON),
    Stop("receipt", "portal:receipt", "/applications/{registered}/receipt/", PERSON),
    Stop("withdraw", "portal:withdraw", "/applications/{registered}/withdraw/", PERSON),
    Stop("complain", "portal:complain", "/complain/"),
    Stop("complain-case", "portal:complain-step", "/complain/case/", PERSON),
    Stop("complain-provider", "portal:complain-step", "/complain/provider/", PERSON),
    Stop("complain-subject", "portal:complain-step", "/complain/subject/", PERSON),
    Stop("complain-official", "portal:complain-step", "/complain/official/", PERSON),
    Stop("complain-addressee", "portal:complain-step", "/complain/addressee/", PERSON),
    Stop(
        "complain-addressee-quality",
        "portal:complain-step",
        "/complain/addressee/",
        PERSON,
        _to_quality_body,
    ),
    Stop(
        "complain-own-head",
        "portal:complain-step",
        "/complain/official/",
        PERSON,
        _complain_to_head_about_himself,
    ),
    Stop("complain-text", "portal:complain-step", "/complain/text/", PERSON),
    Stop("complain-text-nothing", "portal:complain-step", "/complain/text/", PERSON, _send_no_text),
    Stop("complain-check", "portal:complain-check", "/complain/check/", PERSON, _open_all),
    Stop("complaint-sent", "portal:complaint", "/complaints/{sent}/", PERSON, _open_all),
    Stop("complaint-answered", "portal:complaint", "/complaints/{answered}/", PERSON),
    Stop("complaint-receipt", "portal:complaint-receipt", "/complaints/{sent}/receipt/", PERSON),
    Stop(
        "complaint-confirmation",
        "portal:complaint-confirmation",
        "/complaints/{complained}/confirmation/",
        PERSON,
    ),
    Stop("complaint-withdraw", "portal:withdraw-complaint", "/complaints/{sent}/withdraw/", PERSON),
    Stop("chancery-register", "chancery:register", "/chancery/", (*CHANCERY, *OTHER_BODIES)),
    Stop("chancery-closed", "chancery:register", "/chancery/?show=closed", ("chancery",)),
    Stop("chancery-not-found", "chancery:register", "/chancery/?number=1", ("chancery",)),
    Stop("chancery-new", "chancery:new", "/chancery/new/", ("chancery",)),
    Stop("chancery-new-nothing", "chancery:new", "/chancery/new/", ("chancery",), _register_nothing),
    Stop("chancery-sent", "chancery:complaint", "/chancery/{sent}/", ("chancery",)),
    Stop("chancery-complained", "chancery:complaint", "/chancery/{complained}/", SIGNER),
    Stop("chancery-considered", "chancery:complaint", "/chancery/{considered}/", CHANCERY, _open_all),
    Stop("chancery-answered", "chancery:complaint", "/chancery/{answered}/", ("head",)),
    Stop("chancery-akim", "chancery:complaint", "/chancery/{to_akim}/", ("akim",)),
    Stop("chancery-quality", "chancery:complaint", "/chancery/{to_quality}/", ("quality_official",)),
    Stop("chancery-confirmation", "chancery:confirmation", "/chancery/{considered}/confirmation/", CHANCERY),
    Stop(
        "chancery-confirmation-akim", "chancery:confirmation", "/chancery/{to_akim}/confirmation/", ("akim",)
    ),
    Stop(
        "chancery-confirmation-quality",
        "chancery:confirmation",
        "/chancery/{to_quality}/confirmation/",
        ("quality_official",),
    ),
    Stop("chancery-reply", "chancery:reply", "/chancery/{answered}/reply/", CHANCERY),
    Stop("chancery-reply-akim", "chancery:reply", "/chancery/{replied_akim}/reply/", ("akim",)),
    Stop(
        "chancery-reply-quality",
        "chancery:reply",
        "/chancery/{replied_quality}/reply/",
        ("quality_official",),
    ),
    *_chancery_steps("answer", SIGNER),
    *_chancery_steps("refuse", SIGNER),
    *_chancery_steps("forward", ("chancery", *SIGNER)),
    Stop("desk-court", "desk:court", "/desk/cases/{refused}/court/", SIGNER),
    Stop("desk-court-nothing", "desk:court", "/desk/cases/{refused}/court/", ("head",), _send_main),
    Stop("no-right", "desk:work", "/desk/", PERSON, status=403),
    Stop("desk-sign-in", "desk:sign-in", "/desk/sign-in/"),
    Stop("desk-sign-in-nothing", "desk:sign-in", "/desk/sign-in/", act=_send),
    Stop("desk-enrol", "desk:enrol", "/desk/sign-in/", act=_begin_enrolment),
    Stop("desk-work", "desk:work", "/desk/", COUNTER),
    Stop("helpdesk-status", "helpdesk:status", "/helpdesk/", HELPDESK),
    Stop("helpdesk-status-nothing", "helpdesk:status", "/helpdesk/", HELPDESK, _send),
    Stop("helpdesk-status-absent", "helpdesk:status", "/helpdesk/", HELPDESK, _ask_absent),
    Stop("helpdesk-status-told", "helpdesk:status", "/helpdesk/", HELPDESK[:1], _show_document),
    Stop("helpdesk-status-other", "helpdesk:status", "/helpdesk/", ("elsewhere",), _ask_of_another_office),
    Stop("helpdesk-appeal", "helpdesk:appeal", "/helpdesk/appeal/", HELPDESK),
    Stop(
        "desk-me",
        "desk:me",
        "/desk/me/",
        (*COUNTER, "administrator", "auditor", *HELPDESK, "chancery", *OTHER_BODIES),
    ),
    Stop("desk-breaks", "desk:breaks", "/desk/breaks/", ("administrator",)),
    Stop("desk-breaks-nothing", "desk:breaks", "/desk/breaks/", ("administrator",), _send_break),
    Stop("desk-calendar", "desk:calendar", "/desk/calendar/", ("administrator",)),
    Stop("desk-calendar-nothing", "desk:calendar", "/desk/calendar/", ("administrator",), _send_main),
    Stop("desk-window-free", "desk:intake", "/desk/", ("clerk",), _be_free),
    Stop("desk-window-called", "desk:intake", "/desk/", ("clerk",), _be_called),
    Stop("desk-intake", "desk:intake", _INTAKE, SPECIALIST),
    Stop("desk-intake-nothing", "desk:intake", _INTAKE, SPECIALIST, _send_intake),
    Stop("desk-intake-another", "desk:intake", _INTAKE, SPECIALIST, _send_another_document),
    Stop("desk-intake-seen", "desk:intake", _INTAKE, SPECIALIST, _show_expired),
    Stop("desk-look-up", "desk:look-up", _INTAKE, SPECIALIST, _look_up),
    Stop("desk-not-accepted", "desk:not-accepted", "/desk/intake/not-accepted/", SPECIALIST),
    Stop("desk-not-accepted-nothing", "desk:not-accepted", "/desk/intake/not-accepted/", SPECIALIST, _send),
    Stop("desk-note", "desk:note", "/desk/notes/{note}/", COUNTER),
    Stop("desk-case-registered", "desk:case", "/desk/cases/{registered}/", COUNTER, _open_all),
    Stop("desk-case-drafted", "desk:case", "/desk/cases/{drafted}/", COUNTER),
    Stop("desk-case-at-counter", "desk:case", "/desk/cases/{at_counter}/", SPECIALIST),
    Stop("desk-case-signed", "desk:case", "/desk/cases/{signed}/", SPECIALIST),
    Stop("desk-case-handed-over", "desk:case", "/desk/cases/{handed_over}/", COUNTER),
    Stop("desk-case-annulled", "desk:case", "/desk/cases/{annulled}/", COUNTER),
    Stop("desk-contact", "desk:contact", "/desk/cases/{handed_over}/contact/", SPECIALIST),
    Stop("desk-annul", "desk:annul", "/desk/cases/{handed_over}/annul/", COUNTER),
    Stop("desk-case-proposed", "desk:case", "/desk/cases/{signed}/", SIGNER),
    Stop("desk-annulment", "desk:annulment", "/desk/cases/{signed}/annulment/", SIGNER),
    Stop("desk-annul-nothing", "desk:annul", "/desk/cases/{handed_over}/annul/", ("head",), _send),
    Stop("desk-case-too-late", "desk:take", "/desk/cases/{sealing}/", SPECIALIST, _too_late("take/")),
    Stop("desk-being-made", "desk:referral-pdf", "/desk/cases/{sealing}/document.pdf", COUNTER, status=202),
    Stop("desk-case-refused", "desk:case", "/desk/cases/{refused}/", SPECIALIST),
    Stop("desk-case-withdrawn", "desk:case", "/desk/cases/{withdrawn}/", SPECIALIST),
    Stop("desk-receipt", "desk:receipt", "/desk/cases/{at_counter}/receipt/", COUNTER),
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
    Stop("desk-choose", "desk:choose", _OPENINGS, SPECIALIST),
    Stop("desk-choose-none", "desk:choose", f"{_OPENINGS}?find-words=x9", SPECIALIST),
    Stop("desk-choose-fault", "desk:choose", f"{_OPENINGS}?find-least_wage=x", SPECIALIST, status=422),
    Stop("desk-case-found", "desk:case", "/desk/cases/{drafted}/", SPECIALIST, _find_opening),
    Stop("desk-fill", "desk:fill", "/desk/cases/{drafted}/", SPECIALIST, _choose_opening),
    Stop("desk-eligibility", "desk:eligibility", "/desk/cases/{drafted}/eligibility/", SPECIALIST),
    Stop(
        "desk-eligibility-nothing", "desk:fact", "/desk/cases/{drafted}/eligibility/", SPECIALIST, _send_fact
    ),
    Stop("desk-openings", "desk:openings", "/desk/openings/", COUNTER),
    Stop("desk-openings-none", "desk:openings", "/desk/openings/?kind=YOUTH_PRACTICE&closed=on", SPECIALIST),
    Stop("desk-opening", "desk:opening", "/desk/openings/{opening}/", COUNTER),
    Stop("desk-opening-correct", "desk:correct-opening", "/desk/openings/{opening}/correct/", SPECIALIST),
    Stop("desk-opening-close", "desk:close-opening", "/desk/openings/{opening}/close/", SPECIALIST),
    Stop("desk-organisations", "desk:organisations", "/desk/organisations/", COUNTER),
    Stop("desk-organisation", "desk:organisation", "/desk/organisations/{organisation}/", COUNTER),
    Stop(
        "desk-organisation-enter",
        "desk:enter-organisation",
        "/desk/organisations/new/",
        SPECIALIST,
        _send_main,
    ),
    Stop(
        "desk-organisation-correct",
        "desk:correct-organisation",
        "/desk/organisations/{organisation}/correct/",
        SPECIALIST,
    ),
    Stop(
        "desk-contact",
        "desk:confirm-contact",
        "/desk/organisations/{organisation}/contact/",
        SPECIALIST,
        _send_main,
    ),
    Stop(
        "desk-opening-kind",
        "desk:enter-opening",
        "/desk/organisations/{organisation}/openings/new/",
        SPECIALIST,
    ),
    Stop(
        "desk-opening-enter",
        "desk:enter-opening",
        "/desk/organisations/{organisation}/openings/new/?kind=VOCATIONAL_TRAINING",
        SPECIALIST,
        _send_main,
    ),
    Stop("desk-slips", "desk:slips", "/desk/slips/", SPECIALIST),
    Stop("desk-slips-nothing", "desk:slips", "/desk/slips/", SPECIALIST, _send_main),
    Stop("desk-slip", "desk:slip", "/desk/cases/{handed_over}/slip/", SPECIALIST),
    Stop("desk-slip-nothing", "desk:slip", "/desk/cases/{handed_over}/slip/", SPECIALIST, _send_main),
    Stop("desk-refuse", "desk:refuse", "/desk/cases/{drafted}/refuse/", SPECIALIST),
    Stop("desk-refuse-nothing", "desk:refuse", "/desk/cases/{at_counter}/refuse/", SPECIALIST, _send),
    Stop("desk-withdraw", "desk:withdraw", "/desk/cases/{registered}/withdraw/", SPECIALIST),
    Stop("desk-paper", "desk:paper", "/desk/paper/", SIGNER),
    Stop("desk-paper-nothing", "desk:paper", "/desk/paper/", ("head",), _send_void),
    Stop("desk-paper-sheets", "desk:paper-sheets", "/desk/paper/sheets/", SIGNER),
    Stop("desk-register", "desk:register", "/desk/registers/", COUNTER, _show_register),
    Stop("desk-register-fault", "desk:register", "/desk/registers/?on=x", COUNTER, status=422),
    Stop(
        "desk-register-referrals",
        "desk:register-referrals",
        "/desk/registers/referrals/",
        COUNTER,
        _show_register,
    ),
    Stop("desk-paper-line", "desk:paper-line", "/desk/paper/{paper_line}/line/", SIGNER),
    Stop(
        "desk-paper-line-nothing", "desk:paper-line", "/desk/paper/{paper_line}/line/", ("head",), _send_main
    ),
    Stop(
        "desk-paper-line-doubt", "desk:paper-line", "/desk/paper/{paper_line}/line/", ("head",), _send_doubt
    ),
    Stop("desk-paper-ticket", "desk:paper-ticket", "/desk/paper/tickets/{paper_ticket}/", COUNTER),
    Stop("desk-paper-note", "desk:paper-note", "/desk/paper/{paper_note}/note/", SIGNER),
    Stop(
        "desk-paper-note-nothing", "desk:paper-note", "/desk/paper/{paper_note}/note/", ("head",), _send_main
    ),
    Stop("desk-paper-enter", "desk:paper-enter", "/desk/paper/{blank}/", SIGNER),
    Stop("desk-paper-enter-nothing", "desk:paper-enter", "/desk/paper/{blank}/", ("head",), _send_main),
    Stop("desk-paper-result", "desk:paper-result", "/desk/cases/{on_paper}/paper-result/", SIGNER),
    Stop(
        "desk-paper-result-nothing",
        "desk:paper-result",
        "/desk/cases/{on_paper}/paper-result/",
        ("head",),
        _send_main,
    ),
    Stop("desk-case-on-paper", "desk:case", "/desk/cases/{on_paper}/", COUNTER),
    Stop("desk-decision", "desk:decision", "/desk/cases/{drafted}/decision/", SIGNER, _open_all),
    Stop(
        "desk-decision-closed",
        "desk:decision",
        "/desk/cases/{drafted}/decision/",
        ("head",),
        _sign_with_program("closed"),
    ),
    Stop(
        "desk-decision-qr",
        "desk:decision",
        "/desk/cases/{drafted}/decision/",
        ("head",),
        _ask_phone("qr.begin.business"),
    ),
    Stop("report", "reports:report", "/reports/", (*SIGNER, "auditor")),
    Stop("report-unclear", "reports:report", "/reports/?month=x", ("head",), status=422),
    Stop("report-nothing", "reports:report", "/reports/?month=2015-05", ("auditor",)),
    Stop("report-rows", "reports:rows", "/reports/", (*SIGNER, "auditor"), _open_rows),
    Stop("desk-imports", "desk:imports", "/desk/imports/", COUNTER),
    Stop("desk-imports-nothing", "desk:imports", "/desk/imports/", COUNTER, act=_send_no_table),
    Stop("desk-import-taken", "desk:import", "/desk/imports/{table_taken}/", COUNTER),
    Stop("desk-import-refused", "desk:import", "/desk/imports/{table_refused}/", COUNTER),
    Stop("administration", "administration:home", "/administration/", ADMINISTRATOR),
    Stop("administration-centre", "administration:centre", "/administration/centre/", ADMINISTRATOR),
    Stop("administration-journal", "administration:journal", "/administration/journal/", ADMINISTRATOR),
    Stop("administration-partners", "administration:partners", "/administration/partners/", ADMINISTRATOR),
    Stop(
        "administration-partners-nothing",
        "administration:partners",
        "/administration/partners/",
        ADMINISTRATOR,
        act=_send_no_partner,
    ),
    Stop(
        "administration-partner-key",
        "administration:partner-key",
        "/administration/partners/",
        ADMINISTRATOR,
        act=_give_key,
    ),
    Stop(
        "administration-partner-end",
        "administration:partner-end",
        "/administration/partners/{partner}/end/",
        ADMINISTRATOR,
    ),
    Stop("administration-offices", "administration:offices", "/administration/offices/", ADMINISTRATOR),
    Stop(
        "administration-office", "administration:office", "/administration/offices/{office}/", ADMINISTRATOR
    ),
    Stop(
        "administration-enter-office",
        "administration:enter-office",
        "/administration/offices/new/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-enter-office-nothing",
        "administration:enter-office",
        "/administration/offices/new/",
        ADMINISTRATOR,
        _send_main,
    ),
    Stop(
        "administration-change-office",
        "administration:change-office",
        "/administration/offices/{office}/change/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-enter-place",
        "administration:enter-place",
        "/administration/offices/{office}/places/new/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-change-place",
        "administration:change-place",
        "/administration/places/{kept_place}/change/",
        ADMINISTRATOR,
    ),
    Stop("administration-staff", "administration:staff", "/administration/staff/", ADMINISTRATOR),
    Stop("administration-staff-none", "administration:staff", "/administration/staff/?q=xyz", ADMINISTRATOR),
    Stop("administration-appoint", "administration:appoint", "/administration/staff/new/", ADMINISTRATOR),
    Stop(
        "administration-appoint-nothing",
        "administration:appoint",
        "/administration/staff/new/",
        ADMINISTRATOR,
        _send_main,
    ),
    Stop(
        "administration-official", "administration:official", "/administration/staff/{deputy}/", ADMINISTRATOR
    ),
    Stop(
        "administration-change-post",
        "administration:change-post",
        "/administration/staff/{deputy}/change/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-leaving",
        "administration:leaving",
        "/administration/staff/{deputy}/leaving/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-enter-order",
        "administration:enter-order",
        "/administration/staff/{deputy}/orders/new/",
        ADMINISTRATOR,
    ),
    Stop("administration-resets", "administration:resets", "/administration/second-factor/", ADMINISTRATOR),
    Stop(
        "administration-invitation",
        "administration:invite",
        "/administration/staff/{deputy}/",
        ADMINISTRATOR,
        _invite,
    ),
    Stop("administration-invited", "administration:invited", "/administration/invitation/"),
    Stop(
        "administration-invited-nothing",
        "administration:invited",
        "/administration/invitation/",
        act=_send_main,
    ),
)

NO_PAGES = {
    "portal:passport-json": "data",
    "portal:verify-keys": "data",
    "portal:sign-in-document": "a file",
    "portal:apply-document": "a file",
    "portal:case-document": "a file",
    "portal:sign-out": "leads on",
    "portal:sign-in-qr": "leads on; its faults stand on portal:sign-in",
    "portal:check-qr": "leads on; its faults stand on portal:check",
    "portal:complaint-qr": "leads on; its faults stand on portal:complain-check",
    "desk:decision-qr": "leads on; its faults stand on desk:decision",
    "desk:annulment-qr": "leads on; its faults stand on desk:annulment",
    "desk:annulment-document": "a file",
    "desk:annulment-decline": "leads on",
    "desk:recall": "leads on; what holds a decision back is not set in this house",
    "mobile:invitation": "data, for a phone",
    "mobile:document": "data, for a phone",
    "mobile:state": "data",
    "mobile:code": "a picture on a signing page",
    "mobile:cancel": "leads on",
    "portal:delete-draft": "leads on",
    "portal:complaint-document": "a file",
    "portal:delete-complaint": "leads on",
    "chancery:accept": "leads on",
    "chancery:assign": "leads on; its faults stand on chancery:complaint",
    "chancery:execute": "leads on",
    "desk:carry-out": "leads on",
    "portal:remove-contact": "leads on",
    "desk:remove-contact": "leads on",
    "desk:enrol-code": "a picture on desk:enrol",
    "desk:sign-out": "leads on",
    "desk:call-off-break": "leads on",
    "reports:report-csv": "a file",
    "reports:rows-csv": "a file",
    "administration:staying": "leads on",
    "administration:call-off-order": "leads on",
    "administration:ask-reset": "leads on",
    "administration:confirm-reset": "leads on",
    "administration:call-off-reset": "leads on",
    "desk:asked": "leads on",
    "desk:confirm-reply": "leads on",
    "desk:set-reply-aside": "leads on",
    "desk:send-reply-code": "leads on",
    "organisation:letter": "leads on; its faults stand on organisation:answer",
    "organisation:document": "a file",
    "desk:intake-typed": "a part of desk:intake",
    "desk:case-turn": "data",
    "desk:queue": "a part of desk:case",
    "desk:take-ticket": "leads on",
    "desk:print-ticket": "leads on",
    "desk:kiosk-code": "shown by desk:kiosks too",
    "demo:kiosk": "leads on",
    "desk:call-next": "leads on; its faults stand on desk:line",
    "desk:call-again": "leads on; its faults stand on desk:line",
    "desk:open-window": "leads on; its faults stand on desk:line",
    "desk:pause-window": "leads on",
    "desk:resume-window": "leads on",
    "desk:close-window": "leads on",
    "desk:serve-ticket": "leads on",
    "desk:ticket-no-show": "leads on",
    "desk:end-ticket": "leads on",
    "desk:draft": "leads on; its faults stand on desk:case",
    "desk:offer": "leads on",
    "desk:end-contact": "leads on",
    "desk:hand-over": "leads on",
    "desk:paper-void": "leads on; its faults stand on desk:paper",
    "desk:make-offer": "leads on; its faults stand on desk:eligibility",
    "desk:answer-offer": "leads on; its faults stand on desk:eligibility",
    "portal:answer-offer": "leads on; its faults stand on portal:case",
    "desk:openings-template": "a file",
    "desk:organisations-template": "a file",
    "desk:import-report": "a file",
    "desk:import-workbook": "a file",
    "api:description": "data",
    "api:openings": "data, for a partner's system",
    "api:close-openings": "data, for a partner's system",
    "desk:decision-document": "a file",
}
"""Addresses at which nothing is looked at, and why."""
