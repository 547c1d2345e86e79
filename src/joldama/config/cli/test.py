"""`joldama test`: every test on every core; browser stories where a browser is."""

import os
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from joldama.config.repository import enter_repository

_CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""The same browser as Debian packs it: without windows it loads a page for a third less of a core."""
CHROMIUM = next((path for path in _CHROMIUMS if path.exists()), _CHROMIUMS[-1])


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama test [ARGUMENT OF PYTEST]…`."""
    parser = subparsers.add_parser(
        "test",
        help="run the tests",
        description="Runs the tests with a database of their own; what follows is handed to pytest.",
        usage="joldama test [ARGUMENT OF PYTEST]…",
        prefix_chars="\0",  # every word is pytest's, also those with a dash
        add_help=False,
    )
    parser.add_argument("arguments", nargs="*", metavar="ARGUMENT OF PYTEST")
    parser.set_defaults(run=run, parser=parser)


def run(args: Namespace) -> int:
    """Become pytest; the exit code is pytest's."""
    if {"-h", "--help"} & set(args.arguments):
        args.parser.print_help()
        return 0
    enter_repository()
    chosen = any(word in ("-m", "-k") or not word.startswith("-") for word in args.arguments)
    command = [sys.executable, "-m", "pytest", "-rs"]  # a test that was left out says why
    if not chosen:
        command += ["-n", str(os.cpu_count() or 1), "--dist", "loadfile"]
    if not CHROMIUM.exists():
        print(f"The browser stories are left out: there is no Chromium at {CHROMIUM}.", flush=True)
        command += ["-m", "not long and not browser"]
    os.execv(sys.executable, [*command, *args.arguments])
