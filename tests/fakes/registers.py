"""A register of persons that says what a story has it say."""

from collections import deque
from datetime import datetime

from joldama.registries.models import Ended, Outcome
from joldama.registries.ports import Answer, Question, RegisterSilent


class ScriptedRegister:
    """Implements registries.ports.IdentityRegister; `None` in the script is a silence."""

    def __init__(self, *script: Outcome | None) -> None:
        self._script = deque(script)

    def ask(self, question: Question, *, at: datetime) -> Answer:
        """Say what comes next in the script."""
        outcome = self._script.popleft()
        if outcome is None:
            raise RegisterSilent(Ended.SILENT)
        return Answer(outcome, surname="Нұрланова", given_name="Айша", patronymic="Серікқызы")
