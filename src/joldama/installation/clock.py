"""The clock of this installation; only interfaces read it.

A demonstration may run at another time than the world (its offset stands in the database, so that
every process agrees); a real installation never does.
"""

from datetime import UTC, datetime, timedelta

from joldama.installation.identity import installation


def now() -> datetime:
    """Read the clock: the present moment of this installation, in UTC."""
    return datetime.now(UTC) + installation().clock_offset


def offset() -> timedelta:
    """Tell how far the demonstration's clock runs from the world's; zero in a real installation."""
    return installation().clock_offset
