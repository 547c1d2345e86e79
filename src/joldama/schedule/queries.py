"""Which technical breaks run and come, and how the calendar was corrected."""

from datetime import datetime

from django.db.models import QuerySet

from joldama.schedule.models import DayCorrection, TechnicalBreak


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


def corrections() -> QuerySet[DayCorrection]:
    """Give the corrections of the calendar, the latest first."""
    return DayCorrection.objects.order_by("-id")


def latest_correction_by(at: datetime) -> DayCorrection | None:
    """Give the correction that was entered last, by this moment."""
    return corrections().filter(entered_at__lte=at).first()
