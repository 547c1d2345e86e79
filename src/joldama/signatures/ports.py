"""Where revocation lists come from; config wires the adapter."""

from datetime import datetime
from typing import Protocol


class ListsUnreachable(Exception):
    """No list could be fetched now: an outage, to be tried again; signatures wait meanwhile (A31)."""


class RevocationLists(Protocol):
    """The points at which the certification centre publishes its revocation lists."""

    def fetch(self, *, at: datetime) -> list[bytes]:
        """Fetch the newest lists in DER; raise ListsUnreachable on an outage."""


_wired: list[RevocationLists] = []


def wire(lists: RevocationLists) -> None:
    """Set the adapter; done once at start by config."""
    _wired[:] = [lists]


def revocation_lists() -> RevocationLists:
    """Give the wired source."""
    return _wired[0]
