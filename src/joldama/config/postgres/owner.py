"""As whom the database runs: never as root, who hands it to the system user `joldama`."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "joldama"
ROOT_HOME = Path("/var/lib/joldama")


@dataclass(frozen=True)
class Owner:
    """The user whose processes and files the database's are."""

    name: str
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        """Say whether the database runs as the user who starts it."""
        return self.uid == os.geteuid()

    def process_arguments(self) -> dict[str, Any]:
        """Return what `subprocess` needs to run a child as this user."""
        return {} if self.is_us else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def take(self, path: Path) -> None:
        """Give `path` to this user."""
        if not self.is_us:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def owner_here(say: Callable[[str], None]) -> Owner:
    """Return the user to run the database as; `say` tells when it has to be `nobody`."""
    if os.geteuid() != 0:
        return Owner(name=str(os.geteuid()), uid=os.geteuid(), gid=os.getegid())
    found = _named(NAME) or _made()
    if found is not None:
        return found
    say("The system user joldama could not be made (no useradd): the database runs as the user nobody.")
    nobody = _named("nobody")
    return nobody or Owner(name="nobody", uid=65534, gid=65534)


def default_home() -> Path:
    """Return the data folder: JOLDAMA_DATA, else /var/lib/joldama for root, else in the XDG data folder."""
    given = os.environ.get("JOLDAMA_DATA")
    if given:
        return Path(given).absolute()
    if os.geteuid() == 0:
        return ROOT_HOME
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "joldama"


def _named(name: str) -> Owner | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Owner(name=name, uid=entry.pw_uid, gid=entry.pw_gid)


def _made() -> Owner | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is not None:
        command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", str(ROOT_HOME)]
        subprocess.run([*command, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, timeout=60)
    # Another start may have been faster; who made the user does not matter.
    return _named(NAME)
