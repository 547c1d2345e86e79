"""What an organisation answers: with the paper in its hand, by a code, with a key."""

from tests.stories.browser.stops.acts import ask_phone, send
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _state_nothing(walker: Walker) -> None:
    walker.button("reply.here.stated").click()
    walker.page.locator(".errors").wait_for()


def _sign_answer(walker: Walker) -> None:
    walker.choose("answer", "no_show")
    walker.button("reply.here.eds").click()
    walker.page.locator("[data-sign]").wait_for()


def _sign_answer_on_phone(walker: Walker) -> None:
    _sign_answer(walker)
    ask_phone("qr.begin.business")(walker)


STOPS = (
    Stop("answer", "organisation:answer", "/answer/"),
    Stop("answer-unknown", "organisation:answer", "/answer/?n=1&d=2026-03-17&c=AAAA", status=404),
    Stop("answer-held", "organisation:answer", "/answer/?{held}"),
    Stop("answer-held-nothing", "organisation:answer", "/answer/?{held}", act=_state_nothing),
    Stop("answer-sign", "organisation:sign", "/answer/?{held}", act=_sign_answer),
    Stop("answer-sign-code", "organisation:sign", "/answer/?{held}", act=_sign_answer_on_phone),
    Stop("answer-sent", "organisation:sent", "/answer/sent/"),
    Stop("answer-code", "organisation:code", "/answer/{reply_code}/"),
    Stop("answer-code-nothing", "organisation:code", "/answer/{reply_code}/", act=send),
    Stop("answer-given", "organisation:given", "/answer/given/{reply_stated}/"),
)

NO_PAGES = {
    "organisation:letter": "leads on; its faults stand on organisation:answer",
    "organisation:sign-qr": "leads on; its faults stand on organisation:sign",
    "organisation:document": "a file",
}
