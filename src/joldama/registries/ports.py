"""What the service needs from a register of persons; config wires the adapter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from joldama.registries.models import Ended, Outcome
from joldama.standard.documents import DocumentKind, Holder


class RegisterSilent(Exception):
    """The system gave no answer we can use: an outage, to be tried again; `ended` says in which way."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(ended.value)
        self.ended = ended

    @property
    def may_pass_soon(self) -> bool:
        """Say whether asking again soon makes sense: not where our own message is refused."""
        return self.ended != Ended.REJECTED


@dataclass(frozen=True)
class Question:
    """Whether this document is valid and belongs to the person with this number."""

    iin: str
    document_kind: DocumentKind
    document_number: str


@dataclass(frozen=True)
class Answer:
    """What the register says; the person's facts stand only where it knows him."""

    outcome: Outcome
    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    born_on: date | None = None
    holder: Holder | None = None
    document_issuer: str = ""
    document_issued_on: date | None = None
    document_valid_until: date | None = None
    is_oralman: bool | None = None
    territory: str = ""


class IdentityRegister(Protocol):
    """The register of natural persons behind the gateway."""

    def ask(self, question: Question, *, at: datetime) -> Answer:
        """Answer a question; raise RegisterSilent on an outage."""


_wired: list[IdentityRegister] = []


def wire(register: IdentityRegister) -> None:
    """Set the adapter; done once at start by config."""
    _wired[:] = [register]


def identity_register() -> IdentityRegister:
    """Give the wired register."""
    return _wired[0]
