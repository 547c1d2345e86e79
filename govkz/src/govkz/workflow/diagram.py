"""The table as a diagram for the documentation."""

from typing import Any

from govkz.workflow.table import Workflow


def mermaid(workflow: Workflow[Any, Any, Any]) -> str:
    """Return the table as a state diagram in Mermaid's language, a line per move."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {state.name}" for state in workflow.states if state in workflow.initial]
    for move in workflow.moves:
        source = "[*]" if move.source is None else move.source.name
        actors = ", ".join(sorted(move.actors))
        lines.append(f"    {source} --> {move.target.name}: {move.name} ({actors}, ¶{move.paragraph})")
    lines += [f"    {state.name} --> [*]" for state in workflow.states if state in workflow.final]
    return "\n".join(lines) + "\n"
