"""Who listens to which place, and what each is told when its line has changed."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import UUID

from joldama.live import events
from joldama.live.boards import Board, Fetch, Subject, Viewer

_BURST = 0.03  # seconds between two wake-ups of one place: what comes closer is one
_LOOK_AGAIN = 5.0  # seconds: what no notice tells (a lost one, the clock, the lunch break) shows within them
_BEAT = 15.0  # seconds between two beats of a stream
_AT_ONCE = 50  # beats in a row before a call may go between
_EASE = 4.0
"""Looking again rests four times as long as it worked: at most a fifth of one web process goes into it."""

_EACH = 0.01  # seconds of spread for each page that fetches itself: a hundred a second
_LONGEST_SPREAD = 2.0
_SLACK = 1.0  # seconds: a page's own account of its age is no more exact


class Pages:
    """The pages of one place that fetch themselves when they are woken."""

    def __init__(self) -> None:
        self.listening: set[Viewer] = set()
        self._quiet_until = 0.0
        self._later: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """Wake them now, or at the end of a burst."""
        loop = asyncio.get_running_loop()
        if self._later is not None:
            return
        if loop.time() < self._quiet_until:
            self._later = loop.call_at(self._quiet_until, self._tell)
        else:
            self._tell()

    def spread(self) -> float:
        """Return within how many seconds they may fetch, so that they do not come all at once."""
        return min(_EACH * len(self.listening), _LONGEST_SPREAD)

    def _tell(self) -> None:
        self._later = None
        self._quiet_until = asyncio.get_running_loop().time() + _BURST
        said = events.changed(within=self.spread())
        for page in tuple(self.listening):
            page.send(said)


class Switchboard:
    """Implements wakes.Woken: passes what happens at a place on to its boards and its pages."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._boards: dict[Subject, Board] = {}
        self._pages: dict[UUID, Pages] = {}
        self._woken_at: dict[UUID, float] = {}
        self._heard_since = float("inf")

    def wake(self, place: UUID) -> None:
        """The line of a place has changed."""
        self._woken_at[place] = _now()
        for board in self._boards.values():
            if board.subject.place == place:
                board.refresh()
        if pages := self._pages.get(place):
            pages.wake()

    def wake_all(self) -> None:
        """Any line may have changed: what was heard before counts for nothing."""
        self._heard_since = _now()
        for board in self._boards.values():
            board.refresh()
        for pages in self._pages.values():
            pages.wake()

    def show_board(self, subject: Subject, viewer: Viewer) -> Callable[[], None]:
        """Show a board to a viewer; return how he leaves."""
        board = self._boards.setdefault(subject, Board(subject, self._fetch))
        board.join(viewer)

        def leave() -> None:
            board.leave(viewer)
            if not board.is_shown and self._boards.get(subject) is board:
                del self._boards[subject]

        return leave

    def wake_page(self, places: Collection[UUID], viewer: Viewer, *, age: float | None) -> Callable[[], None]:
        """Wake a page whenever one of its places changes, and at once if that happened since; return how it leaves.

        `age`: seconds since the page stood as at the server; None where that is not known.
        """
        groups = {place: self._pages.setdefault(place, Pages()) for place in places}
        for pages in groups.values():
            pages.listening.add(viewer)
        viewer.send(events.beat(age=None) + self._missed(groups, age=age))

        def leave() -> None:
            for place, pages in groups.items():
                pages.listening.discard(viewer)
                if not pages.listening and self._pages.get(place) is pages:
                    del self._pages[place]

        return leave

    async def beat(self) -> None:
        """Let every stream hear that it lives, until cancelled."""
        await _each(_BEAT, self._beat_once)

    async def look_again(self) -> None:
        """Fetch every board that is shown from time to time, until cancelled."""
        await _each(_LOOK_AGAIN, self.look_again_once)

    def _missed(self, groups: Mapping[UUID, Pages], *, age: float | None) -> bytes:
        since = float("-inf") if age is None else _now() - age - _SLACK
        changed = [pages for place, pages in groups.items() if self._may_have_changed(place, since=since)]
        return events.changed(within=max(pages.spread() for pages in changed)) if changed else b""

    def _may_have_changed(self, place: UUID, *, since: float) -> bool:
        return self._heard_since > since or self._woken_at.get(place, since) > since

    async def _beat_once(self) -> None:
        groups = [(board.viewers, board) for board in self._boards.values()]
        sent = 0
        for viewers, board in [*groups, *((pages.listening, None) for pages in self._pages.values())]:
            said = events.beat(age=board.age if board else None)
            for viewer in tuple(viewers):
                viewer.send(said)
                sent += 1
                if sent % _AT_ONCE == 0:
                    await asyncio.sleep(0)

    async def look_again_once(self) -> None:
        for board in tuple(self._boards.values()):
            began = _now()
            await asyncio.wait([board.refresh()])
            await asyncio.sleep(_EASE * (_now() - began))


async def _each(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        began = _now()
        await work()
        await asyncio.sleep(max(0.0, began + seconds - _now()))


def _now() -> float:
    return asyncio.get_running_loop().time()
