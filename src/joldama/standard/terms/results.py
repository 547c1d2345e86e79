"""When the result is due: 30 minutes at the counter, one business day on the portal (¶4.1, ¶8)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from govkz.workdays import Reception, Span, WorkingCalendar, reception_of
from joldama.standard.figures import FIGURES_2015_04_28, Figures
from joldama.standard.terms import steps
from joldama.standard.terms.doors import Closed, doors_at
from joldama.standard.terms.steps import Step
from joldama.standard.terms.term import Term, touches_provisional


def counter(
    at: datetime,
    *,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    figures: Figures = FIGURES_2015_04_28,
    explain: bool = True,
    is_registered: bool = False,
) -> Term:
    """Reckon the result of a package registered at the counter: 30 reception minutes (R4.1-a, A2, A3).

    Without `explain` the steps stay empty. One that `is_registered` stays so, even where its day has become
    a day off since. Else raises Closed out of hours; NaiveMoment, OutsideCalendar.
    """
    reception = reception_of(calendar, figures.hours, zone)
    span = reception.span_from(at)
    accepted_at = at.astimezone(UTC)
    if accepted_at < span.opens_at and not is_registered:
        raise Closed(doors_at(at, reception))
    length = figures.counter_result.length
    target_at = accepted_at + length
    is_straight = span.opens_at <= accepted_at and target_at <= span.closes_at
    due_at = target_at if is_straight else reception.add(accepted_at, length)
    accepted_on, due_on = reception.local_date(accepted_at), reception.local_date(due_at)
    provisional = touches_provisional(calendar, accepted_on, due_on)
    counted = _counter_steps(reception, figures, accepted_at, due_at, provisional) if explain else ()
    return Term(
        accepted_at=accepted_at,
        due_at=due_at,
        target_at=target_at,
        basis=(_point(figures.counter_result.paragraph), figures.hours_paragraph),
        steps=counted,
        provisional=provisional,
        calendar_version=calendar.version,
        edition=figures.edition,
        warning=_warning(reception, span, accepted_at, length),
    )


def portal(
    at: datetime,
    *,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    figures: Figures = FIGURES_2015_04_28,
    explain: bool = True,
) -> Term:
    """Reckon the result of an application on the portal: one business day (R4.1-b, R8.2-c, A4, A5).

    There is no moment at which the portal does not take one (R8.2-a). In working time it is accepted at once and
    due at closing time of the next business day; else it is accepted at the next opening and due at closing time
    of that same day. The portal has no lunch. Raises NaiveMoment, OutsideCalendar.
    """
    reception = reception_of(calendar, figures.hours, zone)
    accepted_at = accepted_by_portal(at, reception)
    arrived_on, accepted_on = reception.local_date(at), reception.local_date(accepted_at)
    days = figures.portal_result.amount
    days_after = days if accepted_at == at else days - 1
    due_on = calendar.add_working_days(accepted_on, days_after) if days_after else accepted_on
    provisional = touches_provisional(calendar, arrived_on, due_on)
    return Term(
        accepted_at=accepted_at,
        due_at=reception.spans(due_on)[-1].closes_at,
        target_at=None,
        basis=(_point(figures.portal_result.paragraph), figures.portal_hours_paragraph),
        steps=_portal_steps(reception, figures, at, accepted_at, due_on, provisional) if explain else (),
        provisional=provisional,
        calendar_version=calendar.version,
        edition=figures.edition,
    )


def accepted_by_portal(at: datetime, reception: Reception) -> datetime:
    """Return when the portal accepts what arrives: at once in working time, else at the next opening (A4)."""
    on = reception.local_date(at)
    spans = reception.spans(on)
    if spans and at < spans[-1].closes_at:
        return max(at.astimezone(UTC), spans[0].opens_at)
    return reception.spans(reception.calendar.next_working_day(on))[0].opens_at


def _point(paragraph: str | None) -> str:
    if paragraph is None:
        raise ValueError("a term of the standard names its point")
    return paragraph


def _warning(reception: Reception, span: Span, accepted_at: datetime, length: timedelta) -> Step | None:
    """A2: from 30 minutes before a break the counter says that the term may run over it."""
    left = span.closes_at - accepted_at
    if left > length:
        return None
    day = reception.spans(reception.local_date(accepted_at))
    key = "term.warn_closing" if span == day[-1] else "term.warn_lunch"
    return Step(key, {"minutes": -(-left // timedelta(minutes=1))})


def _counter_steps(
    reception: Reception, figures: Figures, accepted_at: datetime, due_at: datetime, provisional: bool
) -> tuple[Step, ...]:
    length = figures.counter_result.length
    target_at = accepted_at + length
    counted = [Step(figures.counter_rule_key)]
    counted += steps.minutes_counted(reception, list(reception.stretches(accepted_at, length)))
    if target_at != due_at:
        counted.append(Step("term.target_elapsed", {"target_at": steps.wall(target_at, reception)}))
    if provisional:
        counted.append(steps.provisional_year(reception.local_date(due_at)))
    return tuple(counted)


def _portal_steps(
    reception: Reception,
    figures: Figures,
    at: datetime,
    accepted_at: datetime,
    due_on: date,
    provisional: bool,
) -> tuple[Step, ...]:
    calendar = reception.calendar
    arrived_on = reception.local_date(at)
    counted = [Step(figures.portal_rule_key), *_arrival(reception, at, accepted_at)]
    if arrived_on != due_on:
        counted += steps.day_steps(calendar.day(arrived_on))
        counted += steps.days_passed(calendar, arrived_on, due_on)
    counted += steps.day_steps(calendar.day(due_on))
    last = figures.portal_result.amount
    counted.append(Step("term.step.business_day", {"n": last, "date": due_on, "weekday": due_on}))
    counted.append(steps.day_end(reception.hours))
    if provisional:
        counted.append(steps.provisional_year(due_on))
    return tuple(counted)


def _arrival(reception: Reception, at: datetime, accepted_at: datetime) -> list[Step]:
    accepted = steps.wall(accepted_at, reception)
    if accepted_at == at:
        same_day = Step("term.portal.same_day", {"accept_at": accepted})
        return [same_day] if reception.is_open(at) else [same_day, Step("term.portal.no_lunch")]
    arrived_on = reception.local_date(at)
    if not reception.calendar.is_working_day(arrived_on):
        return [Step("term.portal.day_off", {"accept_on": accepted.date()})]
    if accepted.date() == arrived_on:
        return [Step("term.portal.before_hours", {"accept_at": accepted})]
    return [Step("term.portal.after_hours", {"accept_on": accepted.date()})]
