"""Numbers of applications, referrals and refusals: gap-free per office, register and year (A38)."""

from datetime import datetime
from enum import StrEnum

from django.db.models import F

from joldama.cases.models import NumberSeries
from joldama.people.models import Office, Place


class Register(StrEnum):
    """The letter of a register inside its numbers."""

    APPLICATIONS = ""
    REFERRALS = "Ж"
    REFUSALS = "Б"


def next_number(register: Register, *, office: Office, place: Place, at: datetime) -> str:
    """Give the next number; the row is locked until the transaction ends, so nothing is skipped."""
    year = at.astimezone(place.zone).year
    series, _ = NumberSeries.objects.get_or_create(office=office, register=register, year=year)
    NumberSeries.objects.filter(pk=series.pk).update(latest=F("latest") + 1)
    series.refresh_from_db(fields=["latest"])
    parts = [office.code, *([register] if register else []), str(year), f"{series.latest:06d}"]
    return "-".join(parts)
