"""See which processes of PostgreSQL live in a data folder, by its lock file and by /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """What the lock file of a running server tells."""

    pid: int
    port: int
    socket_folder: Path
    status: str

    @property
    def is_ready(self) -> bool:
        """Say whether the server answers."""
        return self.status == "ready"

    @property
    def is_stopping(self) -> bool:
        """Say whether the server is on its way out."""
        return self.status == "stopping"


def processes_in(data: Path) -> set[int]:
    """Return the processes whose working folder is `data`: the server of these data and its children."""
    numbers = (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
    return {number for number in numbers if lives_in(data, number)}


def lives_in(data: Path, pid: int) -> bool:
    """Say whether process `pid` has its working folder in `data`: a bare number may be another program's."""
    try:
        return os.readlink(_PROC / str(pid) / "cwd") == os.path.realpath(data)
    except OSError:
        return False


def written_postmaster(data: Path) -> Postmaster | None:
    """Read `postmaster.pid` (PostgreSQL, miscadmin.h: LOCK_FILE_LINE_*); None while absent or incomplete."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Postmaster(
            pid=int(lines[0]),
            port=int(lines[3]),
            socket_folder=Path(lines[4]),
            status=lines[7].strip(),
        )
    except (OSError, ValueError, IndexError):
        return None
