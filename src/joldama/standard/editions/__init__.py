"""Editions of the standard by date: its text, its figures, its kinds and its closed lists.

There is one so far, of 28 April 2015. A new one is four files under its id in this folder: where it is published and
its figures (`-edition.toml`), its text, its kinds (`-kinds.toml`), its requirements; the old one stays and gets an end.
Cases stay under the edition of the day on which they came (S67).
"""

from datetime import date

from joldama.standard.editions.edition import BrokenOrder, Edition, Registration, read_editions
from joldama.standard.editions.passages import Chapter, Passage, Requirement
from joldama.standard.figures import FOLDER

__all__ = [
    "EDITIONS",
    "BrokenOrder",
    "Chapter",
    "Edition",
    "NoEdition",
    "Passage",
    "Registration",
    "Requirement",
    "current",
    "edition",
    "edition_on",
    "read_editions",
]


class NoEdition(LookupError):
    """No edition of the standard was in force on this day, or none has this id."""


EDITIONS = read_editions(FOLDER)


def edition_on(on: date) -> Edition:
    """Return the edition in force on a local day. Raises NoEdition."""
    for each in reversed(EDITIONS):
        if each.is_in_force(on=on):
            return each
    raise NoEdition(f"no edition of the standard on {on.isoformat()}")


def edition(name: str) -> Edition:
    """Return the edition by its id, as a decision stores it. Raises NoEdition."""
    for each in EDITIONS:
        if each.id == name:
            return each
    raise NoEdition(f"no edition «{name}»")


def current() -> Edition:
    """Return the edition that has no end."""
    return EDITIONS[-1]
