"""Where the services of the centre are: dated data, which an operator may replace."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from joldama.adapters.centre.address import require_http

SHIPPED = Path(__file__).with_name("points.toml")


@dataclass(frozen=True, kw_only=True)
class ListAddress:
    """Where a revocation list is published, and where what was revoked since."""

    name: str
    address: str
    delta: str = ""


@dataclass(frozen=True, kw_only=True)
class Points:
    """The services of one set, since when they are known to be there, and who said so."""

    set_name: str
    since: date
    source: str
    ocsp: str = ""
    tsp: str = ""
    tsp_policy: str = ""
    lists: tuple[ListAddress, ...] = ()


class PointsUnreadable(Exception):
    """There is no such file or set, or it is not whole."""


def load_points(set_name: str, path: Path = SHIPPED) -> Points:
    """Read a set of a file; raise PointsUnreadable."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
        return _points(set_name, rows)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PointsUnreadable from error


def _points(set_name: str, rows: dict[str, Any]) -> Points:
    chosen = rows[set_name]
    found = tuple(ListAddress(**row) for row in chosen.get("lists", ()))
    if len({one.name for one in found}) != len(found) or not isinstance(rows["since"], date):
        raise ValueError("two lists of one name, or no day")
    single = {name: chosen.get(name, "") for name in ("ocsp", "tsp")}
    for address in (*single.values(), *(a for one in found for a in (one.address, one.delta))):
        if address:
            require_http(address)
    return Points(
        set_name=set_name,
        since=rows["since"],
        source=rows["source"],
        tsp_policy=chosen.get("tsp_policy", ""),
        lists=found,
        **single,
    )
