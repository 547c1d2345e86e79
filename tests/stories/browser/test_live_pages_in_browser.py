"""Open pages follow a call at once, though nobody asks for an hour; without the stream they ask by themselves."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Request, expect

from tests.stories.browser.halls import empty
from tests.stories.browser.house import House
from tests.stories.browser.walk import PATIENCE, Walker

pytestmark = pytest.mark.browser

SLOWLY = 3600
"""Seconds between two questions of a page that nobody wakes: no story is that long."""

BY_ITSELF = 1


class Asked:
    """What a visitor's page asked its own address after it was loaded, and the streams it opened."""

    def __init__(self, walker: Walker, path: str) -> None:
        self._own = path
        self.pages = 0
        self.streams = 0
        walker.page.on("request", self._count)

    def _count(self, request: Request) -> None:
        path = urlsplit(request.url).path
        self.pages += path == self._own and not request.is_navigation_request()
        self.streams += path.startswith("/live/")


def open_with_period(walker: Walker, path: str, seconds: int) -> Asked:
    """Open a page whose parts are asked for every so many seconds where nothing streams."""

    walker.page.add_init_script(
        "document.addEventListener('readystatechange', () => {"
        " if (document.readyState !== 'interactive') return;"
        f" for (const part of document.querySelectorAll('[data-live]')) part.dataset.live = {seconds};"
        "});"
    )
    asked = Asked(walker, path)
    walker.page.goto(path)
    return asked


def press(clerk: Walker, key: str) -> None:
    with clerk.page.expect_navigation():
        clerk.button(key).click()


def take_ticket(clerk: Walker) -> str:
    clerk.page.goto("/desk/line/")
    press(clerk, "action.take_ticket")
    clerk.sees_page("/desk/tickets/*/")
    return clerk.page.locator(".turn b").inner_text()


def call(clerk: Walker) -> None:
    clerk.page.goto("/desk/line/")
    press(clerk, "action.call_next")


def finish(clerk: Walker) -> None:
    press(clerk, "action.start_serving")
    press(clerk, "line.end.ANSWER")


@pytest.fixture
def clerk(walker: Callable[..., Walker], house: House) -> Walker:
    empty(house, office="Ақтау")
    made = walker(language="en")
    made.enter_as_official("aktau.specialist")
    return made


def board_of(clerk: Walker) -> str:
    clerk.page.goto("/desk/line/")
    return clerk.page.locator("main a[href^='/hall/']").first.get_attribute("href") or ""


def listens(walker: Walker) -> None:
    expect(walker.page.locator("html[data-live-state=stream]")).to_be_attached(timeout=PATIENCE)


def test_a_call_is_on_the_board_and_at_the_desk_though_nobody_asks_for_an_hour(
    clerk: Walker, walker: Callable[..., Walker]
) -> None:
    """R8.1-c"""
    hall, head = walker(language="ru", width=1920), walker(language="kk")
    head.enter_as_official("aktau.head")
    asked = open_with_period(hall, board_of(clerk), SLOWLY)
    of_head = open_with_period(head, "/desk/line/", SLOWLY)
    for page in (hall, head):
        listens(page)

    ticket = take_ticket(clerk)
    expect(hall.page.locator("#waiting")).to_contain_text(ticket, timeout=PATIENCE)
    expect(head.page.locator("#live")).to_contain_text(ticket, timeout=PATIENCE)
    call(clerk)
    expect(hall.page.locator("#call")).to_contain_text(ticket, timeout=PATIENCE)
    finish(clerk)
    expect(hall.page.locator("#call")).not_to_contain_text(ticket, timeout=PATIENCE)
    expect(head.page.locator("#live")).to_contain_text(head.say("line.end.ANSWER"), timeout=PATIENCE)

    assert (asked.pages, asked.streams) == (0, 1)
    # One page a change: ticket, call, serving, end; and one as it came, if the house was just woken.
    assert of_head.pages <= 5
    assert of_head.streams == 1


def test_without_the_stream_a_page_asks_by_itself_and_comes_back_to_the_stream(
    clerk: Walker, walker: Callable[..., Walker]
) -> None:
    hall = walker(language="kk")
    hall.page.route("**/live/**", lambda route: route.abort())
    asked = open_with_period(hall, board_of(clerk), BY_ITSELF)

    ticket = take_ticket(clerk)
    expect(hall.page.locator("#waiting")).to_contain_text(ticket, timeout=PATIENCE)
    assert asked.pages > 0
    hall.page.unroute("**/live/**")
    listens(hall)
    asked.pages = 0
    call(clerk)

    expect(hall.page.locator("#call")).to_contain_text(ticket, timeout=PATIENCE)
    assert asked.pages <= 1  # one may have been on its way when the stream came
    finish(clerk)


def test_a_page_that_hears_nothing_says_since_when(clerk: Walker) -> None:
    clerk.page.clock.install()
    clerk.page.goto("/desk/line/")
    listens(clerk)
    note = clerk.page.locator("[data-live-stale]")
    expect(note).to_be_hidden()
    clerk.page.route("**/live/**", lambda route: route.abort())
    clerk.page.route("**/desk/line/", lambda route: route.abort())

    clerk.page.clock.run_for(90_000)

    expect(note).to_be_visible()
    expect(note).to_contain_text(clerk.say("ui.live_stale"))
    expect(note.locator("[data-live-age]")).to_have_text(re.compile(r"^1:[0-3]\d$"))
    assert clerk.page.locator("html").get_attribute("data-live-state") == "stale"


def test_a_part_with_the_focus_waits_and_one_that_is_not_seen_catches_up(
    clerk: Walker, walker: Callable[..., Walker]
) -> None:
    head = walker(language="ru")
    head.enter_as_official("aktau.head")
    first = take_ticket(clerk)
    asked = open_with_period(head, "/desk/line/", SLOWLY)
    listens(head)
    head.page.locator(f"#live a:text-is('{first}')").focus()

    second = take_ticket(clerk)

    expect(head.page.locator("#live a:focus")).to_have_text(first)
    head.page.wait_for_function(
        "() => performance.getEntriesByType('resource').some((one) => one.name === location.href)"
    )
    expect(head.page.locator("#live")).not_to_contain_text(second)
    head.page.evaluate("document.activeElement.blur()")
    expect(head.page.locator("#live")).to_contain_text(second, timeout=PATIENCE)

    hide(head, is_hidden=True)
    asked.pages = 0
    for _ in range(2):
        call(clerk)
        finish(clerk)
    assert asked.pages == 0
    hide(head, is_hidden=False)

    expect(head.page.locator("#live")).to_contain_text(head.say("line.at_windows.nobody"), timeout=PATIENCE)
    assert asked.pages == 1


def hide(walker: Walker, *, is_hidden: bool) -> None:
    """Have the page believe that another one is before it, or no more."""
    walker.page.evaluate(
        "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        is_hidden,
    )
