"""Which technical breaks run, and which come."""

from datetime import datetime

from django.db.models import QuerySet

from joldama.schedule.models import TechnicalBreak


def running_break(at: datetime) -> TechnicalBreak | None:
    """Give the break that runs at this moment, the one that ends last; None where there is none."""
    return breaks().filter(starts_at__lte=at, ends_at__gt=at).order_by("-ends_at").first()


def coming_breaks(at: datetime) -> QuerySet[TechnicalBreak]:
    """Give the breaks that run or come, the nearest first."""
    return breaks().filter(ends_at__gt=at).order_by("starts_at", "id")


def past_breaks(at: datetime) -> QuerySet[TechnicalBreak]:
    """Give the breaks that are over, the latest first: each stays listed (A30)."""
    return breaks().filter(ends_at__lte=at).order_by("-ends_at", "id")


def breaks() -> QuerySet[TechnicalBreak]:
    """Give the breaks that were not called off."""
    return TechnicalBreak.objects.filter(called_off_at=None)
