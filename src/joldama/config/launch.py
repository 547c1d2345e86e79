"""The pieces a start is put together from: the database, a stage in a process of its own, the roles."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from joldama.config import postgres
from joldama.config.environment import database_environment
from joldama.config.lifeline import tied_to_parent
from joldama.config.ports import near
from joldama.config.supervisor import Role

_PYTHON = (sys.executable, "-P", "-m")  # -P: a file of the folder we are called from is no module of ours


@dataclass(frozen=True)
class Opened:
    """A database to work with: its address, and the server where it is the embedded one."""

    url: str
    server: postgres.Server | None

    @property
    def how(self) -> str:
        """Say in words whose database this is."""
        if self.server is None:
            return "database of DATABASE_URL"
        return "embedded PostgreSQL " + ("started" if self.server.owned else "joined, it runs already")


@contextmanager
def opened_database(name: str, *, home: Path, say: Callable[[str], None]) -> Iterator[Opened]:
    """Lend the database of DATABASE_URL, else the embedded one, started or joined."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield Opened(url=given, server=None)
        return
    server = postgres.start(home, database=name, say=say)
    try:
        yield Opened(url=server.url, server=server)
    finally:
        server.stop()


@contextmanager
def looked_into(name: str, *, is_demo: bool) -> Iterator[None]:
    """Lend this process the database of an installation or of the demonstration, with Django set up; say nothing."""
    home = postgres.default_home()
    with opened_database(name, home=home, say=lambda sentence: None) as database:
        os.environ.update(database_environment(home=home, database_url=database.url, is_demo=is_demo))
        import django

        django.setup()
        yield


def run_stage(name: str, environment: Mapping[str, str]) -> int:
    """Run a stage (joldama.config.stages) to its end in a process of its own; return its exit code."""
    process = start_stage(name, environment)
    try:
        return process.wait()
    finally:
        end(process)


def start_stage(name: str, environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start a stage, tied to this process and out of reach of the terminal's Ctrl-C."""
    return subprocess.Popen(
        [*_PYTHON, "joldama.config.stages", name],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=tied_to_parent(signal.SIGTERM),
    )


def end(process: "subprocess.Popen[bytes]", *, grace: float = 5.0) -> None:
    """End a process and whatever it started, if it still lives."""
    if process.poll() is not None:
        return
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(grace)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def web(*, port: int, log: Path | None, address: str = "127.0.0.1", workers: int | None = None) -> Role:
    """Return the web server's role: a worker process a core."""
    count = workers or os.cpu_count() or 1
    options = ("--address", address, "--port", str(port), "--workers", str(count))
    return Role(name="web", command=(*_PYTHON, "joldama.config.web", *options), log=log)


def worker(*, log: Path | None) -> Role:
    """Return the role of the process that runs errands."""
    return Role(name="worker", command=(*_PYTHON, "joldama.worker"), log=log, ends_with_database=True)


def live(*, port: int, web_port: int, log: Path | None, address: str = "127.0.0.1") -> Role:
    """Return the role of the process that keeps open pages fresh; it asks the web server of this installation."""
    options = ("--address", address, "--port", str(port), "--web", f"http://{near(address)}:{web_port}")
    return Role(name="live", command=(*_PYTHON, "joldama.config.live", *options), log=log)


def demo_signer(*, log: Path | None) -> Role:
    """Return the role of the process that stands for the demo people's own signing software."""
    return Role(name="signer", command=(*_PYTHON, "joldama.demo.signer"), log=log)


def demo_gateway(*, log: Path | None) -> Role:
    """Return the role of the process that stands for the e-government gateway and the register behind it."""
    return Role(name="gateway", command=(*_PYTHON, "joldama.demo.gateway"), log=log)


def demo_phone(*, log: Path | None) -> Role:
    """Return the role of the process that stands for somebody's phone with eGov Mobile."""
    return Role(name="phone", command=(*_PYTHON, "joldama.demo.phone"), log=log)


def demo_centre(*, log: Path | None) -> Role:
    """Return the role of the process that stands for the certification centre: lists, OCSP, time stamps."""
    return Role(name="centre", command=(*_PYTHON, "joldama.demo.centre"), log=log)


class Steps:
    """Tell the steps of a start with their durations, a line each."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._began = time.monotonic()

    def done(self, what: str) -> None:
        """Tell that a step is done, and how long it took since the one before."""
        now = time.monotonic()
        self._say(f"  {what:<64}{now - self._began:7.2f} s")
        self._began = now
