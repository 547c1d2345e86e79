"""Every errand left in a transaction finds its task, and carries ids only."""

import inspect
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from joldama.journal import outbox
from joldama.worker import periodic, tasks
from joldama.worker.running import LANES

ERRANDS = {
    name: errand
    for name, errand in vars(outbox).items()
    if inspect.isfunction(errand) and errand.__module__ == outbox.__name__ and not name.startswith("_")
}


def jobs_of(errand) -> list[dict]:
    """Leave an errand in a memory of ours; return the jobs."""
    memory = InMemoryConnector()
    with app.replace_connector(memory):
        errand(**{name: uuid4() for name in inspect.signature(errand).parameters})
    return list(memory.jobs.values())


def left_by(errand) -> list[tuple[str, list[str]]]:
    """Return the task and the arguments of each job an errand leaves."""
    return [(job["task_name"], sorted(job["args"])) for job in jobs_of(errand)]


def taken_by(task_name: str) -> tuple[str, list[str]]:
    return task_name, sorted(inspect.signature(app.tasks[task_name].func).parameters)


def test_there_are_errands():
    assert len(ERRANDS) >= 3


@pytest.mark.parametrize("name", ERRANDS)
def test_every_errand_has_a_task_of_its_name_with_the_same_arguments(name):
    assert left_by(ERRANDS[name]) == [taken_by(name)]


@pytest.mark.parametrize("name", ERRANDS)
def test_errands_take_ids_only(name):
    signature = inspect.signature(ERRANDS[name])

    assert {parameter.annotation for parameter in signature.parameters.values()} == {UUID}


def test_every_errand_and_every_sweep_is_left_in_a_lane_of_the_worker():
    left = {job["queue_name"] for errand in ERRANDS.values() for job in jobs_of(errand)}
    swept = {task.task.queue for task in app.periodic_registry.periodic_tasks.values()}

    assert left == set(LANES)
    assert swept <= set(LANES)


def test_an_errand_without_its_task_is_seen():
    def lost(case: UUID) -> None:
        app.configure_task("lost").defer(case=str(case))

    assert left_by(lost) == [("lost", ["case"])]
    assert "lost" not in app.tasks


def test_every_task_of_ours_is_an_errand_or_swept_by_the_clock():
    assert tasks
    assert periodic
    ours = {name for name, task in app.tasks.items() if task.func.__module__.startswith("joldama.")}
    swept = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}

    assert ours - swept == set(ERRANDS)


def test_every_task_retries_or_is_swept_again():
    swept = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    ours = {name: task for name, task in app.tasks.items() if task.func.__module__.startswith("joldama.")}

    assert [name for name, task in ours.items() if not task.retry_strategy and name not in swept] == []
