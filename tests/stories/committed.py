"""Databases to which a story commits, so that other connections and other processes see what it wrote."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

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
