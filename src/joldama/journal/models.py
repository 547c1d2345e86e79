"""Append-only rows: events of cases, and looks at people's data (triggers refuse any change).

Rows carry public ids only, never names, numbers of persons or typed text, and no foreign keys, so
that they outlive what they tell of.
"""

from django.db import models
from django.db.models.functions import Now


class ActorKind(models.TextChoices):
    PERSON = "person"
    STAFF = "staff"
    SYSTEM = "system"


class Event(models.Model):
    """One thing that happened to a subject, at a moment (UTC), by somebody."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    entered_at = models.DateTimeField(db_default=Now())
    name = models.CharField(max_length=60)
    subject = models.UUIDField()
    office = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor = models.UUIDField(null=True)
    paragraph = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="event_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor_kind="system", actor=None)
                | (~models.Q(actor_kind="system") & models.Q(actor__isnull=False)),
                name="event_actor_named_unless_system",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject}"


class Look(models.Model):
    """Somebody looked at a person's data."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    person = models.UUIDField()
    subject = models.UUIDField(null=True)
    staff = models.UUIDField()
    office = models.UUIDField(null=True)
    page = models.CharField(max_length=60)
    allowed = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="look_at_person")]

    def __str__(self) -> str:
        return f"{self.page} {self.person}"
