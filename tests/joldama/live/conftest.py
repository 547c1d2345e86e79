"""The process that keeps pages fresh, on a database of the session and a web server that counts who asks."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4

import pytest
from tests.fakes.boards import Boards, boards_served
from tests.fakes.listeners import Listener

from joldama.config import ports
from joldama.config.postgres.testing import ensure_server

_GLANCE = 0.05


class Running(NamedTuple):
    """The process and its port."""

    port: int
    process: "subprocess.Popen[bytes]"


class Live:
    """The process that runs, and who listens to it."""

    def __init__(self, running: Running, leaving: ExitStack) -> None:
        self.port, self.process = running
        self._leaving = leaving

    def listen(self, path: object, **wishes: object) -> Listener:
        """Open a stream below /live/."""
        return self._leaving.enter_context(Listener(self.port, f"/live/{path}", **wishes))  # type: ignore[arg-type]

    def until_all_before_is_old(self) -> None:
        """Wait until a page that comes now knows that it missed nothing: the process listened before it was made."""
        while self._is_woken_as_it_comes():
            time.sleep(_GLANCE)

    def _is_woken_as_it_comes(self) -> bool:
        page = self.listen(f"{uuid4()}?age=0")
        page.next("beat")
        return not page.hears_nothing()


@pytest.fixture(scope="module")
def web() -> Iterator[Boards]:
    """The web server of a module."""
    with boards_served() as served:
        yield served


@pytest.fixture
def boards(web: Boards) -> Boards:
    """The web server, asked by nobody yet."""
    web.show_as_at_first()
    return web


@pytest.fixture(scope="module")
def database_url() -> str:
    """A database in which anybody may give a notice."""
    ensure_server()
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres"))


@pytest.fixture(scope="module")
def running(database_url: str, web: Boards) -> Iterator[Running]:
    """The process of a module."""
    with started(database_url, web) as running:
        yield running


@pytest.fixture
def live(running: Running, boards: Boards) -> Iterator[Live]:
    """The process, awake; whoever listens leaves at the end of a test."""
    with ExitStack() as leaving:
        yield Live(running, leaving)


@pytest.fixture
def place() -> UUID:
    """A place of a test's own."""
    return uuid4()


@contextmanager
def started(database_url: str, web: Boards, *options: str, port: int | None = None) -> Iterator[Running]:
    """Run the process to the end."""
    port = port or ports.free_port()
    command = [
        sys.executable,
        "-m",
        "joldama.config.live",
        "--port",
        str(port),
        "--web",
        web.origin,
        *options,
    ]
    process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": database_url})
    try:
        while not ports.answers(port, "/live/healthz"):
            assert process.poll() is None, "the process ended at its start"
        yield Running(port, process)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def living(database_url: str, web: Boards, *options: str, port: int | None = None) -> Iterator[Live]:
    """Run a process of one's own to the end."""
    with started(database_url, web, *options, port=port) as running, ExitStack() as leaving:
        yield Live(running, leaving)


@pytest.fixture
def short_home() -> Iterator[Path]:
    """Lend a folder that the database's user may enter, unlike pytest's own temporary folders."""
    folder = Path(tempfile.mkdtemp(prefix="joldama-try-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
