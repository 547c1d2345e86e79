"""Start the embedded database, join one that runs already, and stop what was started."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT

from joldama.config.lifeline import tied_to_parent
from joldama.config.postgres import faults
from joldama.config.postgres.binaries import Binaries, copy_beside, find_binaries
from joldama.config.postgres.cluster import check_major, make_cluster
from joldama.config.postgres.owner import ROOT_HOME, default_home, owner_here
from joldama.config.postgres.place import PORT, Place
from joldama.config.postgres.postmaster import Postmaster, lives_in, processes_in, written_postmaster

PATIENCE = 30.0  # seconds a start waits for another start or stop of the same data
_POLL = 0.005
_LONGEST_LOG = 10 * 1024 * 1024

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "jit": "off",
    # Statements and details of errors carry what people typed: they stay out of the log.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
_CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server:
    """A running database: `url` leads in; `owned` says whether this process started it and will stop it."""

    def __init__(
        self,
        place: Place,
        *,
        database: str,
        socket_folder: Path,
        port: int,
        pid: int,
        process: "subprocess.Popen[bytes] | None" = None,
    ) -> None:
        self.place = place
        self.database = database
        self.socket_folder = socket_folder
        self.port = port
        self.pid = pid
        self.process = process

    @property
    def owned(self) -> bool:
        """Say whether this process started the server."""
        return self.process is not None

    @property
    def is_alive(self) -> bool:
        """Say whether the server still runs, whoever started it."""
        if self.process is not None:
            return self.process.poll() is None
        return lives_in(self.place.data, self.pid)

    @property
    def url(self) -> str:
        """Return the address of the database asked for, as DATABASE_URL takes it."""
        return self.url_of(self.database)

    def url_of(self, database: str) -> str:
        """Return the address of another database of the same server."""
        return self.place.url(database, socket_folder=self.socket_folder, port=self.port)

    def make_database(self, name: str) -> None:
        """Make the database `name` unless it stands."""
        # Imported here: a command that needs no database should not wait for the driver.
        import psycopg
        from psycopg import errors, sql

        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            try:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            except (errors.DuplicateDatabase, errors.UniqueViolation):
                return  # another start was faster

    def revive(self, *, patience: float = PATIENCE) -> None:
        """Start the server again at the same address after it died; another starter's is joined."""
        with self.place.locked(patience=patience):
            if self.process is not None:
                self.process.wait()
            back = _joined(self.place, self.database, patience) or _started(
                self.place, self.database, durable=True, socket_folder=self.socket_folder
            )
        self.pid, self.process = back.pid, back.process
        if back.socket_folder != self.socket_folder:
            raise faults.moved(self.place.data)

    def stop(self) -> None:
        """End the server if this process started it: clients are cut off, nothing acknowledged is lost."""
        if self.process is None:
            return
        for signal, seconds in ((SIGINT, 20.0), (SIGQUIT, 5.0), (SIGKILL, 5.0)):
            if self.process.poll() is None:
                self.process.send_signal(signal)
                try:
                    self.process.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue
            break
        self.place.forget_socket_folder()


@contextmanager
def running(home: Path | None = None, *, database: str = "joldama_demo") -> Iterator[Server]:
    """Lend a running database: started and stopped here, or joined and left running."""
    server = start(home, database=database)
    try:
        yield server
    finally:
        server.stop()


def start(
    home: Path | None = None,
    *,
    database: str = "joldama_demo",
    binaries: Binaries | None = None,
    durable: bool = True,
    patience: float = PATIENCE,
    say: Callable[[str], None] = lambda sentence: None,
) -> Server:
    """Start the database of `home` (seconds of `patience`), or join the one that runs there already.

    Call it from the main thread: the server ends with the thread that started it. Only a throw-away
    server is not `durable`. Raises Stopped with the sentence and the exit code for the person.
    """
    place = Place(home=home or default_home(), owner=owner_here(say))
    place.prepare()
    try:
        with place.locked(patience=patience):
            server = _joined(place, database, patience) or _started(
                place, database, durable=durable, binaries=binaries
            )
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        raise faults.disk_full(place.home) from error
    try:
        server.make_database(database)
    except BaseException:
        server.stop()
        raise
    return server


