"""What is done at stops of more than one room."""

import json

from tests.stories.browser.ncalayer import GREETING
from tests.stories.browser.stops.stop import Act
from tests.stories.browser.walk import Walker


def send(walker: Walker) -> None:
    walker.page.locator("main form[method=post] button:not([type=button]):not([formaction])").first.click()
    walker.page.locator(".errors, .banner--bad").first.wait_for()


def send_main(walker: Walker) -> None:
    walker.page.locator("main form[method=post]").first.locator("button").last.click()
    walker.page.locator(".errors").wait_for()


def open_all(walker: Walker) -> None:
    walker.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def ask_phone(key: str) -> Act:
    """Ask for a code, and wait for it."""

    def ask(walker: Walker) -> None:
        for name in (key, "qr.again"):
            if walker.button(name).is_visible():
                walker.button(name).click()
        walker.page.locator(".qr__code img").wait_for()
        walker.page.locator("[data-left]").wait_for()

    return ask


PROGRAM = """([greeting, answer]) => {
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


def sign_with_program(state: str, *, greeting: object = GREETING, answer: object = None) -> Act:
    """Have a signing program behave so that the page comes to a state."""

    def sign(walker: Walker) -> None:
        spoken = [said if said is None else json.dumps(said) for said in (greeting, answer)]
        walker.page.evaluate(PROGRAM, spoken)
        walker.button("action.sign_demo").click()
        walker.page.locator(f"form[data-state={state}] .signing__state strong").wait_for()

    return sign


def too_late(action: str) -> Act:
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
