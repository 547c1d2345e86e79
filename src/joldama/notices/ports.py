"""What the service needs from whoever carries letters; config wires the adapter."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class MessengerSilent(Exception):
    """The letter could not be handed over now: an outage, to be tried again."""


class AddressRefused(Exception):
    """The other side knows no such address: trying again would not help."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it leaves; `reference` names it, so that a mail program shows one sent twice once."""

    reference: UUID
    address: str
    subject: str
    body: str
    language: str


class Messenger(Protocol):
    """Carries letters."""

    def carry(self, letter: Letter) -> None:
        """Hand a letter over; raise MessengerSilent, AddressRefused."""


_wired: list[Messenger] = []


def wire(messenger: Messenger) -> None:
    """Set the adapter; done once at start by config."""
    _wired[:] = [messenger]


def messenger() -> Messenger:
    """Give the wired messenger."""
    return _wired[0]
