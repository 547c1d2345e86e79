"""The real house for the browser stories: database, web server, worker, signer and gateway, with data of their own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGTERM

import pytest

from govkz.eds.keep import Keep
from joldama.config import launch, ports, postgres
from joldama.config.environment import demo_environment
from joldama.config.exits import Exit
from joldama.config.lifeline import tied_to_parent
from joldama.config.postgres.owner import owner_here
from joldama.config.postgres.place import Place
from joldama.config.secrets import make_secrets
from joldama.config.supervisor import Role
from joldama.demo.people import DemoApplicant
from joldama.demo.pki import issue_key
from joldama.demo.visitors import new_visitor

MOMENT = datetime(2026, 3, 17, 5, 0, tzinfo=UTC)
"""What the house's clock shows when it opens: Tuesday, 10:00 at every office, no closed day in sight."""

_PREFIX = f"joldama-tests-{os.getpid()}-house-"  # swept by joldama.config.postgres.testing
_FAULT = re.compile(r"^(?:Traceback.*(?:\n[ \t].*)*\n.*|.*ERROR.*)", re.MULTILINE)
"""A line of an error, or a traceback to its last line."""

_PATIENCE = 120.0
_POLL = 0.05


@dataclass
class House:
    """A demonstration that runs; `sessions` keeps how officials are signed in, since a code opens only once.

    `asked` are number and IIN of a case of the scene, as somebody says them on the telephone.
    """

    home: Path
    origin: str
    signer: str
    environment: dict[str, str]
    sessions: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def address(self, path: str) -> str:
        """Give the whole address of a page."""
        return f"{self.origin}{path}"

    def complaints(self) -> list[str]:
        """Give what the servers wrote in their logs of faults of their own."""
        logs = sorted((self.home / "log").glob("*.log"))
        return [f"{log.name}: {found}" for log in logs for found in _FAULT.findall(log.read_text())]

    def behind(self, script: str) -> str:
        """Run lines of Python in the house's own Django, for what no page does; give what they print."""
        whole = f"import django\ndjango.setup()\n{script}"
        done = subprocess.run(
            [sys.executable, "-c", whole], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def visitor(self) -> DemoApplicant:
        """Invent somebody new, known to the register, with a key of his own."""
        visitor = new_visitor(self.home)
        issue_key(Keep(self.home / "demo-pki"), visitor, at=MOMENT)
        return visitor


@contextmanager
def opened_house() -> Iterator[House]:
    """Start everything as `joldama demo --serve` does, and end it."""
    home = Path(tempfile.mkdtemp(prefix=_PREFIX))
    place = Place(home=home, owner=owner_here(print))
    if not place.owner.is_us:
        home.chmod(0o755)  # entered by the user as whom the database runs; all below is closed
    with ExitStack() as closing:
        closing.callback(shutil.rmtree, home, ignore_errors=True)
        server = postgres.start(home, database="house", durable=False)
        closing.callback(server.stop)
        port, ncalayer_port, signer_port, gateway_port, phone_port, centre_port, live_port = (
            ports.free_port() for _ in range(7)
        )
        environment = _environment(
            home,
            server.url,
            port,
            ncalayer_port,
            signer_port,
            gateway_port,
            phone_port,
            centre_port,
            live_port,
        )
        assert launch.run_stage("prepare", environment) == Exit.DONE
        log = home / "log"
        for role in (
            launch.web(port=port, log=log / "web.log"),
            launch.worker(log=log / "worker.log"),
            launch.live(port=live_port, web_port=port, log=log / "live.log"),
            launch.demo_signer(log=log / "signer.log"),
            launch.demo_gateway(log=log / "demo-gateway.log"),
            launch.demo_phone(log=log / "phone.log"),
            launch.demo_centre(log=log / "demo-centre.log"),
        ):
            closing.callback(launch.end, started(role, environment))
        wait_until(
            lambda: (
                ports.answers(port, "/healthz")
                and ports.answers(live_port, "/live/healthz")
                and all(
                    ports.listens(other) for other in (signer_port, gateway_port, phone_port, centre_port)
                )
            )
        )
        yield House(
            home=home,
            origin=environment["JOLDAMA_ORIGIN"],
            signer=environment["JOLDAMA_SIGNER_URL"],
            environment=environment,
        )


def _environment(
    home: Path,
    database_url: str,
    port: int,
    ncalayer_port: int,
    signer_port: int,
    gateway_port: int,
    phone_port: int,
    centre_port: int,
    live_port: int,
) -> dict[str, str]:
    keys = home / "secrets"
    make_secrets(keys)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOLDAMA_SECRETS", str(keys))
        patch.delenv("JOLDAMA_GENERATED", raising=False)
        patch.setenv("JOLDAMA_CLOCK", MOMENT.isoformat())
        return demo_environment(
            home=home,
            database_url=database_url,
            port=port,
            ncalayer_port=ncalayer_port,
            signer_port=signer_port,
            gateway_port=gateway_port,
            phone_port=phone_port,
            centre_port=centre_port,
            live_port=live_port,
        )


def started(role: Role, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start one more of the house's processes."""
    assert role.log is not None
    role.log.parent.mkdir(exist_ok=True)
    with role.log.open("ab") as log:
        return subprocess.Popen(
            list(role.command),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=tied_to_parent(SIGTERM),
        )


def wait_until(is_open: Callable[[], bool]) -> None:
    """Wait for what a process that was started does."""
    until = time.monotonic() + _PATIENCE
    while not is_open():
        assert time.monotonic() < until, "the house did not open"
        time.sleep(_POLL)
