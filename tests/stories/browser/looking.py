"""How a page is looked at: where to stand, what a browser and axe find wrong there, pictures for eyes."""

import os
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Frame

from tests.stories.browser.scene import Scene
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.stops.tour import STOPS
from tests.stories.browser.walk import TALL, Walker

NARROW, PHONE, DESK = 320, 360, 1280
"""Pixels; the narrow one is a desk at a zoom of 400 % (WCAG 2.2, 1.4.10)."""

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PICTURES = Path(__file__).parents[2] / "screenshots"
_CONTRAST = {
    "normal": {"expected": 7, "minThreshold": 0},
    "large": {"expected": 4.5, "minThreshold": 0},
}
"""What axe asks of the enhanced contrast (WCAG 2.2, 1.4.6), from nothing upwards: by itself it leaves what is fainter
than 4.5 : 1 to another rule, and the colours of every page would be reckoned twice."""
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {
        "color-contrast-enhanced": {"enabled": True},
        "color-contrast": {"enabled": False},
        "target-size": {"enabled": True},
    },
    "checks": {"color-contrast-enhanced": {"options": {"contrastRatio": _CONTRAST}}},
    "preload": {"assets": ["media"]},  # no rule that runs reads style sheets
    "iframes": False,
}
_RUN = """async (options) => (await axe.run(document, options)).violations.map(
  (found) => `${found.id}: ` + found.nodes.map((node) => node.target.join(" ") + " (" +
    [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ") + ")").join(" | "))"""

_FRAME = """() => {
  const whole = document.documentElement;
  return {
    language: whole.lang, headings: document.querySelectorAll("h1").length,
    beyond: whole.scrollWidth - whole.clientWidth,
  };
}"""
ONCE_EACH = [pytest.param(stop, stop.roles[0], id=stop.name) for stop in STOPS]
"""Every page with the first who may see it."""
FOR_THE_OTHERS = [
    pytest.param(stop, role, id=f"{stop.name}-{role}") for stop in STOPS for role in stop.roles[1:]
]
"""The same pages with whoever else may."""


def go(walker: Walker, stop: Stop, scene: Scene, width: int) -> None:
    """Stand at a stop with a screen of this width."""
    walker.page.set_viewport_size({"width": width, "height": TALL})
    walker.page.emulate_media(color_scheme="light")
    walker.open_still(stop.address(scene, walker), status=stop.status)
    if stop.act:
        stop.act(walker)


def faults(walker: Walker, width: int) -> list[str]:
    """Tell what is wrong with the page's frame: language, heading, width, what the browser complains of."""
    page = walker.page
    for frame in page.frames:
        frame.wait_for_load_state()  # measured before its style sheet has come, a page is as wide as it likes
    whole, *framed = [frame.evaluate(_FRAME) for frame in page.frames]  # the page's own comes first
    beyond = max(each["beyond"] for each in (whole, *framed))
    seen = {
        "language": whole["language"] == walker.language,
        "one h1": whole["headings"] == 1,
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
