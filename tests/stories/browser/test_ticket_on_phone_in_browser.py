"""A ticket on a phone in a real browser: it follows its call without a reload, chimes, and fits 320 px."""

import pytest
from playwright.sync_api import expect

from joldama.standard.typography import bound
from tests.stories.browser.halls import call_again, call_next, hall, nobody_came
from tests.stories.browser.looking import NARROW, PHONE, axe, faults
from tests.stories.browser.walk import PATIENCE, TALL

pytestmark = pytest.mark.browser

HUGE = 64  # px: the window is read at an arm's length


def test_a_call_is_on_the_phone_without_a_reload_and_chimes_where_it_was_allowed(walker, house):
    """R8.1-c, R4.2-a"""
    place, ticket = hall(house, called=0, waiting=2)
    visitor = walker(language="ru", width=PHONE)
    page = visitor.page
    visitor.open(f"/hall/tickets/{ticket}/")
    expect(page.locator("#state")).to_contain_text("перед вами человек: 1")
    loaded = page.evaluate("performance.timeOrigin")
    page.get_by_role("button", name=visitor.say("hall.sound.on")).click()
    expect(page.locator("html[data-chimes='1']")).to_be_attached()

    house.behind(call_next(place, window=1))
    expect(page.locator("#state")).to_contain_text("перед вами человек: 0", timeout=PATIENCE)
    expect(page.locator("html[data-chimes='1']")).to_be_attached()
    house.behind(call_next(place, window=2))

    expect(page.locator(".turn__window b")).to_have_text("2", timeout=PATIENCE)
    expect(page.locator("#state")).to_contain_text("Вас приглашает окно 2")
    expect(page.locator("html[data-chimes='2']")).to_be_attached()
    size = page.locator(".turn__window b").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    assert size >= HUGE
    house.behind(call_again(place, number=2))
    expect(page.locator("html[data-chimes='3']")).to_be_attached(timeout=PATIENCE)
    house.behind(nobody_came(place, number=2))
    expect(page.locator("#state")).to_contain_text(visitor.say("status.ticket.NO_SHOW"), timeout=PATIENCE)
    assert page.evaluate("performance.timeOrigin") == loaded


@pytest.fixture(scope="module")
def tickets(house):
    """A ticket that waits, one that is called, one to which nobody came, at offices with long names."""
    _place, waits = hall(house, called=1, waiting=3)
    _place, called = hall(house, called=1, waiting=0, first=12)
    place, absent = hall(house, called=1, waiting=0)
    house.behind(nobody_came(place, number=1))
    return {"waits": waits, "called": called, "absent": absent}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_ticket_fits_the_narrowest_phone_and_axe_finds_nothing(walker, tickets, language):
    visitor = walker(language=language, width=NARROW)

    found = {}
    for state, ticket in tickets.items():
        visitor.page.set_viewport_size({"width": NARROW, "height": TALL})
        visitor.open(f"/hall/tickets/{ticket}/")
        found[state] = faults(visitor, NARROW) + axe(visitor, PHONE, "light") + axe(visitor, PHONE, "dark")

    assert found == {state: [] for state in tickets}


def test_a_ticket_is_read_without_javascript(walker, tickets):
    visitor = walker(language="kk", width=PHONE, javascript=False)

    visitor.open(f"/hall/tickets/{tickets['called']}/")

    expect(visitor.page.locator("#state")).to_contain_text(bound("Сізді 12-терезеге шақырды"))
    expect(visitor.page.locator("[data-sounds]")).to_be_hidden()
