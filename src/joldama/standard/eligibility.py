"""Who may get a referral of a kind, as far as a figure says it (A14): dated data, not of the standard.

The standard names no condition. A figure is looked up in what the state register tells, never asked of the
person (R9.1-d); where the register does not tell, nobody is held to be outside it.
"""

from dataclasses import dataclass
from datetime import date

from joldama.standard.kinds import ResultKind


@dataclass(frozen=True, kw_only=True)
class AgeLimit:
    """The most full years for a kind, on the days from `since` to `until`.

    `is_confirmed` is false where the source tells the figure and not its days.
    """

    kind: ResultKind
    oldest: int
    since: date
    until: date | None = None
    source: str
    is_confirmed: bool

    def holds(self, on: date) -> bool:
        """Say whether the limit counts on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


AGE_LIMITS = (
    # The sources tell the figures; the day between them is that on which the Social Code came into force.
    AgeLimit(
        kind=ResultKind.YOUTH_PRACTICE,
        oldest=29,
        since=date(2015, 1, 1),
        until=date(2023, 6, 30),
        source="gov.5n.kz/en/faq/2730-what-measures-are-being-taken-for-youth-employment",
        is_confirmed=False,
    ),
    AgeLimit(
        kind=ResultKind.YOUTH_PRACTICE,
        oldest=35,
        since=date(2023, 7, 1),
        source="czn.kz/?p=2794",
        is_confirmed=False,
    ),
)


def age_limit(kind: ResultKind, *, on: date, limits: tuple[AgeLimit, ...] = AGE_LIMITS) -> AgeLimit | None:
    """Give the limit of a kind on a day; None where there is none."""
    return next((limit for limit in limits if limit.kind is kind and limit.holds(on)), None)


def full_years(born_on: date, *, on: date) -> int:
    """Count the full years of a person on a day; whoever was born on 29 February is a year older on 1 March."""
    is_before_birthday = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - is_before_birthday
