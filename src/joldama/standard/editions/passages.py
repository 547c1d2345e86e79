"""The text of an edition, as data: chapters, passages and what follows from them.

Kazakh is the official text, word for word, its numbering included. Russian and English are translations of
the project and are shown with `translation.unofficial`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Chapter:
    """A heading of the standard."""

    number: int
    kk: str
    ru: str
    en: str

    def text(self, language: str) -> str:
        return _of(self, language)


@dataclass(frozen=True)
class Passage:
    """A stretch of text under one number: a point ("3"), an item ("4.1") or a part of point 10 ("10.3").

    Several passages may stand under the same number, in their order.
    """

    paragraph: str
    chapter: int
    kk: str
    ru: str
    en: str

    def text(self, language: str) -> str:
        """Return the text with its numbering, as it stands in the standard."""
        return _of(self, language)

    def body(self, language: str) -> str:
        """Return the text without the number of its point; an item keeps its own."""
        return re.sub(r"^\d+\. ", "", self.text(language))

    @property
    def is_item(self) -> bool:
        """Whether it begins with the number of an item of a list."""
        return re.match(r"\d+\) ", self.kk) is not None

    def is_within(self, paragraph: str) -> bool:
        return self.paragraph == paragraph or self.paragraph.startswith(f"{paragraph}.")


@dataclass(frozen=True)
class Requirement:
    """What the software must do; `point` is the point it follows from, 0 the heading, P the passport."""

    id: str
    text: str

    @property
    def point(self) -> str:
        return self.id[1:].partition(".")[0]


def chapters(edition: str, folder: Path) -> tuple[Chapter, ...]:
    return tuple(Chapter(**row) for row in _read(edition, folder)["chapter"])


@cache
def passages(edition: str, folder: Path) -> tuple[Passage, ...]:
    return tuple(Passage(**row) for row in _read(edition, folder)["passage"])


@cache
def requirements(edition: str, folder: Path) -> tuple[Requirement, ...]:
    return tuple(Requirement(**row) for row in _read(f"{edition}-requirements", folder)["requirement"])


@cache
def _read(name: str, folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _of(holder: Chapter | Passage, language: str) -> str:
    return {"kk": holder.kk, "ru": holder.ru, "en": holder.en}[language]
