"""A reckoned term: from when, until when, by which points, and how it was counted."""

from dataclasses import dataclass
from datetime import date, datetime

from govkz.workdays import WorkingCalendar
from joldama.standard.terms.steps import Step


@dataclass(frozen=True, slots=True)
class Term:
    """The answer of a reckoning; all moments in UTC.

    `due_at` itself is still in time (R4.1-d). `target_at` is the stricter aim of the staff, None where there
    is none; only `due_at` makes a case overdue (A2). `basis` holds points of the standard such as "4.1";
    `warning` is said at the counter when the term may run over a break (A2). A provisional term touches days
    whose calendar is not confirmed.
    """

    accepted_at: datetime
    due_at: datetime
    target_at: datetime | None
    basis: tuple[str, ...]
    steps: tuple[Step, ...]
    provisional: bool
    calendar_version: str
    edition: str
    warning: Step | None = None


def touches_provisional(calendar: WorkingCalendar, first: date, last: date) -> bool:
    """Tell whether any day from first to last, both included, may still change."""
    if first == last:
        return calendar.day(first).provisional
    return any(day.provisional for day in calendar.days(first, last))
