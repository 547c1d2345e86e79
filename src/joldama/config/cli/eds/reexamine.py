"""`joldama eds reexamine`: reach the verdicts on a case again from stored material alone, and compare."""

import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joldama.config.cli.eds import inputs
from joldama.config.cli.eds.inputs import Unusable

if TYPE_CHECKING:
    from joldama.config.reexamining import Row

STANDS, DIFFERS, NOT_WHOLE = 0, 1, 2


def add_to(commands: "_SubParsersAction[Any]") -> None:
    """Add `reexamine --application NUMBER`."""
    again: ArgumentParser = commands.add_parser(
        "reexamine",
        help="reach the verdicts on a stored case again and compare",
        description="Judges every signature of an application or complaint again, as of the day it came, from "
        "what is stored with it alone: no list is fetched, nobody is asked. Exit 0 every verdict stands, 1 one "
        "differs, 2 something stored is missing or was changed, 64 no such case. Names nobody.",
    )
    again.add_argument(
        "--application", required=True, metavar="NUMBER", help="number or reference of the case"
    )
    again.add_argument(
        "--trust",
        type=Path,
        action="append",
        metavar="DIR",
        help="anchors to judge by (without: those of this installation)",
    )
    again.add_argument("--demo", action="store_true", help="look into the database of the demonstration")
    again.add_argument("--json", action="store_true", help="print JSON")
    again.set_defaults(run_eds=run)


def run(args: Namespace) -> int:
    """Examine and print; see the description for the exit codes."""
    trust = inputs.trust(args.trust) if args.trust else None
    from joldama.config import launch
    from joldama.config.cli.demo import DATABASE as DEMO
    from joldama.config.cli.serve import DATABASE

    with launch.looked_into(DEMO if args.demo else DATABASE, is_demo=args.demo):
        from joldama.config.reexamining import rows_of

        rows = rows_of(args.application, trust=trust)
    if rows is None:
        raise Unusable(f"There is no application or complaint {args.application!r}.")
    print(json.dumps([_as_json(row) for row in rows], indent=2) if args.json else "\n".join(map(_line, rows)))
    return code_of(rows)


def code_of(rows: "list[Row]") -> int:
    """Give the exit code of what was found."""
    if any(row.found is None for row in rows):
        return NOT_WHOLE
    return STANDS if all(row.stands for row in rows) else DIFFERS


def _line(row: "Row") -> str:
    then = f"{row.purpose:<12} {row.received_at:%Y-%m-%d %H:%M} UTC  then {row.stored.status}"
    if row.found is None:
        return f"{then}, now not examined: {row.why}"
    reasons = f" ({', '.join(row.found.reasons)})" if row.found.reasons else ""
    return f"{then}, now {row.found.status}{reasons}: {'stands' if row.stands else 'DIFFERS'}"


def _as_json(row: "Row") -> dict[str, Any]:
    found = row.found
    return {
        "purpose": row.purpose,
        "received_at": row.received_at.isoformat(),
        "then": row.stored.status.value,
        "now": found.status.value if found else None,
        "reasons": [reason.value for reason in found.reasons] if found else [],
        "stands": row.stands,
        "why": row.why or None,
    }
