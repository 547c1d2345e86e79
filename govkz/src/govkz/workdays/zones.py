"""Time zones by name; data that does not know the change to UTC+5 of 1 March 2024 is refused."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo


class UnknownZone(ValueError):
    """There is no time zone of this name."""


class StaleZones(RuntimeError):
    """The time zone data is older than 2024a, so every local time since 1 March 2024 would be wrong."""


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name. Raises UnknownZone, StaleZones."""
    refuse_stale_zones()
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownZone(f"there is no time zone named «{name}»") from None


@cache
def refuse_stale_zones() -> None:
    """Check that Asia/Almaty is UTC+5 after 1 March 2024 (tzdata 2024a). Raises StaleZones."""
    offset = datetime(2024, 3, 2, tzinfo=UTC).astimezone(ZoneInfo("Asia/Almaty")).utcoffset()
    if offset != timedelta(hours=5):
        raise StaleZones("the time zone data is older than 2024a: update tzdata")
