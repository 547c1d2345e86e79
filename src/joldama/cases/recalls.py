"""The minutes in which a signed decision may still be recalled, before anything has come of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from joldama.people.models import Staff


class Recall(models.Model):
    """A decision of the portal that is signed and held back until a moment: released then, or recalled before.

    While it is held back the case is as it was before the signature; the decision has its number all the same, and
    keeps it when it is recalled (A38).
    """

    class End(models.TextChoices):
        RELEASED = "released"
        RECALLED = "recalled"
        WITHDRAWN = "withdrawn"
        """The person took the application back in these minutes."""

    decision = models.OneToOneField(
        "cases.Decision", primary_key=True, on_delete=models.PROTECT, related_name="recall"
    )
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=9, null=True, choices=End.choices)
    recalled_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["until_at"], name="decisions_held_back", condition=Q(ended_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, end=None, recalled_by=None)
                | Q(ended_at__isnull=False, end="recalled", recalled_by__isnull=False)
                | Q(ended_at__isnull=False, end__in=("released", "withdrawn"), recalled_by=None),
                name="recall_ended_whole_or_not",
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("opened_at")), name="recall_lasts_a_while"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.until_at}"

    @property
    def is_open(self) -> bool:
        """Whether the decision is still held back."""
        return self.ended_at is None


class Decisions(models.QuerySet[Any]):  # of Decision, whose module imports this one
    """Decisions, asked in the words of the service."""

    def held_back(self) -> "Decisions":
        """Keep signed decisions that may still be recalled."""
        return self.filter(recall__isnull=False, recall__ended_at=None)

    def in_force(self) -> "Decisions":
        """Keep signed decisions that took effect: neither held back nor recalled."""
        took_effect = Q(recall=None) | Q(recall__end=Recall.End.RELEASED)
        return self.filter(took_effect, signed_at__isnull=False)
