"""`joldama check`: style, types, floors, templates, migrations and settings, side by side."""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from joldama.config.exits import Exit, Stopped
from joldama.config.repository import enter_repository
from joldama.config.secrets import make_secrets

_PYTHON = (sys.executable, "-m")


@dataclass(frozen=True)
class Check:
    """One check: its name on the line, and its command."""

    name: str
    command: Sequence[str]


@dataclass(frozen=True)
class Outcome:
    """What came of a check: whether it holds, its seconds, and what it said."""

    check: Check
    holds: bool
    seconds: float
    said: str


def add_to(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Add `joldama check [NAME]…`."""
    parser = subparsers.add_parser(
        "check",
        help="run every check",
        description="Runs the checks side by side, the slow ones first; 1 where one does not hold.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these (all without a name)")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print a line for each check as it ends, then the words of those that do not hold."""
    root = enter_repository()
    checks = _chosen(checks_of(root), args.names)
    with tempfile.TemporaryDirectory(prefix="joldama-check-") as folder:
        environment = _environment(Path(folder))
        broken = []
        for outcome in _outcomes(checks, environment):
            mark = "holds " if outcome.holds else "BROKEN"
            print(f"{mark}  {outcome.check.name:<14}{outcome.seconds:7.1f} s", flush=True)
            if not outcome.holds:
                broken.append(outcome)
    for outcome in broken:
        print(f"\n── {outcome.check.name}\n{outcome.said.rstrip()}")
    return Exit.NO if broken else Exit.DONE


def checks_of(root: Path) -> list[Check]:
    """Return every check, the slow ones first."""
    templates = sorted(str(path.relative_to(root)) for path in root.glob("src/joldama/*/templates/**/*.html"))
    return [
        Check("types", (*_PYTHON, "mypy")),
        Check("migrations", (*_PYTHON, "django", "makemigrations", "--check", "--dry-run")),
        Check("settings", (*_PYTHON, "django", "check", "--fail-level", "WARNING")),
        Check("floors", (_beside_python("lint-imports"),)),
        Check("style", (*_PYTHON, "ruff", "check", ".")),
        Check("format", (*_PYTHON, "ruff", "format", "--check", ".")),
        Check("templates", (_beside_python("djade"), "--check", "--target-version", "5.2", *templates)),
    ]


def _chosen(checks: list[Check], names: Sequence[str]) -> list[Check]:
    unknown = sorted(set(names) - {check.name for check in checks})
    if unknown:
        known = ", ".join(check.name for check in checks)
        raise Stopped(f"There is no check {unknown[0]!r}; there are: {known}.", Exit.USAGE)
    return [check for check in checks if not names or check.name in names]


def _outcomes(checks: Sequence[Check], environment: Mapping[str, str]) -> Iterator[Outcome]:
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done in as_completed([pool.submit(_outcome, check, environment) for check in checks]):
            yield done.result()


def _outcome(check: Check, environment: Mapping[str, str]) -> Outcome:
    began = time.monotonic()
    answer = subprocess.run(
        check.command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Outcome(check, answer.returncode == 0, time.monotonic() - began, answer.stdout)


def _environment(folder: Path) -> dict[str, str]:
    """Return settings that load anywhere: keys of the moment, and a database nobody asks."""
    make_secrets(folder / "secrets")
    (folder / "generated" / "fonts").mkdir(parents=True)
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://joldama@/joldama?host={folder}",
        "DJANGO_SETTINGS_MODULE": "joldama.config.settings",
        "JOLDAMA_DATA": str(folder),
        "JOLDAMA_GENERATED": str(folder / "generated"),
        "JOLDAMA_SECRETS": str(folder / "secrets"),
        # makemigrations warns that it could not ask the database about its history.
        "PYTHONWARNINGS": "ignore::RuntimeWarning",
    }


def _beside_python(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
