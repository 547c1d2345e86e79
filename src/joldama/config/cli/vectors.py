"""`joldama vectors check`: compare a folder of published vectors with the list of the public originals."""

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from joldama.config.exits import Exit, Stopped
from joldama.config.vectors import Difference, differences, published


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama vectors check [DIR]` and `joldama vectors list`."""
    parser = subparsers.add_parser("vectors", help="published signatures and certificates the tests read")
    commands = parser.add_subparsers(dest="vectors_command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="compare a folder with what was published",
        description="Says what is missing, other or extra. Exit 0 where nothing is, 1 where something is.",
    )
    check.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="what JOLDAMA_VECTORS names if not said"
    )
    check.set_defaults(run=run_check)
    listed = commands.add_parser("list", help="name every file with its sha256 and its public original")
    listed.set_defaults(run=run_list)


def run_check(args: Namespace) -> int:
    """Print what differs, each with its public original; 1 where something does."""
    folder = args.folder or _named()
    if not folder.is_dir():
        raise Stopped(f"{folder} is no folder.", Exit.USAGE)
    try:
        found = list(differences(folder))
    except OSError as unreadable:
        raise Stopped(
            f"{unreadable.filename} cannot be read: {unreadable.strerror}.", Exit.NO
        ) from unreadable
    for difference in found:
        print(_line(difference))
    count = len(published())
    wrong = f"{len(found)} differ" if found else "all as published"
    print(f"{count} files, {wrong}")
    return Exit.NO if found else Exit.DONE


def run_list(args: Namespace) -> int:
    """Print a line for each file: sha256, path, origin, licence."""
    for vector in published():
        print(f"{vector.sha256}  {vector.path}  {vector.origin}  ({vector.licence})")
    return Exit.DONE


def _named() -> Path:
    folder = os.environ.get("JOLDAMA_VECTORS")
    if not folder:
        raise Stopped("Name a folder, or set JOLDAMA_VECTORS.", Exit.USAGE)
    return Path(folder)


def _line(difference: Difference) -> str:
    line = f"{difference.fault:<8} {difference.path}"
    if difference.vector is None:
        return line
    return f"{line}  sha256 {difference.vector.sha256}  {difference.vector.origin}"
