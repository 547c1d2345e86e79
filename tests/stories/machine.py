"""Processes of the installation, each with a memory of its own, on the database that stories commit to."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from joldama.installation.identity import installation
from joldama.installation.models import Installation
from tests.databases import environment_of
from tests.factories import world
from tests.factories.seals import keep_seal
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World
from tests.house.tree import ROOT


@dataclass(frozen=True)
class Ended:
    """How a process ended: killed or by itself, and the number it had promised."""

    code: int
    promised: str


class Machine:
    """Processes of the installation, each with a memory of its own."""

    def __init__(self, database: str, seals: Path) -> None:
        self._environment = {**environment_of(database), "JOLDAMA_SEAL": str(seals)}

    def reach(self, gateway: str) -> None:
        """Have the processes ask the register behind a gateway instead of within themselves."""
        self._environment["JOLDAMA_GATEWAY"] = gateway

    def ask(self, centre: Path) -> None:
        """Have the processes ask the certification centre whose addresses stand in a file."""
        self._environment |= {"JOLDAMA_CENTRE": "demo", "JOLDAMA_CENTRE_POINTS": str(centre)}

    def run(self, point: str, **given: Any) -> Ended:
        """Run a step of tests.stories.dying to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.stories.dying", point],
            env={**self._environment, "DYING": json.dumps(given)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode in (0, -SIGKILL), done.stderr
        return Ended(done.returncode, done.stdout.strip())

    @contextmanager
    def worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Lend a worker as an installation has it, which goes on until told to end."""
        command = [sys.executable, "-m", "joldama.worker"]
        process = subprocess.Popen(command, env=self._environment, cwd=ROOT)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def work(self, *, after_the_sweep: bool = False) -> None:
        """Let a fresh worker do all that waits."""
        point = "working_after_the_minutes_sweep" if after_the_sweep else "working"
        assert self.run(point).code == 0


@pytest.fixture
def astana(database: str) -> World:
    """The department of Astana, whose clock shows Monday, 14 September 2015, 10:00."""
    world.demo_installation()
    Installation.objects.update(clock_offset=MONDAY_TEN - datetime.now(UTC))
    installation.cache_clear()
    world.trust_at(MONDAY_TEN)
    return world.office("astana")


@pytest.fixture
def machine(database: str, astana: World, tmp_path: Path) -> Machine:
    keep_seal(tmp_path / "seal", astana.office.bin)
    return Machine(database, tmp_path / "seal")


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what the worker does."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "the worker did not do it"
        time.sleep(0.05)
