"""What a procedure says when the law, the state of a case or the rights of an actor forbid a step."""


class NotAllowed(Exception):
    """The actor has no right to this step: shown as a missing page, and recorded."""


class NotYet(Exception):
    """The step waits for another one; `key` names the sentence that says for which."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
