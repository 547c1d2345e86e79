"""What can be wrong with a table of moves."""

from collections import Counter
from typing import Any

from govkz.workflow.table import Workflow


def faults(workflow: Workflow[Any, Any, Any]) -> list[str]:
    """Return what is wrong, a sentence each; an empty list for a sound table."""
    return [
        *_doubled(workflow),
        *_nobody(workflow),
        *_unreachable(workflow),
        *_dead_ends(workflow),
        *_reopened(workflow),
    ]


def _doubled(workflow: Workflow[Any, Any, Any]) -> list[str]:
    rows = Counter((move.name, move.source) for move in workflow.moves)
    return [
        f"«{name}» from «{source}» stands {count} times"
        for (name, source), count in rows.items()
        if count > 1
    ]


def _nobody(workflow: Workflow[Any, Any, Any]) -> list[str]:
    return [
        f"nobody may make «{move.name}» from «{move.source}»" for move in workflow.moves if not move.actors
    ]


def _unreachable(workflow: Workflow[Any, Any, Any]) -> list[str]:
    reached = set(workflow.initial) | {move.target for move in workflow.moves if move.source is None}
    grown = True
    while grown:
        further = {move.target for move in workflow.moves if move.source in reached} - reached
        reached |= further
        grown = bool(further)
    return [f"«{state}» is never reached" for state in workflow.states if state not in reached]


def _dead_ends(workflow: Workflow[Any, Any, Any]) -> list[str]:
    left = {move.source for move in workflow.moves}
    return [
        f"«{state}» is not final and nothing leads on"
        for state in workflow.states
        if state not in workflow.final and state not in left
    ]


def _reopened(workflow: Workflow[Any, Any, Any]) -> list[str]:
    return [
        f"«{move.name}» leads from final «{move.source}» back to «{move.target}»"
        for move in workflow.moves
        if move.source in workflow.final and move.target not in workflow.final
    ]
