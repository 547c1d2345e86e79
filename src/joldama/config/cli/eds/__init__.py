"""Verify and make electronic signatures at the command line, and say what a file is.

Exit codes: 0 passed, done or shown, 1 failed, 2 indeterminate, 64 input that cannot be used. The words of the
JSON are those of `govkz.eds.reports`.
"""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import Any, NoReturn

from govkz.eds.gost import VARIABLE, Absent
from joldama.config.cli.eds import reexamine, show, sign, verify
from joldama.config.cli.eds.inputs import UNUSABLE, Unusable


class Parser(ArgumentParser):
    """Ends with 64 where the arguments are wrong: 2 says that a signature is indeterminate."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"joldama eds: {message}; `{self.prog} --help` tells more.\n")


def add_to(subparsers: "_SubParsersAction[Any]") -> None:
    """Add `joldama eds verify FILE`, `sign FILE`, `show FILE` and `reexamine --application NUMBER`."""
    parser = subparsers.add_parser("eds", help="verify and make electronic signatures")
    commands = parser.add_subparsers(
        dest="eds_command", required=True, metavar="COMMAND", parser_class=Parser
    )
    for part in (verify, sign, show, reexamine):
        part.add_to(commands)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Run the command; what cannot be used gets one sentence and 64."""
    try:
        return int(args.run_eds(args))
    except Absent as absent:
        print(f"joldama eds: {VARIABLE} cannot be followed: {absent}.", file=sys.stderr)
        return UNUSABLE
    except Unusable as unusable:
        print(f"joldama eds: {unusable}", file=sys.stderr)
        return UNUSABLE
