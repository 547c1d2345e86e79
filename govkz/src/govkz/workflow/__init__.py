"""Workflow as a table of moves: who may take a thing from which state to which, and by which paragraph.

>>> from enum import StrEnum
>>> State = StrEnum("State", ["OPEN", "CLOSED"])
>>> door = Workflow(
...     [Move("close", State.OPEN, State.CLOSED, frozenset({"porter"}), "1")],
...     initial=[State.OPEN], final=[State.CLOSED],
... )
>>> door.move("close", State.OPEN).target
<State.CLOSED: 'closed'>
"""

from govkz.workflow.diagram import mermaid
from govkz.workflow.faults import faults
from govkz.workflow.table import IllegalMove, Move, Workflow

__all__ = ["IllegalMove", "Move", "Workflow", "faults", "mermaid"]
