"""A technical break: when, why, who entered it; one that was called off stays with that moment."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q


class TechnicalBreak(models.Model):
    """Repair work of the portal, from a moment until another (UTC), the end not included (R8.2-b)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kk = models.CharField(max_length=250)
    ru = models.CharField(max_length=250)
    en = models.CharField(max_length=250)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="break_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None, called_off_by=None)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
                name="break_called_off_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    def is_running(self, *, at: datetime) -> bool:
        """Say whether the break runs at this moment; at its end it is over."""
        return self.starts_at <= at < self.ends_at
