"""The passport of the service: ten rows in a fixed order, from the same data that drive the rules (RP.1-a).

Its rows quote the standard; where the published card differs, the standard's words stand (RP.1-c, A24).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from joldama.standard import words
from joldama.standard.editions import Edition


@dataclass(frozen=True)
class Line:
    """A paragraph of a row, or an item of its list."""

    text: str
    is_item: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the passport; `paragraph` is the point of the standard it comes from."""

    number: int
    label: str
    lines: tuple[Line, ...]
    paragraph: str

    @property
    def text(self) -> str:
        """The whole row in one line, as the passport prints it."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Passport:
    """The passport in one language; a translation carries the note that it is not official."""

    service: str
    edition: str
    in_force_from: date
    in_force_until: date | None
    language: str
    title: str
    rows: tuple[Row, ...]
    note: str | None

    def as_plain(self) -> dict[str, Any]:
        """Return plain values for JSON (RP.1-b)."""
        return {
            "service": self.service,
            "edition": self.edition,
            "in_force_from": self.in_force_from.isoformat(),
            "in_force_until": self.in_force_until.isoformat() if self.in_force_until else None,
            "language": self.language,
            "official": self.note is None,
            "note": self.note,
            "title": self.title,
            "rows": [
                {
                    "number": row.number,
                    "label": row.label,
                    "paragraph": row.paragraph,
                    "lines": [line.text for line in row.lines],
                }
                for row in self.rows
            ],
        }


def passport(edition: Edition, language: str) -> Passport:
    """Return the ten rows in a language."""
    contents = (
        ("1", _said("service.name", language)),
        ("3", _quoted(edition, "3", language)[:1]),
        ("3", _quoted(edition, "3", language)[1:]),
        ("7", _said("passport.4.text", language)),
        ("7", _said("service.free", language)),
        ("4", _quoted(edition, "4", language)),
        ("5", _said("form.service", language)),
        ("8", _quoted(edition, "8", language)),
        ("9", _quoted(edition, "9", language)),
        # The last sentence of ¶6, on the form of the result, is not in the passport.
        ("6", _quoted(edition, "6", language)[:-1]),
    )
    return Passport(
        service=edition.service,
        edition=edition.id,
        in_force_from=edition.in_force_from,
        in_force_until=edition.in_force_until,
        language=language,
        title=words.say("service.passport", language),
        rows=tuple(
            Row(number, words.say(f"passport.{number}", language), lines, paragraph)
            for number, (paragraph, lines) in enumerate(contents, start=1)
        ),
        note=None if language == "kk" else words.say("translation.unofficial", language),
    )


def _said(key: str, language: str) -> tuple[Line, ...]:
    return (Line(words.say(key, language)),)


def _quoted(edition: Edition, paragraph: str, language: str) -> tuple[Line, ...]:
    return tuple(Line(passage.body(language), passage.is_item) for passage in edition.of(paragraph))
