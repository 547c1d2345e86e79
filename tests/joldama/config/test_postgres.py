"""The embedded database starts, is joined, outlives a kill -9 of itself, and refuses what it must."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from joldama.config import postgres
from joldama.config.exits import Exit, Stopped
from joldama.config.postgres.binaries import find_binaries
from joldama.config.postgres.owner import Owner, owner_here
from joldama.config.postgres.place import Place
from joldama.config.postgres.postmaster import lives_in, processes_in


def test_postmaster_killed_and_started_again_has_every_acknowledged_row(home: Path) -> None:
    server = postgres.start(home)
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int PRIMARY KEY)")
        for number in range(50):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
        os.kill(server.pid, signal.SIGKILL)

    server.revive()

    with psycopg.connect(server.url) as connection:
        rows = connection.execute("SELECT array_agg(n ORDER BY n) FROM kept").fetchone()
    server.stop()
    assert rows == (list(range(50)),)
    assert processes_in(home / "postgres" / "data") == set()
    assert not server.socket_folder.exists()


def test_second_start_joins_and_leaves_the_server_running(home: Path) -> None:
    with postgres.running(home) as first:
        with postgres.running(home, database="another") as second:
            assert (first.owned, second.owned) == (True, False)
            assert (second.pid, second.socket_folder) == (first.pid, first.socket_folder)

        with psycopg.connect(first.url_of("another")) as connection:
            assert connection.execute("SELECT current_database()").fetchone() == ("another",)
    assert postgres.join(home) is None


def test_what_the_database_keeps_is_text_of_unicode_with_checksums_behind_a_password(home: Path) -> None:
    with postgres.running(home) as server:
        with psycopg.connect(server.url) as connection:
            settings = [
                connection.execute(f"SHOW {name}").fetchone()  # type: ignore[arg-type]
                for name in ("server_encoding", "data_checksums", "listen_addresses", "timezone", "fsync")
            ]
            found = connection.execute("SELECT 'Әлия' ILIKE 'әЛИЯ', upper('қазақ')").fetchone()
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host=str(server.socket_folder), user="joldama", password="guess", dbname="postgres"
            )

    assert settings == [("UTF8",), ("on",), ("",), ("UTC",), ("on",)]
    assert found == (True, "ҚАЗАҚ")
    modes = {
        name: (home / "postgres" / name).stat().st_mode & 0o777 for name in ("", "data", "password", "log")
    }
    assert modes == {"": 0o700, "data": 0o700, "password": 0o600, "log": 0o600}


def test_server_ends_with_its_starter_killed(home: Path) -> None:
    program = (
        "import pathlib, sys\n"
        "from joldama.config import postgres\n"
        "server = postgres.start(pathlib.Path(sys.argv[1]))\n"
        "print(server.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert starter.stdout is not None
    assert starter.stdin is not None
    pid = int(starter.stdout.readline())
    watched = os.pidfd_open(pid)

    starter.kill()
    starter.wait()

    ended = _ended_within(watched, seconds=10)
    starter.stdin.close()
    starter.stdout.close()
    assert ended
    assert not lives_in(home / "postgres" / "data", pid)
    Place(home=home, owner=owner_here(print)).forget_socket_folder()


def test_number_left_by_a_dead_server_that_another_program_has_now_does_not_stop_a_start(
    home: Path,
) -> None:
    with postgres.running(home) as server:
        left = (home / "postgres" / "data" / "postmaster.pid").read_text()
    lines = left.splitlines(keepends=True)
    (home / "postgres" / "data" / "postmaster.pid").write_text("".join([f"{os.getpid()}\n", *lines[1:]]))

    with postgres.running(home) as again:
        assert again.pid != server.pid


def test_data_of_another_major_are_refused_and_left_alone(home: Path) -> None:
    data = home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("13\n")
    ours = find_binaries()
    assert ours is not None

    with pytest.raises(Stopped) as stopped:
        postgres.start(home)

    assert stopped.value.exit_code is Exit.OTHER_POSTGRES_MAJOR
    assert str(stopped.value) == (
        f"The data in {data} were made by PostgreSQL 13, and this installation brings "
        f"PostgreSQL {ours.major}; they are left as they are. Move them over with pg_dump of version 13, "
        "or name another folder in JOLDAMA_DATA."
    )
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_data_folder_half_made_by_a_broken_start_is_made_anew(home: Path) -> None:
    Place(home=home, owner=owner_here(print)).prepare()
    half = home / "postgres" / "data.init"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    with postgres.running(home) as server:
        assert server.owned

    assert not half.exists()


def test_full_disk_is_said_and_nothing_half_made_is_left(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 1024})())

    with pytest.raises(Stopped) as stopped:
        postgres.start(home)

    assert stopped.value.exit_code is Exit.DISK_FULL
    assert sorted(path.name for path in (home / "postgres").iterdir()) == ["lock", "password"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the database to another user")
def test_folder_the_databases_user_may_not_enter_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Stopped) as stopped:
        postgres.start(tmp_path / "joldama")

    assert stopped.value.exit_code is Exit.FOLDER_REFUSED


def test_socket_folder_opened_by_somebody_else_is_not_used_again(home: Path) -> None:
    place = Place(home=home, owner=Owner(name="us", uid=os.geteuid(), gid=os.getegid()))
    place.prepare()
    first = place.socket_folder()
    assert place.socket_folder() == first

    first.chmod(0o777)
    second = place.socket_folder()

    first.rmdir()
    place.forget_socket_folder()
    assert second != first
    assert not second.exists()


def _ended_within(watched: int, *, seconds: float) -> bool:
    ended = bool(select.select([watched], [], [], seconds)[0])
    os.close(watched)
    return ended
