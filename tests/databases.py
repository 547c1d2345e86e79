"""Databases of a run: one is migrated, once, by whoever needs it first; every other is a copy of it."""

import fcntl
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from joldama.config.postgres.testing import ensure_server, home_of_session
from tests.house.tree import ROOT


def environment_of(database: str) -> dict[str, str]:
    """What a process of the installation is told, with this database."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(address._replace(path=f"/{database}")),
        "DJANGO_SETTINGS_MODULE": "joldama.config.settings",
        "PYTHONPATH": str(ROOT),
    }


def in_postgres(statement: str, *names: str) -> None:
    """Say something to the server from outside its databases of tests."""
    outside = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres"))
    with psycopg.connect(outside, autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def ensure_migrated() -> str | None:
    """Name the database that is migrated and empty; None on a server that is not the run's own."""
    ensure_server()
    home = home_of_session()
    return _migrated_in(home) if home else None


@cache
def _migrated_in(home: Path) -> str:
    """Make it, unless another process of the run did: whoever comes meanwhile waits."""
    name, mark = "migrated", home / "migrated"
    with mark.open("a+") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        turn.seek(0)
        if not turn.read():
            migrate_new(name)
            turn.write("whole")
    return name


def migrate_new(name: str) -> None:
    """Make a database of this name and bring it up to date, in a process of its own that ends with it."""
    in_postgres("CREATE DATABASE {}", name)
    subprocess.run([sys.executable, "-m", "django", "migrate"], env=environment_of(name), check=True)
