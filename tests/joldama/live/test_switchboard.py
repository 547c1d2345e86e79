"""What no notice tells shows all the same: a lost one, the clock, a board that cannot be had for a while."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from uuid import uuid4

import pytest

from joldama.live import switchboard
from joldama.live.boards import Subject, Unanswered
from joldama.live.switchboard import Switchboard

SUBJECT = Subject(uuid4(), "kk")


class Viewer:
    """Remembers what it was told; `said` is set with every word."""

    def __init__(self) -> None:
        self.told: list[tuple[str, object]] = []
        self.said = asyncio.Event()

    def send(self, said: bytes) -> None:
        for event in said.decode().split("\n\n")[:-1]:
            name, _, spoken = event.removeprefix("event: ").partition("\ndata: ")
            self.told.append((name, json.loads(spoken)))
        self.said.set()

    def refuse(self, status: int) -> None:
        self.told.append(("refused", status))
        self.said.set()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until what was told is enough."""
        async with asyncio.timeout(30):
            while not is_so():
                self.said.clear()
                await self.said.wait()


class Shown:
    """The board as the web server has it; None: it does not answer."""

    def __init__(self) -> None:
        self.parts: Mapping[str, str] | None = {"called": "А001"}

    async def __call__(self, subject: Subject) -> Mapping[str, str]:
        if self.parts is None:
            raise Unanswered
        return self.parts


def play(story: Callable[[Shown, Switchboard, Viewer], Awaitable[None]]) -> list[tuple[str, object]]:
    """Play with a viewer of a board; give what it was told."""

    async def played() -> list[tuple[str, object]]:
        shown = Shown()
        board = Switchboard(shown)
        viewer = Viewer()
        board.show_board(SUBJECT, viewer)
        await viewer.until(lambda: bool(viewer.told))
        await story(shown, board, viewer)
        return viewer.told

    return asyncio.run(played())


def test_what_no_notice_told_is_found_by_looking_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switchboard, "_LOOK_AGAIN", 0.01)

    async def story(shown: Shown, board: Switchboard, viewer: Viewer) -> None:
        shown.parts = {"called": "А002", "rule": "…"}
        looking = asyncio.create_task(board.look_again())
        await viewer.until(lambda: ("parts", {"called": "А002", "rule": "…"}) in viewer.told)
        looking.cancel()

    told = play(story)

    assert [said for name, said in told if name == "parts"] == [
        {"called": "А001"},
        {"called": "А002", "rule": "…"},
    ]


def test_a_beat_tells_how_old_a_board_is_that_cannot_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switchboard, "_BEAT", 0.05)
    monkeypatch.setattr(switchboard, "_LOOK_AGAIN", 0.05)

    async def story(shown: Shown, board: Switchboard, viewer: Viewer) -> None:
        shown.parts = None
        work = [asyncio.create_task(one()) for one in (board.beat, board.look_again)]
        await viewer.until(lambda: any(name == "beat" and float(str(age)) > 0.2 for name, age in viewer.told))
        for one in work:
            one.cancel()

    ages = [float(str(age)) for name, age in play(story) if name == "beat"]

    assert ages == sorted(ages)
    assert ages[-1] > 0.2


def test_who_leaves_hears_nothing_and_a_board_nobody_shows_is_forgotten() -> None:
    fetched: list[Subject] = []

    async def played() -> list[tuple[str, object]]:
        async def fetch(subject: Subject) -> Mapping[str, str]:
            fetched.append(subject)
            return {}

        board, viewer = Switchboard(fetch), Viewer()
        leave = board.show_board(SUBJECT, viewer)
        await viewer.until(lambda: bool(viewer.told))
        leave()
        board.wake(SUBJECT.place)
        board.wake_all()
        await board.look_again_once()
        return viewer.told

    assert asyncio.run(played()) == [("parts", {}), ("beat", 0.0)]
    assert fetched == [SUBJECT]
