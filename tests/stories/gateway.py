"""The gateway of the stories: the emulated one in a process of its own, asked over HTTP."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGTERM

import pytest

from joldama.adapters.shep.codes import load_codes
from joldama.adapters.shep.line import Line
from joldama.adapters.shep.register import ShepRegister
from joldama.config.lifeline import tied_to_parent
from joldama.config.ports import free_port, listens
from joldama.demo.gateway.moods import Mood, tell_gateway
from joldama.registries import ports

LONG, SHORT = 20.0, 0.4
"""Seconds to wait for what comes, and for what does not."""


class Gateway:
    """What a story tells the gateway, and how long the worker waits for it."""

    def __init__(self, folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.address = address
        self._folder = folder
        self._monkeypatch = monkeypatch
        self._lines: list[Line] = []
        self.answers()

    def answers(self) -> None:
        """From now on it answers."""
        tell_gateway(self._folder, Mood.ANSWERS)
        self._wire(LONG)

    def keeps(self, mood: Mood, *, times: int | None = None) -> None:
        """From now on it is in a mood, for so many messages or until it answers again."""
        tell_gateway(self._folder, mood, times=times)
        self._wire(SHORT if mood is Mood.SILENT else LONG)

    def close(self) -> None:
        """Let go of what was opened."""
        for line in self._lines:
            line.close()

    def _wire(self, patience: float) -> None:
        self._lines.append(Line(self.address, patience=patience))
        register = ShepRegister(self._lines[-1].send, sender="joldama", codes=load_codes())
        self._monkeypatch.setattr(ports, "_wired", [register])


@contextmanager
def gateway_process(folder: Path) -> Iterator[str]:
    """Lend the address of a gateway that keeps its moods in a folder."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        [sys.executable, "-m", "joldama.demo.gateway"],
        env={**os.environ, "JOLDAMA_DATA": str(folder), "JOLDAMA_GATEWAY": address},
        preexec_fn=tied_to_parent(SIGTERM),
    )
    try:
        while not listens(port):
            assert process.poll() is None, "the gateway did not open"
        yield address
    finally:
        process.terminate()
        process.wait(10)
