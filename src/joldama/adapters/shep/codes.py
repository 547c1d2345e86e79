"""The codes by which an answer of the register is understood: dated data, which an operator may replace."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from joldama.standard.documents import DocumentKind

SHIPPED = Path(__file__).with_name("codes.toml")


@dataclass(frozen=True, kw_only=True)
class Codes:
    """What codes mean, since when, and who said so."""

    since: date
    source: str
    documents: dict[str, DocumentKind]
    in_force: frozenset[str]
    citizen: frozenset[str]
    failed: frozenset[str]
    lasting: tuple[str, ...]

    def is_lasting(self, code: str) -> bool:
        """Say whether a fault of this code would meet the same message again."""
        return code.startswith(self.lasting) if self.lasting else False


class CodesUnreadable(Exception):
    """There is no such file, or it is not whole."""


@cache
def load_codes(path: Path = SHIPPED) -> Codes:
    """Read a file of codes; raise CodesUnreadable."""
    try:
        return _codes(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CodesUnreadable from error


def _codes(rows: dict[str, Any]) -> Codes:
    return Codes(
        since=rows["since"],
        source=rows["source"],
        documents={code: kind for kind in DocumentKind for code in rows["documents"][kind]},
        in_force=frozenset(rows["validity"]["in_force"]),
        citizen=frozenset(rows["citizenship"]["citizen"]),
        failed=frozenset(rows["results"]["failed"]),
        lasting=tuple(rows["faults"]["lasting"]),
    )
