"""Every page as its reader has it: axe by day and by night, on a phone and a desk, nothing beyond the edge."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Frame

from joldama.desk.landing import LANDINGS, OWN
from tests.house.test_pages import passes, rules, visitors
from tests.stories.browser.house import House
from tests.stories.browser.scene import Scene, arrange
from tests.stories.browser.stops import COUNTER, HELPDESK, NO_PAGES, OTHER_BODIES, STOPS, Stop
from tests.stories.browser.walk import TALL, Walker

pytestmark = pytest.mark.browser

NARROW, PHONE, DESK = 320, 360, 1280
"""Pixels; the narrow one is a desk at a zoom of 400 % (WCAG 2.2, 1.4.10)."""

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PICTURES = Path(__file__).parents[2] / "screenshots"
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "iframes": False,
}
_RUN = """async (options) => (await axe.run(document, options)).violations.map(
  (found) => `${found.id}: ` + found.nodes.map((node) => node.target.join(" ") + " (" +
    [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ") + ")").join(" | "))"""

_BEYOND_THE_EDGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_BREAK = """() => {
  const main = document.querySelector("main"), pale = document.createElement("p");
  pale.textContent = "бледно";
  pale.style.color = "#666";
  pale.style.width = "500px";
  const heading = document.createElement("h1");
  heading.textContent = "ещё раз";
  main.append(pale, heading, document.createElement("img"));
  for (const word of ["а", "б"]) {
    const small = document.createElement("button");
    small.textContent = word;
    small.style.cssText = "all: unset; font-size: 9px; cursor: pointer";
    main.append(small);
  }
}"""

Visits = Callable[[str, str], Walker]


@pytest.fixture(scope="module")
def scene(house: House) -> Scene:
    """Cases in every state, somebody signed in of every role."""
    return arrange(house)


@pytest.fixture(scope="module")
def visits(chromium: Browser, house: House, scene: Scene) -> Iterator[Visits]:
    """Give the browser of a role in a language; it is opened once."""
    opened: dict[tuple[str, str], Walker] = {}

    def visit(role: str, language: str) -> Walker:
        if (role, language) not in opened:
            walker = opened[role, language] = Walker(chromium, house, language=language)
            if scene.sessions[role]:
                walker.go_on_with(scene.sessions[role])
        return opened[role, language]

    yield visit
    for walker in opened.values():
        walker.leave()


ONCE_EACH = [pytest.param(stop, stop.roles[0], id=stop.name) for stop in STOPS]
LOOKED_AT = [pytest.param(stop, role, id=f"{stop.name}-{role}") for stop in STOPS for role in stop.roles]


def go(walker: Walker, stop: Stop, scene: Scene, width: int) -> None:
    """Stand at a stop with a screen of this width."""
    walker.page.set_viewport_size({"width": width, "height": TALL})
    walker.page.emulate_media(color_scheme="light")
    walker.open(stop.address(scene, walker), status=stop.status)
    if stop.act:
        stop.act(walker)


def faults(walker: Walker, width: int) -> list[str]:
    """Tell what is wrong with the page's frame: language, heading, width, what the browser complains of."""
    page = walker.page
    beyond = max(frame.evaluate(_BEYOND_THE_EDGE) for frame in page.frames)
    seen = {
        "language": page.locator("html").get_attribute("lang") == walker.language,
        "one h1": page.locator("h1").count() == 1,
        f"{beyond} px beyond the edge": beyond <= 0,
    }
    said, walker.complaints[:] = list(walker.complaints), []
    return [f"{walker.language} {width}: {name}" for name, holds in seen.items() if not holds] + said


def keep_pictures(walker: Walker, stop: Stop, role: str, scene: Scene) -> None:
    """Keep pictures of the page for somebody to look at, where JOLDAMA_SCREENSHOTS=1 asks for them."""
    if os.environ.get("JOLDAMA_SCREENSHOTS") != "1":
        return
    PICTURES.mkdir(exist_ok=True)
    name = stop.name if len(stop.roles) == 1 else f"{stop.name}-{role}"
    for width in (DESK, PHONE):
        go(walker, stop, scene, width)
        walker.page.screenshot(path=PICTURES / f"{name}-{walker.language}-{width}.png", full_page=True)


def axe(walker: Walker, width: int, scheme: str) -> list[str]:
    """Tell what axe finds in the page and in the signer's frame."""
    page = walker.page
    page.set_viewport_size({"width": width, "height": TALL})
    page.emulate_media(color_scheme=scheme)
    return [f"{width} {scheme}: {found}" for frame in page.frames for found in violations(frame)]


def violations(frame: Frame) -> list[str]:
    if not frame.evaluate("typeof axe === 'object'"):
        frame.evaluate(AXE)
    return frame.evaluate(_RUN, OPTIONS)


@pytest.mark.parametrize(("stop", "role"), LOOKED_AT)
def test_axe_finds_nothing_on_the_page_by_day_and_by_night_on_a_phone_and_a_desk(stop, role, visits, scene):
    walker = visits(role, "kk")

    go(walker, stop, scene, DESK)
    found = faults(walker, DESK)
    found += axe(walker, DESK, "light") + axe(walker, DESK, "dark")
    found += axe(walker, PHONE, "dark") + axe(walker, PHONE, "light")
    found += faults(walker, PHONE)
    keep_pictures(walker, stop, role, scene)

    assert found == []


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("stop", "role"), ONCE_EACH)
def test_the_page_fits_a_narrow_screen_in_russian_and_english(stop, role, language, visits, scene):
    walker = visits(role, language)

    go(walker, stop, scene, NARROW)
    found = faults(walker, NARROW)
    keep_pictures(walker, stop, role, scene)

    assert found == []


def test_faults_of_a_page_are_seen(visits, scene):
    walker = visits("stranger", "ru")
    walker.page.set_viewport_size({"width": PHONE, "height": TALL})
    walker.open("/about-signing/")

    walker.page.evaluate(_BREAK)

    assert faults(walker, PHONE) == ["ru 360: one h1", "ru 360: 140 px beyond the edge"]
    assert {found.split(": ")[1] for found in axe(walker, PHONE, "light")} == {
        "color-contrast-enhanced",
        "image-alt",
        "target-size",
    }


def test_every_page_of_every_role_is_among_those_looked_at():
    seen = {(stop.page, role) for stop in STOPS for role in stop.roles}
    officials = (*COUNTER, "administrator", "auditor", *HELPDESK, "chancery", *OTHER_BODIES)
    in_the_scene = ("person", *officials)
    who = visitors()
    everybody = len(who)

    unseen = []
    for page, access in rules().items():
        allowed = [name for name, visitor in who.items() if passes(access, visitor)]
        wanted = ["stranger"] if len(allowed) == everybody else [r for r in allowed if r in in_the_scene]
        # Whose first page is another is led on from the work list.
        wanted = [role for role in wanted if not (page == OWN and role in LANDINGS)]
        unseen += [(page, role) for role in wanted if page not in NO_PAGES and (page, role) not in seen]

    assert unseen == []
