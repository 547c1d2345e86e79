"""Run the processes of an installation: start, restart what dies, and leave nothing behind.

Every child leads a process group of its own, so that Ctrl-C reaches the supervisor alone and the
children of a dead child can be ended with it; every child is tied to the supervisor, so that a
kill -9 of the supervisor ends them too.
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Protocol, Self

from joldama.config.exits import Exit, Stopped
from joldama.config.lifeline import tied_to_parent

_FIRST_PAUSE = 0.1  # seconds before the first restart; doubles up to the longest
_LONGEST_PAUSE = 10.0
_MOST_DEATHS = 8  # in a row, each before a life of _WELL: about 22 s of trying
_WELL = 30.0  # seconds after which earlier deaths are forgotten
_GRACE = 10.0  # seconds from SIGTERM to SIGKILL
_LONGEST_LOG = 10 * 1024 * 1024
_LISTENED_TO = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)


@dataclass(frozen=True)
class Role:
    """One process of the installation: its name, its command, and where its words go (None: ours).

    `ends_with_database`: it holds a connection for life, and is started anew once the database was.
    """

    name: str
    command: Sequence[str]
    log: Path | None = None
    ends_with_database: bool = False


class Database(Protocol):
    """What the supervisor asks of the database it looks after."""

    @property
    def is_alive(self) -> bool: ...

    def revive(self) -> None: ...


class Supervisor:
    """Keep the roles running; a context manager, which starts them and ends them."""

    def __init__(
        self,
        roles: Sequence[Role],
        *,
        environment: Mapping[str, str],
        database: Database | None = None,
        say: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self._children = [_Child(role, environment) for role in roles]
        self._database = database
        self._say = say
        self._asked_to_stop = False

    def __enter__(self) -> Self:
        self._listen()
        try:
            for child in self._children:
                child.start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def wait_until(self, ready: Callable[[], bool], *, patience: float) -> None:
        """Look after the children until `ready` says so; raise Stopped after `patience` seconds.

        Raises KeyboardInterrupt when a person ends the wait.
        """
        deadline = time.monotonic() + patience
        while not ready():
            if time.monotonic() > deadline:
                raise Stopped(
                    f"The processes did not become ready within {patience:.0f} s.{self._where_they_speak()}",
                    Exit.KEEPS_DYING,
                )
            if not self._look_after(0.05):
                raise KeyboardInterrupt

    def run(self, task: "subprocess.Popen[bytes] | None" = None) -> int | None:
        """Look after the children until `task` ends (its exit code) or a person ends it (None)."""
        while task is None or task.poll() is None:
            if not self._look_after(1.0):
                return None
        return task.returncode

    def _look_after(self, seconds: float) -> bool:
        """Sleep until something happens, at most `seconds`; False once the end was asked for."""
        pause = min([seconds, *(child.seconds_to_start() for child in self._children)])
        if select.select([self._ears], [], [], max(pause, 0.0))[0]:
            os.read(self._ears, 4096)
        if self._asked_to_stop:
            return False
        if self._database is not None and not self._database.is_alive:
            self._say("the database ended; starting it again")
            self._database.revive()
            for child in self._children:
                if child.role.ends_with_database:
                    child.start_anew()
        for child in self._children:
            if child.has_died():
                self._say(f"{child.role.name} ended; starting it again")
                child.mourn()
            if child.is_due():
                child.start()
        return True

    def _listen(self) -> None:
        self._ears, self._mouth = os.pipe()
        os.set_blocking(self._ears, False)
        os.set_blocking(self._mouth, False)
        self._old_handlers = {number: signal.signal(number, self._hear) for number in _LISTENED_TO}
        self._old_mouth = signal.set_wakeup_fd(self._mouth, warn_on_full_buffer=False)

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            self._asked_to_stop = True

    def _end(self) -> None:
        for child in reversed(self._children):
            child.ask_to_end()
        deadline = time.monotonic() + _GRACE
        for child in reversed(self._children):
            child.end_by(deadline)
        signal.set_wakeup_fd(self._old_mouth)
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        os.close(self._ears)
        os.close(self._mouth)

    def _where_they_speak(self) -> str:
        logs = [str(child.role.log) for child in self._children if child.role.log is not None]
        return f" Their words: {', '.join(logs)}." if logs else ""


class _Child:
    """A role's present process, and when it may start again."""

    def __init__(self, role: Role, environment: Mapping[str, str]) -> None:
        self.role = role
        self._environment = dict(environment)
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._due = 0.0
        self._deaths = 0

    def start(self) -> None:
        """Start the process, in a group of its own and tied to this one."""
        log = None if self.role.log is None else _opened(self.role.log)
        try:
            self._process = subprocess.Popen(
                list(self.role.command),
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=tied_to_parent(signal.SIGTERM),
            )
        finally:
            if log is not None:
                os.close(log)
        self._began = time.monotonic()

    def start_anew(self) -> None:
        """End the process with its whole group; its next start is due now."""
        if self._process is not None:
            self._end_group()
        self._due = time.monotonic()

    def seconds_to_start(self) -> float:
        """Return how long until the next start is due; endless while the process lives."""
        return self._due - time.monotonic() if self._process is None else float("inf")

    def is_due(self) -> bool:
        """Say whether the process has to be started now."""
        return self.seconds_to_start() <= 0

    def has_died(self) -> bool:
        """Say whether the process ended; it stays unreaped, so that its number is still its own."""
        if self._process is None:
            return False
        waiting = os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return waiting is not None

    def mourn(self) -> None:
        """End what the dead process left behind and set its next start; raise Stopped when it keeps dying."""
        self._end_group()
        lived = time.monotonic() - self._began
        self._deaths = 1 if lived > _WELL else self._deaths + 1
        if self._deaths > _MOST_DEATHS:
            told = f" (its words: {self.role.log})" if self.role.log else ""
            raise Stopped(f"{self.role.name} ends again and again{told}.", Exit.KEEPS_DYING)
        self._due = time.monotonic() + min(_FIRST_PAUSE * 2 ** (self._deaths - 1), _LONGEST_PAUSE)

    def ask_to_end(self) -> None:
        """Ask the process, not yet its children, to end."""
        if self._process is not None and not self.has_died():
            self._process.send_signal(signal.SIGTERM)

    def end_by(self, deadline: float) -> None:
        """Wait until `deadline` for the process, then end its whole group."""
        while self._process is not None and not self.has_died() and time.monotonic() < deadline:
            time.sleep(0.005)
        if self._process is not None:
            self._end_group()

    def _end_group(self) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def _opened(log: Path) -> int:
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if log.exists() and log.stat().st_size > _LONGEST_LOG:
        log.rename(log.with_name(f"{log.name}.old"))
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
