"""A partner's system that hands in openings of one office: known by a key of which only the hash is kept."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.journal.actors import Actor
from joldama.journal.models import ActorKind
from joldama.people.models import Office, Staff


class Partner(models.Model):
    """A system of a partner, from the key an administrator gave it to its end; no personal data.

    It enters, corrects and closes what it handed in itself, of its office, and nothing else. The last day of its key
    is included, None is open-ended; `calls` came since `minute_at`, for at most a minute.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(max_length=120)
    key_hash = models.BinaryField(max_length=32, null=True, unique=True)
    key_made_at = models.DateTimeField()
    key_until_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    minute_at = models.DateTimeField(null=True)
    calls = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "name"], condition=Q(ended_at=None), name="one_partner_per_name_and_office"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, key_hash__isnull=False)
                | Q(ended_at__isnull=False, ended_by__isnull=False, key_hash=None),
                name="partner_has_a_key_until_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """The system as the journal names it."""
        return Actor(ActorKind.PARTNER, self.id, self.office_id)

    @property
    def system(self) -> str:
        """What its openings are marked with."""
        return str(self.id)
