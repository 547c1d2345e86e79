"""The clock of this installation; only interfaces read it.

A demonstration may run at another time than the world (its offset stands in the database, so that
every process agrees); a real installation never does.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from joldama.installation.identity import installation


def now() -> datetime:
    """Read the clock: the present moment of this installation, in UTC."""
    return datetime.now(UTC) + offset()


def offset() -> timedelta:
    """Tell how far the demonstration's clock runs from the world's; zero in a real installation.

    Where a demonstration is played faster than life, the offset moves: it stands in a file that every process
    reads anew (JOLDAMA_CLOCK_FILE).
    """
    known = installation()
    moved = _moved(settings.JOLDAMA_CLOCK_FILE) if known.is_demo and settings.JOLDAMA_CLOCK_FILE else None
    return known.clock_offset if moved is None else moved


def _moved(file: str) -> timedelta | None:
    try:
        return timedelta(seconds=float(Path(file).read_text()))
    except (OSError, ValueError):
        return None
