"""The supervisor restarts what dies, gives up on what keeps dying, and leaves nothing behind."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from joldama.config import supervisor
from joldama.config.exits import Exit, Stopped
from joldama.config.supervisor import Role, Supervisor

# A child that starts a child of its own, tells both numbers and stays.
_PARENT = (
    "import os, subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "with open(sys.argv[1], 'a') as told: told.write(f'{os.getpid()} {child.pid}\\n')\n"
    "time.sleep(600)\n"
)


def _role(told: Path) -> Role:
    return Role(name="web", command=[sys.executable, "-c", _PARENT, str(told)])


def _numbers(told: Path) -> list[list[int]]:
    text = told.read_text() if told.exists() else ""
    return [
        [int(word) for word in line.split()] for line in text.splitlines(keepends=True) if line[-1] == "\n"
    ]


def test_killed_child_is_started_again_and_its_own_children_have_ended(tmp_path: Path) -> None:
    told = tmp_path / "told"
    said: list[str] = []
    with Supervisor([_role(told)], environment=dict(os.environ), say=said.append) as house:
        house.wait_until(lambda: len(_numbers(told)) == 1, patience=10)
        watched = [os.pidfd_open(number) for number in _numbers(told)[0]]

        os.kill(_numbers(told)[0][0], signal.SIGKILL)
        house.wait_until(lambda: len(_numbers(told)) == 2, patience=10)

        assert _all_ended(watched)
        later = [os.pidfd_open(number) for number in _numbers(told)[1]]
    assert _all_ended(later)
    assert said == ["web ended; starting it again"]


def test_supervisor_killed_takes_its_children_along(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = (
        "import os, pathlib, sys\n"
        "from joldama.config.supervisor import Role, Supervisor\n"
        "role = Role(name='worker', command=[sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "with Supervisor([role], environment=dict(os.environ)) as house:\n"
        "    number = house._children[0]._process.pid\n"
        "    pathlib.Path(sys.argv[1]).write_text(f'{number}\\n')\n"
        "    print(flush=True)\n"
        "    house.run()\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, str(told)], stdout=subprocess.PIPE)
    assert starter.stdout is not None
    starter.stdout.readline()
    watched = [os.pidfd_open(number) for number in _numbers(told)[0]]

    starter.kill()
    starter.wait()
    starter.stdout.close()

    assert _all_ended(watched)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_ends_when_asked_and_so_do_the_children(tmp_path: Path, number: signal.Signals) -> None:
    told = tmp_path / "told"
    with Supervisor([_role(told)], environment=dict(os.environ)) as house:
        house.wait_until(lambda: len(_numbers(told)) == 1, patience=10)
        watched = [os.pidfd_open(one) for one in _numbers(told)[0]]

        os.kill(os.getpid(), number)

        assert house.run() is None
    assert _all_ended(watched)


def test_run_returns_the_exit_code_of_its_task() -> None:
    role = Role(name="web", command=[sys.executable, "-c", "import time; time.sleep(600)"])
    with Supervisor([role], environment=dict(os.environ)) as house:
        task = subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])

        assert house.run(task) == 7


def test_child_that_keeps_dying_is_given_up_with_the_place_of_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_FIRST_PAUSE", 0.001)
    monkeypatch.setattr(supervisor, "_LONGEST_PAUSE", 0.001)
    log = tmp_path / "log" / "worker.log"
    role = Role(name="worker", command=["/bin/sh", "-c", "echo no; exit 3"], log=log)

    with (
        pytest.raises(Stopped) as stopped,
        Supervisor([role], environment=dict(os.environ)) as house,
    ):
        house.run()

    assert stopped.value.exit_code is Exit.KEEPS_DYING
    assert str(stopped.value) == f"worker ends again and again (its words: {log})."
    assert log.read_text() == "no\n" * 9


def test_database_that_died_is_revived_and_who_holds_a_connection_for_life_starts_anew(
    tmp_path: Path,
) -> None:
    class Dead:
        is_alive = False

        def revive(self) -> None:
            self.is_alive = True

    class Alive(Dead):
        is_alive = True

    told = tmp_path / "told"
    command = [sys.executable, "-c", _PARENT, str(told)]
    worker = Role(name="worker", command=command, ends_with_database=True)
    database = Alive()
    with Supervisor([worker], environment=dict(os.environ), database=database) as house:
        house.wait_until(lambda: len(_numbers(told)) == 1, patience=10)

        database.is_alive = False
        house.wait_until(lambda: len(_numbers(told)) == 2, patience=10)

    assert database.is_alive


def _all_ended(watched: list[int]) -> bool:
    ended = [bool(select.select([one], [], [], 10)[0]) for one in watched]
    for one in watched:
        os.close(one)
    return all(ended)
