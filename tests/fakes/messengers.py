"""A messenger that keeps what it is given, and stumbles as a story has it stumble."""

from collections import deque

from joldama.notices.ports import Letter


class ScriptedMessenger:
    """Implements notices.ports.Messenger; an exception in the script is raised in its turn."""

    def __init__(self, *script: Exception | None) -> None:
        self._script = deque(script)
        self.carried: list[Letter] = []

    def carry(self, letter: Letter) -> None:
        """Do what comes next in the script; afterwards carry everything."""
        fault = self._script.popleft() if self._script else None
        if fault is not None:
            raise fault
        self.carried.append(letter)
