"""What a procedure says when the law, the state of a case or the rights of an actor forbid a step."""

from typing import Any

from joldama.standard import words


class NotAllowed(Exception):
    """The actor has no right to this step: shown as a missing page, and recorded."""


class NotYet(Exception):
    """The step waits for another one; `key` and `values` give the three parts that say for which."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do."""
        return words.parts(self.key, language, **self.values)
