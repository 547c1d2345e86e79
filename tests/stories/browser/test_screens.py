"""A picture of each role's work for the README, made anew where JOLDAMA_SCREENS=1 asks for it.

    JOLDAMA_SCREENS=1 ./joldama test tests/stories/browser/test_screens.py

The pictures are docs/screens/*.png; tests/house/test_screens.py holds them to the README.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stories.browser.house import House
from tests.stories.browser.scene import OFFICE, Hand, Scene, arrange
from tests.stories.browser.walk import Walker

FOLDER = Path(__file__).parents[3] / "docs" / "screens"
_WIDTH, _HEIGHT = 1120, 700


@dataclass(frozen=True)
class Screen:
    """A page that shows what a role does; `path` may name a case of the scene in braces."""

    name: str
    role: str
    path: str
    language: str = "kk"


SCREENS = (
    Screen("start", "stranger", "/"),
    Screen("applicant", "person", "/apply/check/"),
    Screen("specialist", "specialist", "/desk/cases/{at_counter}/"),
    Screen("head", "head", "/desk/cases/{drafted}/decision/", "ru"),
    Screen("deputy", "deputy", "/desk/line/clocks/", "en"),
    Screen("chancery", "chancery", "/chancery/", "ru"),
    Screen("akim", "akim", "/chancery/{to_akim}/"),
    Screen("quality-body", "quality_official", "/chancery/{to_quality}/", "en"),
    Screen("reference-service", "reference_service", "/helpdesk/", "en"),
    Screen("operator-1414", "operator_1414", "/helpdesk/appeal/", "ru"),
    Screen("auditor", "auditor", "/reports/", "en"),
    Screen("administrator", "administrator", "/administration/staff/", "en"),
    Screen("employer", "stranger", "/verify/?{verified}"),
)


def _session_of(house: House, role: str) -> str:
    """Sign an official in whom the scene does not need; a stranger has no session."""
    if role == "stranger":
        return ""
    with Hand(house) as official:
        official.enter_as_official(f"{OFFICE}.{role}")
        return official.session


@pytest.mark.browser
def test_a_picture_of_each_role_is_made(house: House, walker: Callable[..., Walker]) -> None:
    if os.environ.get("JOLDAMA_SCREENS") != "1":
        pytest.skip("pictures are made where JOLDAMA_SCREENS=1 asks for them")
    scene: Scene = arrange(house)
    FOLDER.mkdir(exist_ok=True)

    for screen in SCREENS:
        somebody = walker(language=screen.language)
        session = scene.sessions.get(screen.role) or _session_of(house, screen.role)
        if session:
            somebody.go_on_with(session)
        somebody.page.set_viewport_size({"width": _WIDTH, "height": _HEIGHT})
        somebody.open(screen.path.format(**scene.cases, verified=scene.verified))
        somebody.page.screenshot(path=FOLDER / f"{screen.name}.png")

    assert {path.stem for path in FOLDER.glob("*.png")} == {screen.name for screen in SCREENS}
