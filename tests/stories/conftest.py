"""The town of the stories: offices, people, their browsers, and the moment the story tells of."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from joldama.installation.identity import installation
from tests.databases import ensure_migrated, in_postgres, migrate_new
from tests.factories import world
from tests.factories.seals import keep_seal
from tests.stories.counter import Counter
from tests.stories.gateway import Gateway, gateway_process
from tests.stories.machine import astana, machine
from tests.stories.town import Town

__all__ = ["astana", "counter", "gateway", "machine", "town"]


_MADE = count(1)
"""Databases this process made: who takes the fixture into a room of his own gets one of his own."""


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """A town without time yet: `town.at("2015-09-14 10:00")` sets it."""
    world.demo_installation()
    with Town() as made:
        yield made


@pytest.fixture
def counter(town: Town, tmp_path: Path, settings: Any) -> Counter:
    """The counter of Astana, whose papers are really made and sealed; the first moment is S01's morning."""
    town.at("2015-09-15 09:00")
    made = Counter(town)
    keep_seal(tmp_path / "seal", made.world.office.bin)
    settings.JOLDAMA_SEAL = tmp_path / "seal"
    return made


@pytest.fixture(scope="session")
def empty_database() -> Iterator[str]:
    """A migrated database of the stories that commit, from which each takes a copy."""
    shared = ensure_migrated()
    if shared:
        yield shared
        return
    name = f"committed_{os.getpid()}_{next(_MADE)}"
    migrate_new(name)
    yield name
    in_postgres("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def database(empty_database: str, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the empty database, to which this process and others commit."""
    name, before = f"story_{os.getpid()}_{next(_MADE)}", connection.settings_dict["NAME"]
    in_postgres("CREATE DATABASE {} TEMPLATE {}", name, empty_database)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        installation.cache_clear()
        yield name
        connection.close()
        connection.settings_dict["NAME"] = before
        installation.cache_clear()
    in_postgres("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def gateway_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gateway")


@pytest.fixture(scope="session")
def gateway_address(gateway_folder: Path) -> Iterator[str]:
    """The emulated gateway, which runs as long as the stories do."""
    with gateway_process(gateway_folder) as address:
        yield address


@pytest.fixture
def gateway(gateway_folder: Path, gateway_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """The e-government gateway, which answers until a story says otherwise."""
    made = Gateway(gateway_folder, gateway_address, monkeypatch)
    yield made
    made.answers()
    made.close()
