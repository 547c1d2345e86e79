"""Reads the journal, and which errands still wait."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from procrastinate.contrib.django.models import ProcrastinateJob

from joldama.journal.models import Event, Look


def events_of(subject: UUID) -> QuerySet[Event]:
    """Give what happened to a subject, in order."""
    return Event.objects.filter(subject=subject).order_by("id")


def looks_at(person: UUID) -> QuerySet[Look]:
    """Give the looks at a person's data that were allowed, the newest first."""
    return Look.objects.filter(person=person, allowed=True).order_by("-id")


def has_errand(task: str) -> Exists:
    """Ask of rows whether an errand of a task is left for them or under way; errands are told apart by their lock."""
    lock = Concat(Value(f"{task}:"), Cast(OuterRef("pk"), TextField()), output_field=TextField())
    errands = ProcrastinateJob.objects.filter(task_name=task, status__in=("todo", "doing"))
    return Exists(errands.filter(lock=lock))
