"""How long a referral is valid: a setting of the edition, in business days after the day of issue."""

from dataclasses import dataclass
from datetime import date

from govkz.workdays import WorkingCalendar
from joldama.standard.counting import Counted, Unit
from joldama.standard.figures import FIGURES_2015_04_28, Figures
from joldama.standard.terms.steps import Step, business_days, provisional_year
from joldama.standard.terms.term import touches_provisional


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which a referral is good; the last day counts to its end."""

    issued_on: date
    valid_until_on: date
    steps: tuple[Step, ...]
    provisional: bool
    calendar_version: str
    edition: str


def validity(
    issued_on: date,
    *,
    calendar: WorkingCalendar,
    figures: Figures = FIGURES_2015_04_28,
    explain: bool = True,
) -> Validity:
    """Reckon the last day on which a referral is good, from the day of its issue at its place.

    Raises OutsideCalendar.
    """
    count = figures.referral_validity.amount
    until_on = calendar.add_working_days(issued_on, count)
    provisional = touches_provisional(calendar, issued_on, until_on)
    steps: list[Step] = []
    if explain:
        steps += business_days(calendar, issued_on, count)
        term = Counted(count, Unit.BUSINESS_DAY)
        steps.append(Step("term.valid_until", {"validity_term": term, "valid_until_on": until_on}))
        steps += [provisional_year(until_on)] if provisional else []
    return Validity(issued_on, until_on, tuple(steps), provisional, calendar.version, figures.edition)
