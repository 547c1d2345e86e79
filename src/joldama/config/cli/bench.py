"""`joldama bench`: the measurements, each with its ratio to a raw limit of the same run."""

import importlib
import json
import sys
import time
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from joldama.config.exits import Exit
from joldama.config.repository import enter_repository

PARTS = {
    "terms": "terms",
    "eds": "eds",
    "printing": "printing",
    "paper_memory": "paper_memory",
    "pages": "pages",
    "import": "tables",
    "queue": "waiting_line",
    "board": "board",
    "openings": "openings",
    "main_job": "main_job",
    "memory": "memory",
}
"""The measurements and their modules."""


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama bench [PART]… [--json FILE]`."""
    parser = subparsers.add_parser(
        "bench",
        help="measure",
        description="Measures the parts one after the other; goals are printed beside the figures, never asserted.",
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print a table; each part runs in this process, one after the other."""
    unknown = [part for part in args.parts if part not in PARTS]
    if unknown:
        print(f"There is no measurement {unknown[0]!r}: {', '.join(PARTS)}.", file=sys.stderr)
        return Exit.USAGE
    sys.path.insert(0, str(enter_repository()))
    figures = {}
    for part in args.parts or PARTS:
        began = time.perf_counter()
        figures[part] = importlib.import_module(f"bench.{PARTS[part]}").run()
        print(f"\n{part} ({time.perf_counter() - began:.0f} s)", flush=True)
        for name, value in figures[part].items():
            print(f"  {name:<40}{value:12.2f}", flush=True)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=2))
    return Exit.DONE
