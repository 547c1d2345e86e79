"""From a call to 500 open boards: how long after its commit each has it, beside the bare fan-out of the same run.

Real are the procedure that calls, the database, the web server and the process of the live pages; boards are
streams of the loopback, all in one process. The raw limit is a loop that writes the same bytes to as many
sockets, which nobody had to call, fetch or compare.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

from bench.streams import Boards, bare_server

BOARDS = 500
ROUNDS = 30
WARM_UP = 3
GOAL_MS = 300.0
PATIENCE = 60.0
GLANCE = 0.05


def run() -> dict[str, float]:
    """Measure; give ms after the commit, over all boards and calls, and what the process costs."""
    from bench.house import house

    with house():
        return _measured()


def _measured() -> dict[str, float]:
    from joldama.config import launch, ports
    from joldama.people.models import Staff

    web_port, port = ports.free_port(), ports.free_port()
    clerk = Staff.objects.select_related("place").get(office__code="АСТ", role="specialist")
    with (
        _running(launch.web(port=web_port, log=None).command, web_port, "/healthz"),
        _running(launch.live(port=port, web_port=web_port, log=None).command, port, "/live/healthz") as live,
        Boards(port, f"/live/{clerk.place_id}/kk", BOARDS) as boards,
    ):
        for _ in range(WARM_UP):
            _call(clerk, boards)
        before = _cpu(live)
        waits = [_call(clerk, boards) for _ in range(ROUNDS)]
        cost = {"cpu_ms_a_visit": (_cpu(live) - before) * 1000 / ROUNDS, "memory_mb": _memory(live)}
        said = boards.latest
    bare = _raw(said)
    told, raw = _told("", waits), _told("raw_", bare)
    ratio = {"ratio_p50": told["p50_ms"] / raw["raw_p50_ms"], "ratio_p99": told["p99_ms"] / raw["raw_p99_ms"]}
    size = {"boards": BOARDS, "event_bytes": len(said)}
    return {**size, **told, "goal_ms": GOAL_MS, **raw, **ratio, **cost}


def _call(clerk: Any, boards: Boards) -> list[float]:
    """Play a visit: give seconds from the commit of its call to each board."""
    from joldama.installation.clock import now
    from joldama.procedures import line
    from joldama.reception.models import Ticket
    from joldama.standard.tickets import ServingEnd, name_of

    name = name_of(Ticket.objects.filter(line__place=clerk.place).count() + 1)
    boards.expect(name)
    line.take_ticket(clerk.place, key=uuid4(), by=clerk, at=now())
    boards.arrived()
    boards.expect(name)
    ticket = line.call_next(clerk.place, window=1, by=clerk, at=now())
    committed = time.monotonic()
    waits = [arrived - committed for arrived in boards.arrived()]
    line.begin_serving(ticket, by=clerk, at=now())
    line.end_serving(ticket, ServingEnd.ANSWER, by=clerk, at=now())
    return waits


def _raw(said: bytes) -> list[list[float]]:
    """Measure the same bytes from one loop to as many sockets."""
    waits = []
    with bare_server(BOARDS) as (port, write), Boards(port, "/", BOARDS) as boards:
        for number in range(WARM_UP + ROUNDS):
            mark = f"round {number}."
            boards.expect(mark)
            began = write(said.replace(b"\n\n", f"\n: {mark}\n\n".encode(), 1))
            waits.append([arrived - began for arrived in boards.arrived()])
    return waits[WARM_UP:]


def _told(prefix: str, waits: Sequence[Sequence[float]]) -> dict[str, float]:
    hundredths = quantiles((1000 * wait for one in waits for wait in one), n=100)
    return {
        f"{prefix}p50_ms": hundredths[49],
        f"{prefix}p95_ms": hundredths[94],
        f"{prefix}p99_ms": hundredths[98],
        f"{prefix}max_ms": 1000 * max(max(one) for one in waits),
    }


@contextmanager
def _running(command: Sequence[str], port: int, path: str) -> Iterator[int]:
    """Run a process of the installation until it answers; give its number."""
    from joldama.config import ports

    process = subprocess.Popen(list(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not ports.answers(port, path):
            if time.monotonic() > until:
                raise TimeoutError(f"nobody answers at {path}")
            time.sleep(GLANCE)
        yield process.pid
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _cpu(process: int) -> float:
    """Return the seconds of both processor times a process has used."""
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
