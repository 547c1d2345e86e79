"""A case at the desk, from its registration to the decision, the handing over and the annulment."""

from tests.stories.browser.stops.acts import ask_phone, open_all, send, send_main, sign_with_program, too_late
from tests.stories.browser.stops.roles import COUNTER, SIGNER, SPECIALIST
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _send_fact(walker: Walker) -> None:
    walker.button("desk.fact.enter").click()
    walker.page.locator(".errors").wait_for()


def _find_opening(walker: Walker) -> None:
    walker.fill(**{"find-words": "ozelenitel"})
    walker.page.locator("#found a[data-opening]").first.wait_for()


def _choose_opening(walker: Walker) -> None:
    """By keyboard alone: from the words down to what was found, and Enter."""
    _find_opening(walker)
    walker.page.keyboard.press("ArrowDown")
    walker.page.keyboard.press("Enter")
    walker.page.locator("#chosen").wait_for()


def _search_without_script(walker: Walker) -> None:
    """As where no script runs: the button sends the draft with the question, and the page comes back with both."""
    walker.fill(occupation="Көгалдандырушы", **{"find-words": "ozelenitel"})
    walker.page.evaluate(
        """() => {
            const button = document.querySelector("#find button").cloneNode(true);
            button.type = "submit";
            document.querySelector("#find button").replaceWith(button);
        }"""
    )
    walker.page.locator("#find button").click()
    walker.page.locator("#found button[name=chosen]").first.wait_for()
    assert walker.page.locator("[name=occupation]").input_value() == "Көгалдандырушы"


def _count_down(walker: Walker) -> None:
    """Wait until a second of the time to recall is over."""
    shown = walker.page.locator("[data-ends-in] [role=timer]").inner_text()
    walker.page.wait_for_function(
        "(shown) => document.querySelector('[data-ends-in] [role=timer]').innerText !== shown", arg=shown
    )


def _let_time_pass(walker: Walker) -> None:
    """Have nothing left of the time to recall, while the button that recalls has the focus."""
    walker.page.evaluate(
        """() => {
            const card = document.querySelector("[data-ends-in]").cloneNode(true);
            card.dataset.endsIn = "0";
            document.querySelector("[data-ends-in]").replaceWith(card);
            card.querySelector("button").focus();
        }"""
    )
    walker.page.locator("[data-ends-in] + [role=status]:focus").wait_for()
    assert walker.page.locator("[data-ends-in]").is_hidden()


_OPENINGS = "/desk/cases/{drafted}/openings/"
_REPLIES = "/desk/cases/{issued}/replies/"


