"""Technical breaks of the portal, and corrections of the working calendar, each with who entered it."""

from datetime import datetime
from enum import StrEnum
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


class Change(StrEnum):
    """What a correction makes of a day: worked, off, or exchanged for another day."""

    WORKS = "works"
    OFF = "off"
    MOVED = "moved"

    @property
    def text_key(self) -> str:
        return f"desk.calendar.change.{self}"


class DayCorrection(models.Model):
    """A day of the calendar as an act makes it (R8.2-d); never changed: a later one for the day prevails.

    A moved day off names the weekend day that is worked in its place. `terms_recomputed` says how many
    open terms grew with it (R4.1-a).
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(unique=True, default=uuid4)
    on = models.DateField()
    change = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Change])
    worked_on = models.DateField(null=True)
    act = models.CharField(max_length=250)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField()
    terms_recomputed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(change=Change.MOVED.value, worked_on__isnull=False)
                | ~Q(change=Change.MOVED.value) & Q(worked_on=None),
                name="day_moved_names_the_other_day",
            ),
            models.CheckConstraint(condition=~Q(act=""), name="day_corrected_by_an_act"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.change}"
