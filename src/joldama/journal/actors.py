"""Who acts: a person, an official, a device that stands in a hall, a receiving organisation, or the system itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from joldama.journal.models import ActorKind


@dataclass(frozen=True)
class Actor:
    """An actor as the journal names him: kind and public id; `office` unless it is a person or the system itself."""

    kind: ActorKind
    id: UUID | None = None
    office: UUID | None = None


SYSTEM = Actor(ActorKind.SYSTEM)


@dataclass(frozen=True)
class FromPaper:
    """Who entered, and when, what happened earlier and was written on paper; times stay as written."""

    by: Actor
    at: datetime