def join(home: Path | None = None, *, database: str = "joldama_demo") -> Server | None:
    """Join the server that runs on the data of `home`; None where none does."""
    place = Place(home=home or default_home(), owner=owner_here(lambda sentence: None))
    found = _living(place)
    return _as_guest(place, database, found) if found is not None and found.is_ready else None


def _joined(place: Place, database: str, patience: float) -> Server | None:
    """Wait until the server of these data is ready, or until nothing of it lives any more."""
    deadline = time.monotonic() + patience
    while processes_in(place.data):
        found = _living(place)
        if found is not None and found.is_ready:
            return _as_guest(place, database, found)
        if time.monotonic() > deadline:
            raise faults.busy(place.data, patience)
        time.sleep(_POLL)
    # Nothing lives here. A number left behind may by now be another program's, and would stop the start.
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    return None


def _living(place: Place) -> Postmaster | None:
    found = written_postmaster(place.data)
    return found if found is not None and lives_in(place.data, found.pid) else None


def _as_guest(place: Place, database: str, found: Postmaster) -> Server:
    return Server(place, database=database, socket_folder=found.socket_folder, port=found.port, pid=found.pid)


def _started(
    place: Place,
    database: str,
    *,
    durable: bool,
    binaries: Binaries | None = None,
    socket_folder: Path | None = None,
) -> Server:
    chosen = binaries or find_binaries()
    if chosen is None:
        raise faults.no_binaries()
    check_major(place, chosen)
    if not place.owner.is_us:
        chosen = copy_beside(chosen, ROOT_HOME / "programs")
    make_cluster(place, chosen, durable=durable)
    socket_folder = place.socket_folder(wanted=socket_folder)
    log_begins = _log_length(place.log)
    process = _spawned(place, chosen, socket_folder, durable)
    server = Server(
        place, database=database, socket_folder=socket_folder, port=PORT, pid=process.pid, process=process
    )
    try:
        _wait_until_ready(server, process, log_begins)
    except BaseException:
        server.stop()
        raise
    return server


def _spawned(
    place: Place, binaries: Binaries, socket_folder: Path, durable: bool
) -> "subprocess.Popen[bytes]":
    settings = {**_SETTINGS, **({} if durable else _CARELESS), "unix_socket_directories": str(socket_folder)}
    command = [str(binaries.postgres), "-D", str(place.data), "-p", str(PORT)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with os.fdopen(os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
        return subprocess.Popen(
            command,
            env={},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            # A fast shutdown: SIGTERM would wait for every client to leave.
            preexec_fn=tied_to_parent(SIGINT),
            **place.owner.process_arguments(),
        )


def _wait_until_ready(server: Server, process: "subprocess.Popen[bytes]", log_begins: int) -> None:
    place = server.place
    deadline = time.monotonic() + PATIENCE * 4  # recovery after a crash may take its time
    while process.poll() is None:
        found = written_postmaster(place.data)
        if found is not None and found.pid == process.pid and found.is_ready:
            return
        if time.monotonic() > deadline:
            raise faults.busy(place.data, PATIENCE * 4)
        time.sleep(_POLL)
    said = _log_since(place.log, log_begins)
    if "No space left" in said:
        raise faults.disk_full(place.home)
    fatal = re.findall(r"(?:FATAL|PANIC):\s*(.+)", said)
    raise faults.failed("The database did not start", place.log, fatal[0] if fatal else "")


def _log_length(log: Path) -> int:
    """Return where the log ends now; a long one is put aside first."""
    if not log.exists():
        return 0
    if log.stat().st_size > _LONGEST_LOG:
        log.rename(log.with_name("log.old"))
        return 0
    return log.stat().st_size


def _log_since(log: Path, begin: int) -> str:
    with log.open("rb") as file:
        file.seek(begin)
        return file.read(100_000).decode(errors="replace")
