"""The refusal: the law says no, with a ground, and it is shown to the person."""

from typing import Any

from joldama.standard import words
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

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do. Raises words.UnsayableValue when a value is missing."""
        return words.parts(self.ground.text_key, language, **self.values)

    def say(self, language: str) -> str:
        """Return the three parts as one text. Raises words.UnsayableValue when a value is missing."""
        return words.say(self.ground.text_key, language, **self.values)