STOPS = (
    Stop("desk-case-registered", "desk:case", "/desk/cases/{registered}/", COUNTER, open_all),
    Stop("desk-case-drafted", "desk:case", "/desk/cases/{drafted}/", COUNTER),
    Stop("desk-case-at-counter", "desk:case", "/desk/cases/{at_counter}/", SPECIALIST),
    Stop("desk-case-signed", "desk:case", "/desk/cases/{signed}/", SPECIALIST),
    Stop("desk-case-handed-over", "desk:case", "/desk/cases/{handed_over}/", COUNTER),
    Stop("desk-case-annulled", "desk:case", "/desk/cases/{annulled}/", COUNTER),
    Stop("desk-contact", "desk:contact", "/desk/cases/{handed_over}/contact/", SPECIALIST),
    Stop("desk-annul", "desk:annul", "/desk/cases/{handed_over}/annul/", COUNTER),
    Stop("desk-case-proposed", "desk:case", "/desk/cases/{signed}/", SIGNER),
    Stop("desk-annulment", "desk:annulment", "/desk/cases/{signed}/annulment/", SIGNER),
    Stop("desk-annul-nothing", "desk:annul", "/desk/cases/{handed_over}/annul/", ("head",), send),
    Stop("desk-case-too-late", "desk:take", "/desk/cases/{sealing}/", SPECIALIST, too_late("take/")),
    Stop("desk-being-made", "desk:referral-pdf", "/desk/cases/{sealing}/document.pdf", COUNTER, status=202),
    Stop("desk-case-refused", "desk:case", "/desk/cases/{refused}/", SPECIALIST),
    Stop("desk-case-withdrawn", "desk:case", "/desk/cases/{withdrawn}/", SPECIALIST),
    Stop("desk-receipt", "desk:receipt", "/desk/cases/{at_counter}/receipt/", COUNTER),
    Stop("desk-choose", "desk:choose", _OPENINGS, SPECIALIST),
    Stop("desk-choose-none", "desk:choose", f"{_OPENINGS}?find-words=x9", SPECIALIST),
    Stop("desk-choose-fault", "desk:choose", f"{_OPENINGS}?find-least_wage=x", SPECIALIST, status=422),
    Stop("desk-case-found", "desk:case", "/desk/cases/{drafted}/", SPECIALIST, _find_opening),
    Stop("desk-search", "desk:search", "/desk/cases/{drafted}/", SPECIALIST, _search_without_script),
    Stop("desk-case-held", "desk:case", "/desk/cases/{recallable}/", COUNTER, _count_down),
    Stop("desk-case-held-over", "desk:case", "/desk/cases/{recallable}/", ("head",), _let_time_pass),
    Stop("desk-fill", "desk:fill", "/desk/cases/{drafted}/", SPECIALIST, _choose_opening),
    Stop("desk-eligibility", "desk:eligibility", "/desk/cases/{drafted}/eligibility/", SPECIALIST),
    Stop(
        "desk-eligibility-nothing", "desk:fact", "/desk/cases/{drafted}/eligibility/", SPECIALIST, _send_fact
    ),
    Stop("desk-slips", "desk:slips", "/desk/slips/", SPECIALIST),
    Stop("desk-slips-nothing", "desk:slips", "/desk/slips/", SPECIALIST, send_main),
    Stop("desk-slip", "desk:slip", "/desk/cases/{handed_over}/slip/", SPECIALIST),
    Stop("desk-slip-nothing", "desk:slip", "/desk/cases/{handed_over}/slip/", SPECIALIST, send_main),
    Stop("desk-case-answered", "desk:case", "/desk/cases/{issued}/", SPECIALIST),
    Stop("desk-withdraw-answer", "desk:withdraw-answer", f"{_REPLIES}withdraw/", SPECIALIST),
    Stop(
        "desk-withdraw-answer-nothing", "desk:withdraw-answer", f"{_REPLIES}withdraw/", SPECIALIST, send_main
    ),
    Stop("desk-refuse", "desk:refuse", "/desk/cases/{drafted}/refuse/", SPECIALIST),
    Stop("desk-refuse-nothing", "desk:refuse", "/desk/cases/{at_counter}/refuse/", SPECIALIST, send),
    Stop("desk-withdraw", "desk:withdraw", "/desk/cases/{registered}/withdraw/", SPECIALIST),
    Stop("desk-case-on-paper", "desk:case", "/desk/cases/{on_paper}/", COUNTER),
    Stop("desk-decision", "desk:decision", "/desk/cases/{drafted}/decision/", SIGNER, open_all),
    Stop(
        "desk-decision-closed",
        "desk:decision",
        "/desk/cases/{drafted}/decision/",
        ("head",),
        sign_with_program("closed"),
    ),
    Stop(
        "desk-decision-qr",
        "desk:decision",
        "/desk/cases/{drafted}/decision/",
        ("head",),
        ask_phone("qr.begin.business"),
    ),
)

NO_PAGES = {
    "desk:decision-qr": "leads on; its faults stand on desk:decision",
    "desk:annulment-qr": "leads on; its faults stand on desk:annulment",
    "desk:annulment-document": "a file",
    "desk:annulment-decline": "leads on",
    "desk:recall": "leads on",
    "desk:carry-out": "leads on",
    "desk:remove-contact": "leads on",
    "desk:confirm-reply": "leads on",
    "desk:set-reply-aside": "leads on",
    "desk:send-reply-code": "leads on",
    "desk:case-turn": "data",
    "desk:queue": "a part of desk:case",
    "desk:draft": "leads on; its faults stand on desk:case",
    "desk:offer": "leads on",
    "desk:end-contact": "leads on",
    "desk:hand-over": "leads on",
    "desk:make-offer": "leads on; its faults stand on desk:eligibility",
    "desk:answer-offer": "leads on; its faults stand on desk:eligibility",
    "desk:decision-document": "a file",
}
