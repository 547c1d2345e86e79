"""The demonstration's clock: the real time in reception hours, else the next business day at 9:05.

So the whole service can be shown at any hour; the banner of every page says which time it is.
"""

from datetime import datetime, timedelta

from joldama.installation.models import Installation
from joldama.journal.models import Event
from joldama.people.models import Place
from joldama.procedures.reckoning import closes_at, edition_at, opens_at

AFTER_OPENING = timedelta(minutes=5)


def set_clock(real: datetime, *, place: Place, wanted: datetime | None = None) -> datetime:
    """Set how far the clock runs from the world's and return the moment it shows (UTC).

    It never runs back behind what has happened in this database, unless `wanted` sets it.
    """
    shown = wanted or _shown(real, place=place)
    Installation.objects.filter(is_demo=True).update(clock_offset=shown - real)
    return shown


def _shown(real: datetime, *, place: Place) -> datetime:
    latest = Event.objects.order_by("-at").values_list("at", flat=True).first() or real
    if latest <= real and opens_at(place, real) is None:
        return real
    earliest = max(real, latest)
    running = real + Installation.objects.get().clock_offset
    if running >= earliest and opens_at(place, running) is None:
        return running  # set by an earlier start, which may still be serving
    opening = opens_at(place, earliest)
    if opening is None:
        return earliest
    if _is_afternoon(opening, place):
        opening = opens_at(place, closes_at(place, opening)) or opening
    return opening + AFTER_OPENING


def _is_afternoon(opening: datetime, place: Place) -> bool:
    """Say whether reception opens after lunch then: the demonstration prefers a morning."""
    return opening.astimezone(place.zone).time() != edition_at(place, opening).figures.hours.opens
