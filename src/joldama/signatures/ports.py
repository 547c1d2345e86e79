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


class OcspResponder(Protocol):
    """The centre's answers about one certificate at a time (RFC 6960)."""

    def point(self) -> Point:
        """Name the service."""

    def ask(self, certificate: bytes, issuer: bytes, *, at: datetime) -> bytes:
        """Give the answer about a certificate of an issuer, all in DER; raise ServiceSilent.

        What is given is an answer of the issuer's to this very question; what it says is judged later.
        """


class TimeStamper(Protocol):
    """The centre's proof that something was there at a moment (RFC 3161)."""

    def point(self) -> Point:
        """Name the service."""

    def stamp(self, signature: bytes, *, at: datetime) -> bytes:
        """Give a token over a signature's value, in DER; raise ServiceSilent."""


@dataclass(frozen=True)
class Services:
    """What is wired: the set of trust it belongs to, and each service that is there."""

    set_name: str
    lists: RevocationLists
    responder: OcspResponder | None = None
    stamper: TimeStamper | None = None


_wired: list[Services] = []


def wire(services: Services) -> None:
    """Set the adapters; done once at start by config."""
    _wired[:] = [services]


def services() -> Services:
    """Give what is wired."""
    return _wired[0]
