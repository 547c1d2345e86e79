"""The words and addresses of the protocol that are not published by its owner: dated data, which may be replaced."""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

SHIPPED = Path(__file__).with_name("figures.toml")

_ADDRESS = "{address}"


class App(StrEnum):
    """Which application signs: the one of natural persons, or the one of organisations."""

    MOBILE = "mobile"
    BUSINESS = "business"


class FiguresUnreadable(Exception):
    """There is no such file, or it is not whole."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is written in messages and links, since when, and who said so."""

    since: date
    source: str
    prefix: str
    last_word: str
    links: dict[App, str]
    auth_type: str
    auth_token: str
    sign_method: str
    mime: str
    taken: int
    refused: int

    def content(self, address: str) -> str:
        """Give what the QR code holds: the first address with its prefix, without spaces."""
        return f"{self.prefix}{address}"

    def link(self, address: str, app: App) -> str:
        """Give the link that opens the application on the phone which shows it."""
        return self.links[app].replace(_ADDRESS, quote(address, safe=""))


@cache
def load_figures(path: Path = SHIPPED) -> Figures:
    """Read a file of figures; raise FiguresUnreadable."""
    try:
        return _figures(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FiguresUnreadable(path) from error


def _figures(rows: dict[str, Any]) -> Figures:
    links = {app: _text(rows["links"][app]) for app in App}
    if not all(link.startswith("https://") and _ADDRESS in link for link in links.values()):
        raise ValueError(f"a link begins with https:// and holds {_ADDRESS}")
    if not isinstance(rows["since"], date):
        raise TypeError("since is a day")
    return Figures(
        since=rows["since"],
        source=_text(rows["source"]),
        prefix=_text(rows["qr"]["prefix"]),
        last_word=_text(rows["qr"]["last_word"]),
        links=links,
        auth_type=_text(rows["document"]["auth_type"]),
        auth_token=_text(rows["document"]["auth_token"]),
        sign_method=_text(rows["document"]["sign_method"]),
        mime=_text(rows["document"]["mime"]),
        taken=int(rows["answers"]["taken"]),
        refused=int(rows["answers"]["refused"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {value!r}")
    return value
