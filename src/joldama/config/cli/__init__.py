"""The command `joldama`: its table of contents, and how each command is found, run and ended.

A command is a module of this package with `add_to(subparsers)`, whose parser sets `run(args) -> int`.
Only the module of the command that was asked for is imported.
"""

import argparse
import difflib
import importlib
import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from joldama.config.ending import ended
from joldama.config.exits import Exit, Stopped


@dataclass(frozen=True)
class Command:
    """A line of the table of contents."""

    name: str
    summary: str


CONTENTS: dict[str, tuple[Command, ...]] = {
    "The main job": (
        Command("demo", "play the main job, from application to referral; --serve: try it yourself"),
    ),
    "Running": (
        Command("serve", "run a real installation: web, worker, database"),
        Command("migrate", "bring the database up to this edition"),
        Command("admin", "make the keys and the first administrator of an installation"),
    ),
    "Law and numbers": (
        Command("term", "reckon when something is due, step by step, by the standard"),
        Command("iin", "check individual identification numbers"),
        Command("eds", "verify electronic signatures"),
        Command("referral", "verify a sealed referral: whole, whose, since when"),
        Command("pki", "make and serve a test PKI that looks like the national one"),
    ),
    "Proofs": (
        Command("journal", "check the sealed journal, print its checkpoints"),
        Command("queue", "prove the order of a day's waiting line from the journal"),
        Command("test", "run the tests"),
        Command("vectors", "compare a folder of published signatures with the public originals"),
        Command("check", "run every check of style, types, floors and settings"),
        Command("bench", "measure the main job, pages, terms and memory"),
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a person's mistake gets a sentence, never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # typed bytes may be no text
    return ended(lambda: _run(words))


def table_of_contents() -> str:
    """Return the commands by group, as `--help` shows them."""
    lines = []
    for group, commands in CONTENTS.items():
        lines.append(f"{group}")
        lines += [f"  {command.name:<10}{command.summary}" for command in commands]
        lines.append("")
    return "\n".join(lines)


def _run(words: list[str]) -> int:
    parser = _parser()
    name = next((word for word in words if not word.startswith("-")), None)
    if name is not None and words[0] == name:
        _add_command(parser, name)
    args = parser.parse_args(words)
    if name is None:
        print(f"joldama {_version()}") if args.version else parser.print_help()
        return Exit.DONE
    return int(args.run(args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="joldama",
        usage="joldama COMMAND [ARGUMENT]…",
        description="Referrals to active forms of employment assistance, from application to document.",
        epilog=f"{table_of_contents()}\n`joldama COMMAND --help` tells more of a command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="store_true", help=argparse.SUPPRESS)
    return parser


def _add_command(parser: argparse.ArgumentParser, name: str) -> None:
    known = [command.name for commands in CONTENTS.values() for command in commands]
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        meant = f"; did you mean `joldama {near[0]}`?" if near else "; `joldama --help` lists them."
        raise Stopped(f"There is no command {name!r}{meant}", Exit.USAGE)
    module = f"{__name__}.{name}"
    try:
        found = importlib.import_module(module)
    except ModuleNotFoundError as absent:
        if absent.name != module:
            raise
        raise Stopped(f"`joldama {name}` is not built in this edition yet.", Exit.NOT_BUILT) from absent
    found.add_to(parser.add_subparsers(metavar="COMMAND", prog="joldama"))


def _version() -> str:
    # Imported here: reading the metadata takes longer than most commands.
    from importlib.metadata import version

    return version("joldama")
