"""Chromium and the house it visits; the browser ends with its module, so that no loop of it outlives it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from joldama.config.cli.test import CHROMIUM
from tests.stories.browser.house import House, opened_house
from tests.stories.browser.scene import Scene, arrange
from tests.stories.browser.walk import PATIENCE, Walker

Visits = Callable[[str, str], Walker]

expect.set_options(timeout=PATIENCE)  # its own five seconds are short on a machine that does much at once

_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """The house of this worker: opened once, ended with the session."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with opened_house() as opened:
        yield opened


@pytest.fixture(scope="module")
def chromium(house: House) -> Iterator[Browser]:
    """The browser of a module's stories."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_OPTIONS))
        yield launched
        launched.close()


@pytest.fixture(autouse=True)
def _servers_complain_of_nothing(house: House) -> Iterator[None]:
    """Have a story fail while which a server wrote of a fault of its own."""
    heard = house.complaints()
    yield
    assert house.complaints() == heard


@pytest.fixture
def walker(chromium: Browser, house: House) -> Iterator[Callable[..., Walker]]:
    """Make visitors of the house, whose browsers find nothing to complain of: `walker(language="ru")`."""
    walking: list[Walker] = []
    with ExitStack() as leaving:

        def made(**wishes: Any) -> Walker:
            walking.append(Walker(chromium, house, **wishes))
            leaving.callback(walking[-1].leave)
            return walking[-1]

        yield made
        assert [said for one in walking for said in one.complaints] == []


@pytest.fixture(scope="session")
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
