"""The waiting line in a real browser: worked by keys alone, and a display that follows without a reload."""

import pytest
from playwright.sync_api import expect

from tests.stories.browser.walk import PATIENCE, Walker

pytestmark = pytest.mark.browser


def press(walker: Walker, key: str) -> None:
    """Press a key that leads on, and stand on the page it leads to: a key pressed on the way is lost."""
    with walker.page.expect_navigation():
        walker.page.keyboard.press(key)


def click(walker: Walker, key: str) -> None:
    """Press a button that leads on, and stand on the page it leads to."""
    with walker.page.expect_navigation():
        walker.button(key).click()


def test_a_visit_is_worked_by_keys_and_the_display_follows(walker):
    """R4.2-b, R8.1-c"""
    clerk, hall = walker(language="kk"), walker(language="ru", width=1920)
    clerk.enter_as_official("almaty.specialist")
    clerk.page.goto("/desk/line/")
    hall.open(clerk.page.locator("main a[href^='/hall/']").get_attribute("href"))
    expect(hall.page.locator("#waiting")).to_contain_text(hall.say("line.nobody"))
    loaded = hall.page.evaluate("performance.timeOrigin")

    press(clerk, "F9")
    clerk.sees_page("/desk/tickets/*/")
    ticket = clerk.page.locator(".turn b").inner_text()
    expect(hall.page.locator("#waiting li")).to_have_text([ticket], timeout=PATIENCE)

    clerk.page.goto("/desk/line/")
    press(clerk, "Enter")
    clerk.page.locator("[data-clock]").wait_for()
    expect(hall.page.locator(".call__no")).to_contain_text(ticket, timeout=PATIENCE)
    expect(hall.page.locator("#said")).to_contain_text("бірінші терезеге келіңіз.")
    expect(hall.page.locator("#said")).to_contain_text("пройдите к окну номер один.")

    press(clerk, "Enter")
    clerk.button("line.end.RESULT").wait_for()
    press(clerk, "Enter")
    clerk.button("action.call_next").wait_for()
    expect(hall.page.locator(".call__no")).to_have_count(0, timeout=PATIENCE)
    assert hall.page.evaluate("performance.timeOrigin") == loaded


def test_the_line_of_a_colleague_moves_without_a_reload_and_what_has_the_focus_stays(walker):
    clerk, head = walker(language="ru"), walker(language="ru")
    clerk.enter_as_official("almaty.specialist")
    head.enter_as_official("almaty.head")
    head.page.goto("/desk/line/")
    expect(head.page.locator("#live")).to_contain_text(head.say("line.nobody"))

    clerk.page.goto("/desk/line/")
    click(clerk, "action.take_ticket")
    clerk.sees_page("/desk/tickets/*/")

    ticket = clerk.page.locator(".turn b").inner_text()
    expect(head.page.locator("#live")).to_contain_text(ticket, timeout=PATIENCE)
    clerk.page.goto("/desk/line/")
    click(clerk, "action.call_next")
    press(clerk, "F4")
    expect(head.page.locator("#live")).to_contain_text(head.say("status.ticket.NO_SHOW"), timeout=PATIENCE)


def test_the_line_and_the_display_work_without_javascript(walker):
    clerk = walker(language="en", javascript=False)
    clerk.enter_as_official("akkol.specialist")
    clerk.page.goto("/desk/line/")
    click(clerk, "action.take_ticket")
    clerk.link("line.to_line").click()
    click(clerk, "action.call_next")
    display = clerk.page.locator("main a[href^='/hall/']").get_attribute("href")
    click(clerk, "action.start_serving")
    clerk.open(display)
    expect(clerk.page.locator("#said")).to_contain_text("please go to window 1.")
    clerk.page.goto("/desk/line/")
    click(clerk, "line.end.ANSWER")

    expect(clerk.button("action.call_next")).to_be_visible()


def test_a_window_is_opened_paused_and_closed_by_keys(walker):
    """Two keys; a pause is seen on a reload, and the next key goes on."""
    clerk = walker(language="kk")
    clerk.enter_as_official("almaty.specialist")
    clerk.page.goto("/desk/line/")
    card = clerk.page.locator("#window-head")
    if card.inner_text() != clerk.say("window.none"):
        press(clerk, "F10")  # another story of this house left it open
    expect(card).to_have_text(clerk.say("window.none"))

    shown = []
    for key in ("F7", "F7", "F7", "F10"):
        press(clerk, key)
        shown.append(card.inner_text())

    assert ["ашық" in text for text in shown] == [True, False, True, False]
    assert "тоқтатылып тұр" in shown[1]
    assert shown[3] == clerk.say("window.none")
