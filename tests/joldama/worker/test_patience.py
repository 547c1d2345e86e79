from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from procrastinate.jobs import Job

from joldama.registries.models import Ended
from joldama.registries.ports import RegisterSilent
from joldama.worker import tasks
from joldama.worker.patience import Patience

NOW = datetime(2026, 3, 20, 5, tzinfo=UTC)


def pause_after(
    attempts: int, patience: Patience | None = None, exception: Exception | None = None
) -> timedelta | None:
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
    decision = (patience or Patience()).get_retry_decision(exception=exception or OSError(), job=job)
    return decision and decision.retry_at - NOW


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 2), (1, 4), (2, 8), (8, 512), (9, 600), (49, 600), (50, None)]
)
def test_an_errand_is_tried_again_ever_more_slowly_and_given_up_in_the_end(attempts, seconds):
    with time_machine.travel(NOW, tick=False):
        assert pause_after(attempts) == (seconds and timedelta(seconds=seconds))


def test_a_register_is_asked_for_as_long_as_its_case_is_open():
    with time_machine.travel(NOW, tick=False):
        pauses = [pause_after(attempts, tasks.WITHOUT_END) for attempts in (0, 50, 100_000)]

    assert tasks.ask_register.retry_strategy is tasks.WITHOUT_END
    assert pauses == [timedelta(seconds=2), timedelta(seconds=600), timedelta(seconds=600)]


@pytest.mark.parametrize(
    ("ended", "seconds"),
    [(Ended.SILENT, 2), (Ended.FAULT, 2), (Ended.NOT_UNDERSTOOD, 2), (Ended.REJECTED, 600)],
)
def test_a_register_that_refuses_our_message_is_not_pressed(ended, seconds):
    with time_machine.travel(NOW, tick=False):
        assert pause_after(0, exception=RegisterSilent(ended)) == timedelta(seconds=seconds)
