"""One line of how a term was counted, and the lines that days off and worked weekends need.

The keys are the texts `term.*` of the standard's words; values are wall time of the place, ready to be said.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from govkz.workdays import Day, DayKind, Hours, Reception, Span, WorkingCalendar
from joldama.standard.counting import Counted
from joldama.standard.words import Phrase

StepValue = date | datetime | time | int | str | Counted | Phrase
"""Plain text is what an act is called: it is named as it was entered."""

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One line: the key of its text and what fills it."""

    key: str
    values: dict[str, StepValue] = field(default_factory=dict)


def days_passed(calendar: WorkingCalendar, after: date, before: date) -> list[Step]:
    """Return the lines of the days between two days, neither included, that are not plain working days."""
    one = timedelta(days=1)
    if before <= after + one:
        return []
    return [step for day in calendar.days(after + one, before - one) for step in day_steps(day)]


def day_steps(day: Day) -> list[Step]:
    """Return the lines that say why a day is off, or why a weekend is worked; none for a working day."""
    weekday = {"date": day.on, "weekday": day.on}
    named: dict[str, StepValue] = {"date": day.on, "holiday": Phrase(f"holiday.{day.holiday}")}
    other: dict[str, StepValue] = {"other_date": day.other_date} if day.other_date else {}
    match day.kind:
        case DayKind.WORKING:
            return []
        case DayKind.WEEKEND:
            return [Step("term.step.weekend", {**weekday})]
        case DayKind.HOLIDAY:
            return [Step("term.step.holiday", named)]
        case DayKind.SUBSTITUTE:
            return [Step("term.step.substitute", named)]
        case DayKind.MOVED_OFF:
            return [Step("term.step.moved_off", {"date": day.on, **other})]
        case DayKind.DECLARED_OFF:
            return [Step("term.step.declared_off", {**weekday})]
        case DayKind.MOVED_WORK:
            return [Step("term.step.moved_work", {**weekday, **other})]
        case DayKind.RELIGIOUS if day.falls_on_weekend:
            weekend = Step("term.step.weekend", {**weekday})
            return [weekend, Step("term.step.no_substitute", {"holiday": named["holiday"]})]
        case DayKind.RELIGIOUS:
            return [Step("term.step.religious", named)]


def minutes_counted(reception: Reception, pieces: list[Span]) -> list[Step]:
    """Return the lines of minutes counted, stretch by stretch, with lunch or the closed days between."""
    return _counted(
        reception, pieces, [Step("term.step.minutes", _stretch(*_walls(reception, p))) for p in pieces]
    )


def seconds_counted(reception: Reception, pieces: list[Span]) -> list[Step]:
    """Return the same lines to the second; the lengths shown add up to the whole seconds of all."""
    stretches: list[Step] = []
    passed = timedelta(0)
    for piece in pieces:
        before, passed = passed, passed + (piece.closes_at - piece.opens_at)
        length = timedelta(seconds=passed // _SECOND - before // _SECOND)
        starts, ends = _walls(reception, piece)
        shown: dict[str, StepValue] = {"from": f"{starts:%H:%M:%S}", "to": f"{ends:%H:%M:%S}"}
        stretches.append(Step("term.step.seconds", {**shown, "length": clock_length(length)}))
    return _counted(reception, pieces, stretches)


def clock_length(of: timedelta) -> str:
    """Write a length as a clock shows it, mm:ss."""
    minutes, seconds = divmod(of // _SECOND, 60)
    return f"{minutes:02}:{seconds:02}"


def _counted(reception: Reception, pieces: list[Span], stretches: list[Step]) -> list[Step]:
    steps: list[Step] = []
    previous: datetime | None = None
    for piece, stretch in zip(pieces, stretches, strict=True):
        starts, ends = _walls(reception, piece)
        steps += [*_gap(reception, previous, starts), stretch]
        previous = ends
    return steps


def _walls(reception: Reception, piece: Span) -> tuple[datetime, datetime]:
    return wall(piece.opens_at, reception), wall(piece.closes_at, reception)


def business_days(calendar: WorkingCalendar, start: date, count: int) -> list[Step]:
    """Return the lines of counted business days after a day, with the days off between them."""
    steps: list[Step] = []
    on = start
    for n in range(1, count + 1):
        following = calendar.next_working_day(on)
        steps += days_passed(calendar, on, following) + day_steps(calendar.day(following))
        steps.append(Step("term.step.business_day", {"n": n, "date": following, "weekday": following}))
        on = following
    return steps


def day_end(hours: Hours) -> Step:
    """Return the line that a term in days ends at closing time (A26)."""
    return Step("term.day_end", {"close": hours.closes})


def provisional_year(on: date) -> Step:
    """Return the line that the calendar of a year is not confirmed yet."""
    return Step("term.provisional", {"year": on.year})


def wall(at: datetime, reception: Reception) -> datetime:
    """Return a moment as the wall clock of the place shows it; for showing, never for reckoning."""
    return at.astimezone(reception.zone)


def _gap(reception: Reception, previous: datetime | None, starts: datetime) -> list[Step]:
    today = day_steps(reception.calendar.day(starts.date()))
    if previous is None:
        return today
    hours = reception.hours
    if previous.date() == starts.date():
        return [Step("term.step.lunch", {"from": previous.time(), "to": starts.time()})]
    closed = Step("term.step.closed", {"to": hours.closes, "open_at": starts})
    return [closed, *days_passed(reception.calendar, previous.date(), starts.date()), *today]


def _stretch(starts: datetime, ends: datetime) -> dict[str, StepValue]:
    """Times are shown to the minute, so the minutes are those between the minutes shown."""
    shown = [at.astimezone(UTC).replace(second=0, microsecond=0) for at in (starts, ends)]
    minutes = (shown[1] - shown[0]) // timedelta(minutes=1)
    return {"from": starts.time(), "to": ends.time(), "minutes": minutes}
