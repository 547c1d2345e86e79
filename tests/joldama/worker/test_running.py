"""The worker's process: two lanes, so that a silent register holds up nobody else; it ends when told."""

import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event

from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories.journal import happened, looked
from tests.factories.steps import sent
from tests.factories.world import World
from tests.stories.committed import environment_of

from joldama.adapters.shep.line import PATIENCE
from joldama.config import supervisor
from joldama.journal.fsck import check
from joldama.journal.models import Checkpoint, Unsealed
from joldama.worker.running import LANES


def test_the_register_is_asked_in_a_lane_of_its_own(astana: World) -> None:
    sent(astana)

    assert list(ProcrastinateJob.objects.values_list("task_name", "queue_name")) == [
        ("ask_register", "outside")
    ]
    assert list(LANES) == ["default", "outside", "letters"]


def test_a_question_ends_before_a_worker_that_is_to_end_is_killed() -> None:
    assert PATIENCE < supervisor._GRACE


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
