"""Memory of an idle demonstration: the sum of PSS of every process, beside that of a bare Python."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.processes import family
from joldama.config.ports import answers, free_port

GOAL_MB = 500.0
PATIENCE = 60.0
SETTLED = 5.0


def run() -> dict[str, float]:
    """Start `joldama demo --serve` in a folder of its own, let it rest, add up, end it."""
    raw = _bare()
    with tempfile.TemporaryDirectory(prefix="joldama-bench-") as folder:
        Path(folder).chmod(0o755)
        port = free_port()
        environment = {**os.environ, "JOLDAMA_DATA": folder, "JOLDAMA_SECRETS": f"{folder}/secrets"}
        house = subprocess.Popen(
            [sys.executable, "-m", "joldama.config.cli", "demo", "--serve", "--port", str(port)],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            time.sleep(SETTLED)
            parts = {pid: _pss(pid) for pid in family(house.pid)}
        finally:
            house.send_signal(signal.SIGINT)
            house.wait(30)
    total = sum(parts.values())
    return {
        "total_mb": total,
        "goal_mb": GOAL_MB,
        "processes": float(len(parts)),
        "largest_mb": max(parts.values()),
        "raw_python_mb": raw,
        "ratio": total / raw,
    }


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while not answers(port, "/healthz"):
        if time.monotonic() > until:
            raise TimeoutError("the demonstration did not start in time")
        time.sleep(0.1)


def _pss(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def _bare() -> float:
    with subprocess.Popen(
        [sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE
    ) as python:
        time.sleep(0.5)
        measured = _pss(python.pid)
        assert python.stdin
        python.stdin.close()
    return measured
