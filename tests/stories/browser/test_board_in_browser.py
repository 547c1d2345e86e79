"""The board of a hall in a real browser: it fills any screen and nothing scrolls, moves without a reload, sounds."""

import pytest
from playwright.sync_api import expect

from joldama.standard.words import say
from tests.stories.browser.halls import call_again, hall, nobody_came
from tests.stories.browser.looking import violations
from tests.stories.browser.walk import PATIENCE

pytestmark = pytest.mark.browser

SCREENS = [(1920, 1080), (1366, 768), (3840, 2160), (1080, 1920)]
"""A television, a laptop, 4K, and a television that stands upright."""

SMALLEST = 1.5
"""Units: one hundredth of the width limited by the height (29 px at 1080p)."""

LONGEST = {"kk": ("kk", "ru"), "en": ("kk", "ru", "en")}
"""The languages that stand one beneath the other, by the one that was chosen."""

_TELL = """(sentences) => {
  const told = document.querySelector("#told"), box = document.createElement("div");
  box.className = "told";
  for (const sentence of sentences) {
    const said = document.createElement("p");
    said.className = "say";
    said.textContent = sentence;
    box.append(said);
  }
  const words = document.createElement("div");
  words.append(...box.childNodes);
  box.append(words);
  told.replaceChildren(box);
}"""
"""Says the longest sentence of a day where lunch and closing are told: the house's clock shows a morning."""

_FAULTS = """([smallest, largest]) => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`${root.scrollWidth - innerWidth} px too wide`);
  if (root.scrollHeight > innerHeight) faults.push(`${root.scrollHeight - innerHeight} px too high`);
  const probe = document.createElement("i");
  probe.style.cssText = "position: absolute; inline-size: var(--u)";
  document.body.append(probe);
  const unit = probe.getBoundingClientRect().width;
  probe.remove();
  for (const box of document.querySelectorAll("header, main, section, footer, [data-live], .call, .calls li")) {
    const outer = box.getBoundingClientRect();
    for (const part of box.children) {
      const inner = part.getBoundingClientRect();
      if (!inner.height || part.matches(".vh")) continue;
      const across = Math.max(outer.left - inner.left, inner.right - outer.right);
      const out = Math.max(across, outer.top - inner.top, inner.bottom - outer.bottom);
      const name = part.id || part.className || part.localName;
      if (out > 1) faults.push(`${box.id || box.className}: ${name} is ${Math.ceil(out)} px outside`);
    }
  }
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim(), holder = words.currentNode.parentElement;
    if (!text || !holder.checkVisibility() || holder.closest(".skip, .vh, noscript, script")) continue;
    const size = parseFloat(getComputedStyle(holder).fontSize) / unit;
    if (size < smallest) faults.push(`${text}: ${size.toFixed(2)} units small`);
  }
  const call = document.querySelector(".call__no");
  if (call && parseFloat(getComputedStyle(call).fontSize) / unit < largest) faults.push("the call is not huge");
  return faults;
}"""


@pytest.fixture(scope="module")
def halls(house):
    """A hall in which nobody is called and nobody waits, one with one call, one with many."""
    return {
        (called, waiting): hall(house, called=called, waiting=waiting, first=first)
        for called, waiting, first in ((0, 0, 1), (1, 1, 1), (4, 30, 9))
    }


@pytest.mark.parametrize("language", ["kk", "en"])
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen[0]}x{screen[1]}")
def test_the_board_fills_the_screen_with_the_longest_name_and_nothing_scrolls(
    walker, halls, screen, language
):
    visitor = walker(language=language)
    width, height = screen
    visitor.page.set_viewport_size({"width": width, "height": height})

    found = {}
    for filled, (place, _ticket) in halls.items():
        visitor.open(f"/hall/{place}/")
        found[filled] = visitor.page.evaluate(_FAULTS, [SMALLEST, 15])
        visitor.page.evaluate(
            _TELL, [say("hall.told.closing_soon", side, minutes=15) for side in LONGEST[language]]
        )
        found[filled] += visitor.page.evaluate(_FAULTS, [SMALLEST, 15])

    assert found == {filled: [] for filled in halls}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_on_a_television(walker, halls, language):
    visitor = walker(language=language, width=1920)
    visitor.page.set_viewport_size({"width": 1920, "height": 1080})

    visitor.open(f"/hall/{halls[4, 30][0]}/")

    assert violations(visitor.page.main_frame) == []


def test_a_new_call_gets_its_rings_and_chime_once_and_silent_until_somebody_touches(walker, house):
    """R8.1-c: called, called again, and the one before it that comes first again is not heard anew."""
    place, _ticket = hall(house, called=2, waiting=1)
    visitor = walker(language="ru", width=1920)
    page = visitor.page
    visitor.open(f"/hall/{place}/")
    expect(page.locator("html[data-sound=off]")).to_be_attached()

    visitor.press(page.get_by_role("button", name=visitor.say("hall.sound.on")), "Enter")
    expect(page.locator("html[data-sound=on][data-chimes='1']")).to_be_attached()
    latest = page.locator(".call__no").inner_text()
    house.behind(call_again(place, number=2))

    expect(page.locator("#said")).to_contain_text("Повторный вызов", timeout=PATIENCE)
    expect(page.locator("html[data-chimes='2']")).to_be_attached()
    house.behind(nobody_came(place, number=2))

    expect(page.locator(".call__no")).not_to_have_text(latest, timeout=PATIENCE)
    expect(page.locator("#calls li")).to_have_count(0)
    expect(page.locator("html[data-chimes='2']")).to_be_attached()


def test_a_board_that_hears_nothing_says_of_which_moment_it_is_and_its_clock_goes_on(walker, halls):
    place, _ticket = halls[1, 1]
    visitor = walker(language="kk", width=1920)
    page = visitor.page
    page.clock.install()
    visitor.open(f"/hall/{place}/")
    expect(page.locator("html[data-live-state=stream]")).to_be_attached(timeout=PATIENCE)
    opened = page.locator("[data-clock]").inner_text()
    page.route("**/live/**", lambda route: route.abort())
    page.route(f"**/hall/{place}/", lambda route: route.abort())

    page.clock.run_for(180_000)

    note = page.locator(".board__stale")
    expect(note).to_contain_text("Байланыс үзілді. Тақтадағы соңғы дерек:")
    told, now = note.locator("b").inner_text(), page.locator("[data-clock]").inner_text()
    assert minutes(opened) <= minutes(told) <= minutes(opened) + 1
    assert minutes(now) >= minutes(opened) + 3


def minutes(clock):
    hours, past = clock.split(":")
    return int(hours) * 60 + int(past)
