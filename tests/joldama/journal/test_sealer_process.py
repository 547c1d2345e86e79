"""The worker's process seals the journal beside its errands."""

import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event

from tests.databases import environment_of
from tests.factories.journal import happened, looked

from joldama.journal.fsck import check
from joldama.journal.models import Checkpoint, Unsealed


def test_the_process_runs_errands_and_seals_the_journal_until_it_is_told_to_end(database: str) -> None:
    happened()
    worker = subprocess.Popen([sys.executable, "-m", "joldama.worker"], env=environment_of(database))
    try:
        until(lambda: Checkpoint.objects.exists(), "nothing was sealed and signed")
        looked()
    finally:
        worker.terminate()
        ended = worker.wait(30)

    assert ended == 0
    assert check()[1] == []
    assert not Unsealed.objects.exists()


def until(holds: Callable[[], bool], otherwise: str) -> None:
    """Wait for another process."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, otherwise
        Event().wait(0.05)
