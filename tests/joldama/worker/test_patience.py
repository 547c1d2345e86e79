from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from procrastinate.jobs import Job

from joldama.worker.patience import Patience

NOW = datetime(2026, 3, 20, 5, tzinfo=UTC)


def pause_after(attempts: int) -> timedelta | None:
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="t", attempts=attempts)
    decision = Patience().get_retry_decision(exception=OSError(), job=job)
    return decision and decision.retry_at - NOW


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 2), (1, 4), (2, 8), (8, 512), (9, 600), (49, 600), (50, None)]
)
def test_an_errand_is_tried_again_ever_more_slowly_and_given_up_in_the_end(attempts, seconds):
    with time_machine.travel(NOW, tick=False):
        assert pause_after(attempts) == (seconds and timedelta(seconds=seconds))
