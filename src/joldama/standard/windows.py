"""A window of a place, from being opened to being closed: its states and its moves (¶8 1)).

Windows serve one line: opening one, pausing or closing it changes nobody's turn (R8.1-c).
"""

from enum import StrEnum

from govkz.workflow import Move, Workflow
from joldama.standard.roles import Party


class WindowState(StrEnum):
    """Where the turn of a window stands."""

    OPEN = "OPEN"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"

    @property
    def text_key(self) -> str:
        return f"status.window.{self}"


class WindowMove(StrEnum):
    """What happens to a window; the journal names its events so."""

    OPEN = "opened"
    PAUSE = "paused"
    RESUME = "resumed"
    CLOSE = "closed"


_W = WindowState
_WM = WindowMove
_SPECIALIST = frozenset({Party.SPECIALIST})
_CLOSERS = frozenset({Party.SPECIALIST, Party.HEAD, Party.DEPUTY, Party.SYSTEM})

WINDOW: Workflow[WindowMove, WindowState, Party] = Workflow(
    [
        Move(_WM.OPEN, None, _W.OPEN, _SPECIALIST, "8.1"),
        Move(_WM.PAUSE, _W.OPEN, _W.PAUSED, _SPECIALIST, "8.1"),
        Move(_WM.RESUME, _W.PAUSED, _W.OPEN, _SPECIALIST, "8.1"),
        Move(_WM.CLOSE, _W.OPEN, _W.CLOSED, _CLOSERS, "8.1"),
        Move(_WM.CLOSE, _W.PAUSED, _W.CLOSED, _CLOSERS, "8.1"),
    ],
    initial=[_W.OPEN],
    final=[_W.CLOSED],
)
