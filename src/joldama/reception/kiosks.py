"""A ticket kiosk: a device of a place, known by a secret of which only the hash is kept; no personal data."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.journal.actors import Actor
from joldama.journal.models import ActorKind
from joldama.people.models import Place, Staff
from joldama.standard.kiosks import KioskEnd, KioskPaper


class Kiosk(models.Model):
    """A device that gives tickets in the hall of its place, from its set-up to its end.

    A technician types the set-up code there, good once until `code_until`; from then on the device shows a
    secret of its own. What it is and who made it is written once, and so is its end (a trigger).
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="kiosks")
    name = models.CharField(max_length=60)
    paper = models.CharField(max_length=10, choices=[(p.value, p.value) for p in KioskPaper])
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    code_hash = models.BinaryField(max_length=32, null=True, unique=True)
    code_until = models.DateTimeField(null=True)
    secret_hash = models.BinaryField(max_length=32, null=True, unique=True)
    set_up_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    end = models.CharField(max_length=10, null=True, choices=[(e.value, e.value) for e in KioskEnd])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(ended_at=None), name="one_kiosk_per_name_and_place"
            ),
            models.CheckConstraint(
                condition=Q(code_hash=None, code_until=None)
                | Q(code_hash__isnull=False, code_until__isnull=False, ended_at=None),
                name="kiosk_code_has_its_end",
            ),
            models.CheckConstraint(
                condition=Q(secret_hash=None, set_up_at=None)
                | Q(secret_hash__isnull=False, set_up_at__isnull=False),
                name="kiosk_set_up_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False, end__isnull=False),
                name="kiosk_ended_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        """The device as the journal names it; its place is loaded."""
        return Actor(ActorKind.DEVICE, self.id, self.place.office_id)

    @property
    def prints(self) -> bool:
        """Whether paper comes out of it."""
        return self.paper != KioskPaper.NONE


class MissedCode(models.Model):
    """A wrong set-up code was typed in a network; kept for minutes, so that codes are not tried out."""

    id = models.BigAutoField(primary_key=True)
    network = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["network", "at"], name="missed_codes_of_network")]

    def __str__(self) -> str:
        return str(self.id)
