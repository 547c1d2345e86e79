"""The worker's process: two lanes, so that a silent register holds up nobody else; it ends when told."""

from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories.steps import sent
from tests.factories.world import World

from joldama.adapters.shep.line import PATIENCE
from joldama.config import supervisor
from joldama.worker.running import LANES


def test_the_register_is_asked_in_a_lane_of_its_own(astana: World) -> None:
    sent(astana)

    assert list(ProcrastinateJob.objects.values_list("task_name", "queue_name")) == [
        ("ask_register", "outside")
    ]
    assert list(LANES) == ["default", "outside", "letters", "tables"]


def test_a_question_ends_before_a_worker_that_is_to_end_is_killed() -> None:
    assert PATIENCE < supervisor._GRACE
