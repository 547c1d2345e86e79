"""The published vectors the tests read: where the public originals are, and what a folder of them holds."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

LISTED = Path(__file__).with_name("vectors.toml")


class Relation(StrEnum):
    """How a file relates to its public original."""

    SAME = "same"
    PART = "part"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Vector:
    """A published file: its place in the folder, its bytes, and its public original."""

    path: str
    size: int
    sha256: str
    repository: str
    original: str
    relation: Relation
    licence: str

    @property
    def origin(self) -> str:
        """Say where the original is."""
        place = f"{self.repository} {self.original}".strip()
        return {
            Relation.SAME: place,
            Relation.PART: f"taken out of {place}",
            Relation.CHANGED: f"made from {place}",
        }[self.relation]


class Fault(StrEnum):
    """What is wrong with a file of the folder."""

    MISSING = "missing"
    OTHER = "other"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Difference:
    """A file of the folder that is not as it was published; `vector` is absent for an extra one."""

    fault: Fault
    path: str
    vector: Vector | None = None


def published() -> list[Vector]:
    """Read the list of what was published."""
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    return [
        Vector(
            path=path,
            size=row["bytes"],
            sha256=row["sha256"],
            repository=origin["repository"],
            original=row["file"],
            relation=Relation(row["is"]),
            licence=origin["licence"],
        )
        for origin in listed["origin"]
        for path, row in origin["files"].items()
    ]


def differences(folder: Path) -> Iterator[Difference]:
    """Compare a folder with the list; raises OSError where a file cannot be read."""
    known = {vector.path: vector for vector in published()}
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    for path, vector in known.items():
        if path not in found:
            yield Difference(Fault.MISSING, path, vector)
        elif not _is_as_published(folder / path, vector):
            yield Difference(Fault.OTHER, path, vector)
    for path in sorted(found - known.keys() - {"README.md"}):
        yield Difference(Fault.EXTRA, path)


def _is_as_published(file: Path, vector: Vector) -> bool:
    if file.stat().st_size != vector.size:
        return False
    return hashlib.sha256(file.read_bytes()).hexdigest() == vector.sha256
