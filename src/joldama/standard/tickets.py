"""The ticket of the waiting line: how it is named, its states, its moves and no other (¶8 1), A6, S19).

There is no move that books a time, changes the order or passes somebody over (R8.1-c, R8.1-d).
"""

from enum import StrEnum

from govkz.workflow import Move, Workflow
from joldama.standard.roles import Party

LETTER = "А"
"""The Cyrillic letter of the one line of a place, the same in all languages."""

STONES = (20, 25)
"""Reception minutes after which a clock warns; 20 is a ticket at risk (R4.2-b)."""


MOST_REPEATS = 3
"""How often a call may be repeated while nobody has come: then it is a no-show or a visit."""


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "WAITING"
    CALLED = "CALLED"
    SERVING = "SERVING"
    SERVED = "SERVED"
    NO_SHOW = "NO_SHOW"
    CANCELLED_AT_CLOSING = "CANCELLED_AT_CLOSING"

    @property
    def text_key(self) -> str:
        return f"status.ticket.{self}"


class TicketMove(StrEnum):
    """What happens to a ticket; the journal names its events so."""

    TAKE = "taken"
    CALL = "called"
    SERVE = "serving"
    END = "served"
    MARK_NO_SHOW = "no_show"
    CLOSE = "closed"


class ServingEnd(StrEnum):
    """How a serving ended: what the person was given, or that he left (R4.3-a)."""

    RESULT = "RESULT"
    REFUSAL = "REFUSAL"
    ANSWER = "ANSWER"
    LEFT = "LEFT"

    @property
    def text_key(self) -> str:
        return f"line.end.{self}"


_T = TicketState
_TM = TicketMove
_SPECIALIST = frozenset({Party.SPECIALIST})

TICKET: Workflow[TicketMove, TicketState, Party] = Workflow(
    [
        Move(_TM.TAKE, None, _T.WAITING, frozenset({Party.SPECIALIST, Party.KIOSK}), "8.1"),
        Move(_TM.CALL, _T.WAITING, _T.CALLED, _SPECIALIST, "8.1"),
        Move(_TM.SERVE, _T.CALLED, _T.SERVING, _SPECIALIST, "4.3"),
        Move(_TM.END, _T.SERVING, _T.SERVED, _SPECIALIST, "4.3"),
        Move(_TM.MARK_NO_SHOW, _T.CALLED, _T.NO_SHOW, _SPECIALIST, "8.1"),
        Move(_TM.CLOSE, _T.WAITING, _T.CANCELLED_AT_CLOSING, frozenset({Party.SYSTEM}), "8.1"),
    ],
    initial=[_T.WAITING],
    final=[_T.SERVED, _T.NO_SHOW, _T.CANCELLED_AT_CLOSING],
)


def name_of(number: int) -> str:
    """Return the name of a ticket as it is printed, shown and called: А012."""
    return f"{LETTER}{number:03d}"
