"""What every act of administration asks first: an administrator, and a rule of his own that may forbid it."""

from joldama.people.models import Staff
from joldama.people.rules import may_administer
from joldama.procedures.refusing import NotAllowed
from joldama.standard import words


class Barred(Exception):
    """A rule of administration forbids this act; `key` gives the three parts that say which rule."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do."""
        return words.parts(self.key, language)


def require_administrator(by: Staff) -> None:
    """Raise NotAllowed for anybody who is no administrator."""
    if not may_administer(by):
        raise NotAllowed
