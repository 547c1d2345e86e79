"""The services of the certification centre: lists, answers about one certificate, time stamps; config wires them.

They are asked by the worker only, never in a request or a transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from joldama.signatures.models import Fault, ServiceKind


class ServiceSilent(Exception):
    """The service gave nothing that can be used: an outage, to be tried again; signatures wait meanwhile (A31)."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Point:
    """A service: the name under which its health is kept, what it is for, and where it is."""

    name: str
    kind: ServiceKind
    address: str


@dataclass(frozen=True)
class Published:
    """A list as it is published now, with the marks by which it may be asked for again."""

    der: bytes
    etag: str = ""
    modified: str = ""


class RevocationLists(Protocol):
    """The points at which the centre publishes its revocation lists."""

    def points(self) -> tuple[Point, ...]:
        """Name them, each delta list after its whole one."""

    def fetch(self, point: Point, *, etag: str, modified: str, at: datetime) -> Published | None:
        """Fetch a list; None where it is still the one of the marks. Raise ServiceSilent."""


@dataclass(frozen=True)
class Services:
    """What is wired: the set of trust it belongs to, and each service that is there."""

    set_name: str
    lists: RevocationLists


_wired: list[Services] = []


def wire(services: Services) -> None:
    """Set the adapters; done once at start by config."""
    _wired[:] = [services]


def services() -> Services:
    """Give what is wired."""
    return _wired[0]
