"""A calendar month as the wall clocks of the offices have it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

FIRST = date(2015, 4, 1)
"""Nothing was counted before the standard: it is of 28 April 2015."""

LAST = date(2100, 12, 1)
"""No month after this one is asked for."""


@dataclass(frozen=True, order=True)
class Month:
    """A month by its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Month":
        """Give the month a day lies in."""
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """Read 2015-09; None where it is no month, or none of this service."""
        try:
            found = cls(datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date())
        except ValueError:
            return None
        return found if FIRST <= found.first <= LAST else None

    @property
    def next(self) -> "Month":
        """The month after."""
        first = self.first
        return Month(date(first.year + first.month // 12, first.month % 12 + 1, 1))

    @property
    def before(self) -> "Month":
        """The month before."""
        first = self.first
        return Month(date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 1))

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Give its first moment and that of the next month by the wall clock of a zone, in UTC."""
        return _midnight(self.first, zone), _midnight(self.next.first, zone)

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
