"""Reads the journal."""

from uuid import UUID

from django.db.models import QuerySet

from joldama.journal.models import Event, Look


def events_of(subject: UUID) -> QuerySet[Event]:
    """Give what happened to a subject, in order."""
    return Event.objects.filter(subject=subject).order_by("id")


def looks_at(person: UUID) -> QuerySet[Look]:
    """Give the looks at a person's data that were allowed, the newest first."""
    return Look.objects.filter(person=person, allowed=True).order_by("-id")
