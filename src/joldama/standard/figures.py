"""The figures of an edition of the standard: minutes, business days and hours, each with its point.

Amounts are those of ¶4, ¶8 and ¶10; the return of a slip is a setting, and the term for forwarding a complaint
comes from another act (A16): neither is a rule of the standard. How long a referral is good, its kind says.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from govkz.workdays import Hours


class FigureUnit(StrEnum):
    """What a figure counts: minutes of reception time (A2, A6, A8) or business days (A1)."""

    RECEPTION_MINUTE = "reception_minute"
    BUSINESS_DAY = "business_day"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and the point of the standard it comes from; no point for a setting."""

    amount: int
    unit: FigureUnit
    paragraph: str | None

    @property
    def length(self) -> timedelta:
        """Return a figure in minutes as a length of reception time. Raises ValueError for business days."""
        if self.unit is not FigureUnit.RECEPTION_MINUTE:
            raise ValueError("business days have no length")
        return timedelta(minutes=self.amount)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one edition, named after the day of its text; and the sentences that say its terms."""

    edition: str
    hours: Hours
    hours_paragraph: str
    portal_hours_paragraph: str
    counter_result: Figure
    portal_result: Figure
    wait: Figure
    serving: Figure
    complaint_to_head: Figure
    complaint_to_akim: Figure
    complaint_to_quality_body: Figure
    complaint_forwarding: Figure
    slip_return: Figure
    counter_rule_key: str = "term.counter.rule"
    portal_rule_key: str = "term.portal.rule"


def _minutes(amount: int, paragraph: str) -> Figure:
    return Figure(amount, FigureUnit.RECEPTION_MINUTE, paragraph)


def _business_days(amount: int, paragraph: str | None) -> Figure:
    return Figure(amount, FigureUnit.BUSINESS_DAY, paragraph)


FIGURES_2015_04_28 = Figures(
    edition="2015-04-28",
    hours=Hours(opens=time(9), closes=time(17, 30), lunch_from=time(13), lunch_to=time(14, 30)),
    hours_paragraph="8.1",
    portal_hours_paragraph="8.2",
    counter_result=_minutes(30, "4.1"),
    portal_result=_business_days(1, "4.1"),
    wait=_minutes(30, "4.2"),
    serving=_minutes(30, "4.3"),
    complaint_to_head=_business_days(5, "10.4"),
    complaint_to_akim=_business_days(5, "10.4"),
    complaint_to_quality_body=_business_days(15, "10.8"),
    complaint_forwarding=_business_days(3, None),
    slip_return=_business_days(5, None),
)
