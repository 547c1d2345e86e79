"""The words people see, by key, in Kazakh, Russian and English.

Texts stand in `texts/*.toml`. A placeholder `{name}` is filled by the type of its value: a day, a moment, a
time, a length, a number of things, a person, a thing with a text of its own. A case stands behind the name:
`{due_at_dat}`.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Protocol, runtime_checkable

from joldama.standard import counting, moments
from joldama.standard.kazakh import Case, inflected_figure
from joldama.standard.names import PersonName

LANGUAGES = ("kk", "ru", "en")


class UnknownText(LookupError):
    """There is no text of this key in this language."""


class DoubledText(ValueError):
    """A key stands in two files, or a text lacks one of the three languages."""


class UnsayableValue(ValueError):
    """A placeholder has no value, or one that cannot be put into words; names the key and the placeholder."""


@runtime_checkable
class HasText(Protocol):
    """Something that names its own text: a kind, a document, a role, a ground."""

    @property
    def text_key(self) -> str: ...


@dataclass(frozen=True)
class Phrase:
    """A text to be said inside another one, in the same language."""

    text_key: str
    values: dict[str, Any] = field(default_factory=dict)


def say(key: str, language: str, /, **values: Any) -> str:
    """Return the text of a key; the parts of a message are joined by a space.

    A value for a placeholder that is a Python word is handed in with an underscore behind: `from_=`.
    Raises UnknownText, UnsayableValue.
    """
    return " ".join(parts(key, language, **values))


def parts(key: str, language: str, /, **values: Any) -> tuple[str, ...]:
    """Return a message in its parts: what happened, why, what to do. Raises UnknownText, UnsayableValue."""
    return tuple(_joined(pieces, key, language, values) for pieces in _pieces(key, language))


def clause(typed: str) -> str:
    """Return what somebody typed as it stands inside a sentence: without a full stop of its own."""
    return typed.strip().rstrip(".;, ")


def part(key: str, language: str, number: int, /, **values: Any) -> str:
    """Return one part of a message, counted from 0, with the values of that part only.

    Raises UnknownText, UnsayableValue.
    """
    return _joined(_pieces(key, language)[number], key, language, values)


def has(key: str) -> bool:
    """Tell whether there is a text of this key."""
    return key in texts()


@cache
def texts() -> dict[str, dict[str, str]]:
    """Return every text by key and language, read once. Raises DoubledText."""
    found: dict[str, dict[str, str]] = {}
    for file in _files():
        for key, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if key in found:
                raise DoubledText(f"{key} stands a second time in {file.name}")
            if set(entry) != set(LANGUAGES) or not all(entry.values()):
                raise DoubledText(f"{key} in {file.name} needs exactly {', '.join(LANGUAGES)}")
            found[key] = entry
    return found


def placeholders(text: str) -> set[str]:
    """Return the names of the values a text needs, without their cases."""
    return {_named(name).name for name in _PLACEHOLDER.findall(text)}


@dataclass(frozen=True)
class _Place:
    name: str
    case: Case | None


def _files() -> list[Traversable]:
    folder = resources.files("joldama.standard") / "texts"
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )


@cache
def _pieces(key: str, language: str) -> tuple[tuple[str | _Place, ...], ...]:
    try:
        text = texts()[key][language]
    except KeyError:
        raise UnknownText(f"no text «{key}» in «{language}»") from None
    return tuple(tuple(_split(part.strip())) for part in text.split("‖"))


def _split(text: str) -> list[str | _Place]:
    found = _PLACEHOLDER.split(text)
    return [_named(piece) if place % 2 else piece for place, piece in enumerate(found) if place % 2 or piece]


def _named(name: str) -> _Place:
    stem, _, last = name.rpartition("_")
    return _Place(stem, Case(last)) if stem and last in _CASES else _Place(name, None)


def _joined(pieces: tuple[str | _Place, ...], key: str, language: str, values: dict[str, Any]) -> str:
    given = {name.rstrip("_"): value for name, value in values.items()}
    said = ""
    for piece in pieces:
        text = piece if isinstance(piece, str) else _filled(piece, key, language, given)
        # A value may end with the dot of an abbreviation (2026 г., А.С.); a sentence ends with one dot.
        said += text[1:] if said.endswith(".") and text.startswith(".") else text
    return said


def _filled(place: _Place, key: str, language: str, given: dict[str, Any]) -> str:
    if place.name not in given:
        raise UnsayableValue(f"«{key}» needs a value for {{{place.name}}}")
    try:
        return _told(given[place.name], place, language)
    except (TypeError, moments.NotLocal) as error:
        raise UnsayableValue(f"«{key}» cannot say {{{place.name}}}: {error}") from error


def _told(value: Any, place: _Place, language: str) -> str:
    case = place.case
    match value:
        case _ if case is None and hasattr(value, "text_key"):  # to ask HasText takes longer than to say it
            return say(value.text_key, language, **getattr(value, "values", {}))
        case str() if case is None or language != "kk":
            return str(value)
        case PersonName() if case is None:
            return value.full
        case tuple() | list() if case is None:
            return ", ".join(_told(item, place, language) for item in value)
        case datetime() if place.name.endswith("_at") or place.name == "moment":
            return moments.moment(value, language, case)
        case date() if place.name == "weekday":
            return moments.weekday(value, language, case)
        case _:
            return _reckoned(value, language, case)


def _reckoned(value: Any, language: str, case: Case | None) -> str:
    match value:
        case moments.Told():
            return moments.told(value, language, case)
        case datetime():
            return moments.moment(value, language, case)
        case date():
            return moments.day(value, language, case)
        case time():
            return moments.clock_with(value, language, case)
        case timedelta():
            return moments.length(value, language)
        case counting.Counted():
            return counting.counted(value, language, case)
        case int() if not isinstance(value, bool):
            return (
                inflected_figure(value, case)
                if case and language == "kk"
                else counting.figure(value, language)
            )
        case _:
            raise TypeError(f"no words for {type(value).__name__}" + (f" in the {case}" if case else ""))


_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_CASES = frozenset(Case)
