"""How long a referral is valid: a setting of its kind, in business days after the day of issue."""

from dataclasses import dataclass
from datetime import date

from govkz.workdays import WorkingCalendar
from joldama.standard.counting import Counted, Unit
from joldama.standard.kinds import DeclaredKind
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
    issued_on: date, declared: DeclaredKind, *, calendar: WorkingCalendar, explain: bool = True
) -> Validity:
    """Reckon the last day on which a referral of a kind is good, from the day of its issue at its place.

    Raises OutsideCalendar; ValueError for a kind that sends nobody anywhere.
    """
    if declared.validity is None:
        raise ValueError(declared.kind)
    count = declared.validity.amount
    until_on = calendar.add_working_days(issued_on, count)
    provisional = touches_provisional(calendar, issued_on, until_on)
    steps: list[Step] = []
    if explain:
        steps += business_days(calendar, issued_on, count)
        term = Counted(count, Unit.BUSINESS_DAY)
        steps.append(Step("term.valid_until", {"validity_term": term, "valid_until_on": until_on}))
        steps += [provisional_year(until_on)] if provisional else []
    return Validity(issued_on, until_on, tuple(steps), provisional, calendar.version, declared.edition)
