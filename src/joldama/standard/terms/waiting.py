"""How long a person waited, was served and his result took, in reception minutes (¶4.1-¶4.3; A6, A8, A32)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from govkz.workdays import Reception, Span, WorkingCalendar, reception_of
from joldama.standard.figures import FIGURES_2015_04_28, Figure, Figures
from joldama.standard.terms.steps import Step, clock_length, minutes_counted, seconds_counted


@dataclass(frozen=True, slots=True)
class Wait:
    """A length measured against its limit.

    `minutes` are begun minutes, so that they exceed `limit` exactly when it is a breach; `counted` is exact.
    `passed_at` is the moment (UTC) at which the limit was passed, None where it was not: its last one in time, so
    that a limit that is full when the lunch break begins is passed when reception goes on.
    """

    minutes: int
    limit: int
    breach: bool
    counted: timedelta
    basis: tuple[str, ...]
    steps: tuple[Step, ...]
    calendar_version: str
    edition: str
    hours_paragraph: str
    passed_at: datetime | None = None

    @property
    def took(self) -> str:
        """The length as a clock shows it, mm:ss; finer where whole seconds would hide that it is a breach."""
        shown = clock_length(self.counted)
        if self.breach and self.counted // timedelta(seconds=1) <= self.limit * 60:
            return f"{shown}.{self.counted.microseconds:06}"
        return shown

    @property
    def over(self) -> str:
        """How much longer than the limit it took, as a clock shows it; finer under a second."""
        over = self.counted - timedelta(minutes=self.limit)
        shown = clock_length(max(over, timedelta(0)))
        return f"{shown}.{over.microseconds:06}" if timedelta(0) < over < timedelta(seconds=1) else shown

    @property
    def left(self) -> str:
        """What is left of the limit in begun seconds, as a clock shows it."""
        left = timedelta(minutes=self.limit) - self.counted
        return clock_length(max(-(-left // timedelta(seconds=1)) * timedelta(seconds=1), timedelta(0)))


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
    return _measured(taken_at, until, reception, figures, figures.wait, "term.wait" if explain else None)


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
        called_at, until, reception, figures, figures.serving, "term.serving" if explain else None
    )


def result(
    registered_at: datetime,
    until: datetime,
    *,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    figures: Figures = FIGURES_2015_04_28,
    explain: bool = True,
) -> Wait:
    """Measure how long a package registered at the counter took to its result (R4.1-a, A2, A3).

    Whether the term was kept says its due moment, as it was told. Raises ValueError if `until` comes first,
    NaiveMoment, OutsideCalendar.
    """
    reception = reception_of(calendar, figures.hours, zone)
    return _measured(
        registered_at, until, reception, figures, figures.counter_result, "term.counter" if explain else None
    )


def _measured(
    start: datetime,
    until: datetime,
    reception: Reception,
    figures: Figures,
    limit: Figure,
    explained: str | None,
) -> Wait:
    counted = reception.between(start, until)
    minutes = -(-counted // timedelta(minutes=1))
    is_breach = counted > limit.length
    return Wait(
        minutes=minutes,
        limit=limit.amount,
        breach=is_breach,
        counted=counted,
        basis=(limit.paragraph,) if limit.paragraph else (),
        steps=_steps(start, until, reception, minutes, explained) if explained else (),
        calendar_version=reception.calendar.version,
        edition=figures.edition,
        hours_paragraph=figures.hours_paragraph,
        passed_at=reception.next_opening(reception.add(start, limit.length)) if is_breach else None,
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
    rule, counted = Step(f"{clock}.rule"), Step(f"{clock}.counted", {"minutes": minutes})
    lines = minutes_counted if _is_whole(start) and _is_whole(until) else seconds_counted
    return (rule, *lines(reception, pieces), counted)


def _is_whole(at: datetime) -> bool:
    return at.second == at.microsecond == 0
