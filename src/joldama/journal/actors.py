"""Who acts: a person, an official, or the system itself."""

from dataclasses import dataclass
from uuid import UUID

from joldama.journal.models import ActorKind


@dataclass(frozen=True)
class Actor:
    """An actor as the journal names him: kind and public id; `office` of an official."""

    kind: ActorKind
    id: UUID | None = None
    office: UUID | None = None


SYSTEM = Actor(ActorKind.SYSTEM)
