"""What stands for a request outside its row: who asks, for what, what the session keeps, what a page may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joldama.people.models import Office, Person, Staff
from joldama.signatures.models import OPEN, Purpose, RemoteState
from joldama.vault.cipher import blind


@dataclass(frozen=True)
class Screen:
    """The screen that shows a QR code: its session's key, and the network it is in."""

    session: str
    address: str

    @property
    def session_index(self) -> bytes:
        return blind("remote-session", self.session)


@dataclass(frozen=True)
class Ticket:
    """What a screen keeps of its request: the row's id, and the token that the QR code carries."""

    id: UUID
    token: str


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is to be signed on a phone: for what, about what, which bytes, by whom, before which office.

    Where the document is good `until` a moment, so is its code. An organisation's answer names nobody who signs.
    """

    purpose: Purpose
    document: bytes
    language: str
    subject: UUID | None = None
    person: Person | None = None
    staff: Staff | None = None
    office: Office | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a screen is told of its request; `why` it was cancelled, `fault` the text of the last refusal."""

    id: UUID
    purpose: Purpose
    subject: UUID | None
    state: RemoteState
    number: int | None
    made_at: datetime
    expires_at: datetime
    why: str
    fault: str
    result: UUID | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
