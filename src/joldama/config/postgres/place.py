"""Where the embedded database lives: its folders, its password, the short folder of its socket."""

import fcntl
import json
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from joldama.config.postgres import faults
from joldama.config.postgres.owner import Owner

SUPERUSER = "joldama"
PORT = 5432  # names the socket file only: the server listens on no network address
_LONGEST_SOCKET_PATH = 100  # sun_path holds 108 bytes (unix(7)); PostgreSQL appends its lock file's suffix
_SOCKET_NAME = f".s.PGSQL.{PORT}"


@dataclass(frozen=True)
class Place:
    """The folders of one embedded database, and who owns them."""

    home: Path
    owner: Owner

    @property
    def folder(self) -> Path:
        """Return the folder that holds everything of the database, closed to others."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """Return PostgreSQL's own data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Return the server's log."""
        return self.folder / "log"

    @property
    def password_file(self) -> Path:
        """Return the file with the superuser's password, 0600."""
        return self.folder / "password"

    @property
    def state_file(self) -> Path:
        """Return the file that remembers the socket folder."""
        return self.folder / "state.json"

    def prepare(self) -> None:
        """Make the folders and the password where they are missing; raise Stopped where that cannot be."""
        try:
            self._make_folders()
            self._make_password()
        except OSError as error:
            if error.errno == 28:  # ENOSPC
                raise faults.disk_full(self.home) from error
            raise faults.folder_refused(self.home, error.strerror or str(error)) from error
        self._check_way_in()

    def socket_folder(self, *, wanted: Path | None = None) -> Path:
        """Return the folder of the socket: the remembered one while it is still ours, else a new one.

        A path that is `wanted` (clients know it) is made again where it has gone.
        """
        remembered = self._remembered_socket_folder()
        if remembered is not None:
            return remembered
        if wanted is not None:
            wanted.mkdir(mode=0o700)
        made = wanted or Path(tempfile.mkdtemp(prefix="joldama-", dir=_short_base()))
        try:
            self.owner.take(made)
            self._remember(made)
        except OSError:
            made.rmdir()
            raise
        return made

    def forget_socket_folder(self) -> None:
        """Remove the socket's folder after a clean stop."""
        remembered = self._remembered_socket_folder()
        self.state_file.unlink(missing_ok=True)
        if remembered is not None:
            for left in remembered.iterdir():
                left.unlink()
            remembered.rmdir()

    def url(self, database: str, *, socket_folder: Path, port: int = PORT) -> str:
        """Return the address of `database` as DATABASE_URL takes it."""
        password = self.password_file.read_text().strip()
        where = urlencode({"host": str(socket_folder), "port": port})
        return f"postgresql://{SUPERUSER}:{quote(password, safe='')}@/{quote(database, safe='')}?{where}"

    @contextmanager
    def locked(self, *, patience: float) -> Iterator[None]:
        """Let one start at a time touch this place; raise Stopped after `patience` seconds."""
        deadline = time.monotonic() + patience
        descriptor = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while not _taken(descriptor):
                if time.monotonic() > deadline:
                    raise faults.busy(self.data, patience)
                time.sleep(0.02)
            yield
        finally:
            os.close(descriptor)

    def _make_folders(self) -> None:
        if not self.home.is_dir():
            self.home.mkdir(parents=True, mode=0o700 if self.owner.is_us else 0o755)
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700)
            self.owner.take(self.folder)

    def _make_password(self) -> None:
        if self.password_file.exists():
            return
        draft = self.folder / f".password.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24) + "\n")
        self.owner.take(draft)
        try:
            os.link(draft, self.password_file)  # unlike a rename, never replaces another start's password
        except FileExistsError:
            pass
        finally:
            draft.unlink()

    def _check_way_in(self) -> None:
        if self.owner.is_us:
            return
        for folder in (self.home.resolve(), *self.home.resolve().parents):
            state = folder.stat()
            owned = state.st_uid == self.owner.uid and state.st_mode & 0o100
            grouped = state.st_gid == self.owner.gid and state.st_mode & 0o010
            if not (owned or grouped or state.st_mode & 0o001):
                raise faults.folder_refused(
                    self.home,
                    f"the database runs as the user {self.owner.name}, who may not enter {folder}",
                )

    def _remembered_socket_folder(self) -> Path | None:
        try:
            folder = Path(json.loads(self.state_file.read_text())["socket_folder"])
            state = folder.lstat()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        ours = state.st_uid == self.owner.uid and state.st_mode & 0o170777 == 0o040700
        return folder if ours else None

    def _remember(self, socket_folder: Path) -> None:
        draft = self.folder / f".state.{os.getpid()}"
        draft.write_text(json.dumps({"socket_folder": str(socket_folder)}))
        self.owner.take(draft)
        draft.rename(self.state_file)


def _short_base() -> Path:
    """Return where a short, private folder may be made: the run-time folder, else /tmp."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    for base in [Path("/run")] if os.geteuid() == 0 else [Path(given)] if given else []:
        length = len(os.fsencode(base / "joldama-xxxxxxxx" / _SOCKET_NAME))
        if os.access(base, os.W_OK | os.X_OK) and length < _LONGEST_SOCKET_PATH:
            return base
    return Path("/tmp")


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
