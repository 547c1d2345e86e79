"""Give a test session a database of its own: one throw-away server, started at the first test that needs it.

A pytest plugin (`-p joldama.config.postgres.testing`), because the settings are read before any
conftest is: at load it reserves the address and the keys of the session; the server itself starts in
the fixture `django_db_modify_db_settings` of tests/conftest.py. Under xdist the controller owns the
server and the workers join it, each with a database of its own. A DATABASE_URL that is given is used.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from joldama.config.postgres.owner import owner_here
from joldama.config.postgres.place import Place
from joldama.config.postgres.server import Server, start
from joldama.config.secrets import make_secrets

_HOME = "JOLDAMA_TEST_HOME"  # handed down to the workers
_DATABASE = "joldama"
_PREFIX = "joldama-tests-"

_server: Server | None = None
_made_home: Path | None = None


def ensure_server() -> None:
    """Start the session's server, or join it; no-op with a database of the caller's own."""
    global _server
    home = home_of_session()
    if _server is None and home is not None:
        _server = start(home, database="postgres", durable=False)


def home_of_session() -> Path | None:
    """Give the folder of the session's own server, which all its processes share; None with a caller's database."""
    return Path(os.environ[_HOME]) if _HOME in os.environ else None


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> object:
    """Reserve the address before Django reads its settings."""
    global _made_home
    if "DATABASE_URL" not in os.environ:
        _sweep()
        _made_home = _reserved_home()
    try:
        return (yield)
    except BaseException:
        _remove_home()
        raise


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the controller of an xdist session: it outlives every worker."""
    if config.getoption("numprocesses", default=None) and not hasattr(config, "workerinput"):
        ensure_server()


def pytest_unconfigure() -> None:
    """Stop the server and remove its folder, where this process made them."""
    global _server
    if _server is not None:
        _server.stop()
        _server = None
    _remove_home()


def _reserved_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    place = Place(home=home, owner=owner_here(print))
    if not place.owner.is_us:
        home.chmod(0o755)  # entered by the user as whom the database runs; all below is closed
    place.prepare()
    make_secrets(home / "secrets")
    os.environ[_HOME] = str(home)
    os.environ["DATABASE_URL"] = place.url(_DATABASE, socket_folder=place.socket_folder())
    os.environ["JOLDAMA_DATA"] = str(home)
    os.environ["JOLDAMA_SECRETS"] = str(home / "secrets")
    return home


def _remove_home() -> None:
    if _made_home is not None:
        Place(home=_made_home, owner=owner_here(print)).forget_socket_folder()
        shutil.rmtree(_made_home, ignore_errors=True)


def _sweep() -> None:
    """Remove what killed sessions of ours have left."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        process = left.name.removeprefix(_PREFIX).split("-")[0]
        if process.isdigit() and left.stat().st_uid == os.geteuid() and not Path("/proc", process).exists():
            Place(home=left, owner=owner_here(print)).forget_socket_folder()
            shutil.rmtree(left, ignore_errors=True)
