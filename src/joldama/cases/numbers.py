"""Numbers of applications, referrals, refusals and complaints: gap-free per office, register and year (A38)."""

from datetime import datetime
from enum import StrEnum

from django.db import connection

from joldama.people.models import Office, Place

_SERIAL = 6
_DASHES = str.maketrans("–—−", "---")
_LOOK_ALIKES = str.maketrans("ABCEHIKMOPTXY", "АВСЕНІКМОРТХУ")


class Register(StrEnum):
    """The letter of a register inside its numbers."""

    APPLICATIONS = ""
    REFERRALS = "Ж"
    REFUSALS = "Б"
    COMPLAINTS = "Ш"
    BLANKS = "Қ"
    """Numbered blanks for what is kept by hand."""


def next_number(register: Register, *, office: Office, place: Place, at: datetime) -> str:
    """Give the next number; the row is locked until the transaction ends, so nothing is skipped."""
    year = at.astimezone(place.zone).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [office.pk, register.value, year])
        latest = cursor.fetchone()[0]
    parts = [office.code, *([register] if register else []), str(year), f"{latest:0{_SERIAL}d}"]
    return "-".join(parts)


def read_number(typed: str) -> str:
    """Bring a typed number to its stored form: any case, Latin look-alikes, the serial without its zeros."""
    parts = "".join(typed.upper().translate(_DASHES).split()).translate(_LOOK_ALIKES).split("-")
    if parts[-1].isdecimal():
        parts[-1] = parts[-1].zfill(_SERIAL)
    return "-".join(parts)


# One statement: the first number of a year and every further one, even where two come at once.
_NEXT = """
INSERT INTO cases_numberseries AS series (office_id, register, year, latest) VALUES (%s, %s, %s, 1)
ON CONFLICT (office_id, register, year) DO UPDATE SET latest = series.latest + 1
RETURNING latest
"""
