"""What administrators did to an office, a place or an official: from the journal, with who did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from joldama.journal.models import Event
from joldama.people.models import Staff
from joldama.people.queries import officials_by_id
from joldama.standard import words
from joldama.ui.templatetags.words import language

LONGEST = 50
"""Acts shown, the newest."""

ACTS = (
    "office.entered",
    "office.changed",
    "place.entered",
    "place.changed",
    "staff.entered",
    "staff.changed",
    "staff.leaves",
    "staff.stays",
    "deputising.entered",
    "deputising.called_off",
    "invitation.issued",
    "invitation.used",
    "second_factor.reset_asked",
    "second_factor.reset_confirmed",
    "second_factor.reset_called_off",
)


@dataclass(frozen=True)
class Done:
    """One act: what, when by the wall clock of the reader, and by whom."""

    name: str
    at: datetime
    by: str

    @property
    def text_key(self) -> str:
        """Key of what was done."""
        return f"administration.event.{self.name}"


def done_to(subjects: Sequence[UUID], zone: ZoneInfo) -> list[Done]:
    """Give the acts that had these subjects, the newest first."""
    events = list(Event.objects.filter(subject__in=subjects, name__in=ACTS).order_by("-id")[:LONGEST])
    officials = officials_by_id({event.actor for event in events if event.actor})
    return [
        Done(
            event.name, event.at.astimezone(zone), _name(officials.get(event.actor) if event.actor else None)
        )
        for event in events
    ]


def latest_actor(subject: UUID) -> str:
    """Name who acted upon a subject last."""
    event = Event.objects.filter(subject=subject, name__in=ACTS, actor__isnull=False).order_by("-id").first()
    officials = officials_by_id({event.actor}) if event and event.actor else {}
    return _name(next(iter(officials.values()), None))


def _name(official: Staff | None) -> str:
    return official.name.short if official else words.say("role.system", language())
