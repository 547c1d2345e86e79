"""The refusal: the law says no, with a ground, and it is shown to the person."""

from datetime import datetime
from typing import Any

from joldama.standard import words
from joldama.standard.documents import DocumentKind
from joldama.standard.editions import Edition, current, edition_on
from joldama.standard.grounds import Ground


class Refused(Exception):
    """The standard or an act does not allow this step.

    Not a fault: an interface catches it and shows its three parts (what happened, why, what to do next) in
    the language of the person. `values` fill the places of the text: days, moments, kinds, documents.
    """

    def __init__(self, ground: Ground, **values: Any) -> None:
        super().__init__(ground.value)
        self.ground = ground
        self.values = values
        self.text_key = ground.text_key
        """Key of the three parts."""

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do. Raises words.UnsayableValue when a value is missing."""
        return parts(self.ground, language, **self.values)

    def say(self, language: str) -> str:
        """Return the three parts as one text. Raises words.UnsayableValue when a value is missing."""
        return " ".join(self.parts(language))


def parts(ground: Ground, language: str, **values: Any) -> tuple[str, ...]:
    """Return what happened, why, and what to do, the hours and documents of the edition filled in.

    A document or certificate that has expired is told without its day when `valid_until_on` is not given.
    Raises words.UnsayableValue.
    """
    undated = f"{ground.text_key}.undated"
    if words.has(undated) and values.get("valid_until_on") is None:
        return words.parts(undated, language)
    return words.parts(ground.text_key, language, **{**_set_by_law(ground, values), **values})


def told(key: str, language: str, **values: Any) -> tuple[str, ...]:
    """Return the three parts of a refusal that was noted by the key of its text, a ground's or another's.

    Raises words.UnsayableValue.
    """
    family, _, name = key.partition(".")
    if family == "refusal":
        return parts(Ground(name), language, **values)
    return words.parts(key, language, **values)


def what_next(ground: Ground, language: str) -> str:
    """Return what the person can do next, with no more known than the ground."""
    if words.has(ground.next_key):
        return words.say(ground.next_key, language)
    return words.part(ground.text_key, language, 2)


def _set_by_law(ground: Ground, values: dict[str, Any]) -> dict[str, Any]:
    match ground:
        case Ground.OUTSIDE_RECEPTION_HOURS:
            hours = _edition_of(values.get("opens_at")).figures.hours
            return {
                "open": hours.opens,
                "close": hours.closes,
                "lunch_from": hours.lunch_from,
                "lunch_to": hours.lunch_to,
            }
        case Ground.WRONG_ID_KIND:
            return {"document": tuple(DocumentKind)}
        case _ if ground.act:
            return {"basis": ground.act}
        case _:
            return {}


def _edition_of(opens_at: object) -> Edition:
    """Give the edition of the local day on which reception opens again."""
    return edition_on(opens_at.date()) if isinstance(opens_at, datetime) else current()
