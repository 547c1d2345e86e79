"""A place of an opening that a draft or a referral holds, until it is freed (issue and slip of ¶6)."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from joldama.cases.models import Decision
from joldama.openings.models import Opening


class Freed(models.TextChoices):
    """Why a place is free again."""

    REPLACED = "replaced"
    """The draft names another opening, or none."""
    REFUSED = "refused"
    """A refusal stands in the place of the drafted referral."""
    WITHDRAWN = "withdrawn"
    """The person took the application back."""
    ANNULLED = "annulled"
    EXPIRED = "expired"
    """The last day is over: of a referral without an answer, or of one that nobody collected."""
    REJECTED = "rejected"
    """The organisation did not take the person."""
    NO_SHOW = "no_show"

    @property
    def text_key(self) -> str:
        return f"openings.freed.{self}"


class Reservation(models.Model):
    """One place held by one decision, drafted or signed; freed once. Who was accepted keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="reservations")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reservations")
    reserved_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=9, null=True, choices=Freed.choices)

    class Meta:
        indexes = [
            models.Index(fields=["opening"], name="places_held", condition=Q(freed_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(freed_at=None), name="one_place_per_decision"
            ),
            models.CheckConstraint(
                condition=Q(freed_at=None, why=None) | Q(freed_at__isnull=False, why__isnull=False),
                name="place_freed_with_its_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.decision_id}"
