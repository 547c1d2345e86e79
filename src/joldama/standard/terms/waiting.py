"""How long a person waited and was served, in reception minutes (¶4.2, ¶4.3; A6, A8, A32)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from govkz.workdays import Reception, Span, WorkingCalendar, reception_of
from joldama.standard.figures import FIGURES_2015_04_28, Figure, Figures
from joldama.standard.terms.steps import Step, minutes_counted


@dataclass(frozen=True, slots=True)
class Wait:
    """A length measured against its limit.

    `minutes` are begun minutes, so that they exceed `limit` exactly when it is a breach; `counted` is exact.
    """

    minutes: int
    limit: int
    breach: bool
    counted: timedelta
    basis: tuple[str, ...]
    steps: tuple[Step, ...]
    calendar_version: str
    edition: str


def wait(
    taken_at: datetime,
    until: datetime,
    *,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    figures: Figures = FIGURES_2015_04_28,
    explain: bool = True,
) -> Wait:
    """Measure the wait from taking a ticket to being called, or to the closing that ended it (R4.2-a, A32).

    Raises ValueError if `until` comes first, NaiveMoment, OutsideCalendar.
    """
    reception = reception_of(calendar, figures.hours, zone)
    return _measured(taken_at, until, reception, figures.wait, figures.edition, "wait" if explain else None)


def serving(
    called_at: datetime,
    until: datetime,
    *,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    figures: Figures = FIGURES_2015_04_28,
    explain: bool = True,
) -> Wait:
    """Measure the serving from the call to the result, refusal or answer, or the person leaving (R4.3-a).

    Raises ValueError if `until` comes first, NaiveMoment, OutsideCalendar.
    """
    reception = reception_of(calendar, figures.hours, zone)
    return _measured(
        called_at, until, reception, figures.serving, figures.edition, "serving" if explain else None
    )


def _measured(
    start: datetime, until: datetime, reception: Reception, limit: Figure, edition: str, explained: str | None
) -> Wait:
    counted = reception.between(start, until)
    minutes = -(-counted // timedelta(minutes=1))
    return Wait(
        minutes=minutes,
        limit=limit.amount,
        breach=counted > limit.length,
        counted=counted,
        basis=(limit.paragraph,) if limit.paragraph else (),
        steps=_steps(start, until, reception, minutes, explained) if explained else (),
        calendar_version=reception.calendar.version,
        edition=edition,
    )


def _steps(
    start: datetime, until: datetime, reception: Reception, minutes: int, clock: str
) -> tuple[Step, ...]:
    days = reception.calendar.days(reception.local_date(start), reception.local_date(until))
    spans = [span for day in days for span in reception.spans(day.on)]
    pieces = [
        Span(max(start, span.opens_at), min(until, span.closes_at))
        for span in spans
        if start < span.closes_at and until > span.opens_at
    ]
    rule, counted = Step(f"term.{clock}.rule"), Step(f"term.{clock}.counted", {"minutes": minutes})
    return (rule, *minutes_counted(reception, pieces), counted)
