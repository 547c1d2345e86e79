"""When the answer to a complaint is due: 5 or 15 business days from its registration (¶10.4, ¶10.8)."""

from datetime import UTC, date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from govkz.workdays import Reception, WorkingCalendar, reception_of
from joldama.standard.complaints import ComplaintAddressee, ComplaintChannel
from joldama.standard.figures import FIGURES_2015_04_28, Figure, Figures
from joldama.standard.terms import steps
from joldama.standard.terms.doors import refuse_when_closed
from joldama.standard.terms.results import accepted_by_portal
from joldama.standard.terms.steps import Step
from joldama.standard.terms.term import Term, touches_provisional


def complaint(
    addressee: ComplaintAddressee,
    at: datetime,
    *,
    channel: ComplaintChannel,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
    figures: Figures = FIGURES_2015_04_28,
    explain: bool = True,
) -> Term:
    """Reckon the answer to a complaint: counted from the day after its registration (A7, A26).

    R10.4-a, R10.4-b: 5 business days for head and akim alike; R10.8-a: 15 for the quality body.

    By hand it is registered at once, in hours only; by post when the chancery opens it; from the portal at
    once in working time, else at the next opening (A29). The target counts the day of registration too.
    Raises Closed, NaiveMoment, OutsideCalendar.
    """
    reception = reception_of(calendar, figures.hours, zone)
    figure = _figure(addressee, figures)
    accepted_at = _registered(at, channel, reception)
    accepted_on = reception.local_date(accepted_at)
    due_on = calendar.add_working_days(accepted_on, figure.amount)
    target_on = calendar.add_working_days(due_on, -1)
    target_at = reception.spans(target_on)[-1].closes_at
    provisional = touches_provisional(calendar, reception.local_date(at), due_on)
    return Term(
        accepted_at=accepted_at,
        due_at=reception.spans(due_on)[-1].closes_at,
        target_at=target_at,
        basis=(figure.paragraph,) if figure.paragraph else (),
        steps=_steps(reception, figure, at, accepted_at, target_at, provisional) if explain else (),
        provisional=provisional,
        calendar_version=calendar.version,
        edition=figures.edition,
    )


def first_day(
    accepted_at: datetime, *, zone: ZoneInfo, calendar: WorkingCalendar, figures: Figures = FIGURES_2015_04_28
) -> date:
    """Return the first business day of the term: from then the answer can be had (R10.3-a, A7)."""
    reception = reception_of(calendar, figures.hours, zone)
    return calendar.next_working_day(reception.local_date(accepted_at))


def forward_by(
    accepted_at: datetime, *, zone: ZoneInfo, calendar: WorkingCalendar, figures: Figures = FIGURES_2015_04_28
) -> datetime:
    """Return until when a complaint of another body's competence is forwarded, in UTC (A16)."""
    reception = reception_of(calendar, figures.hours, zone)
    accepted_on = reception.local_date(accepted_at)
    last_on = calendar.add_working_days(accepted_on, figures.complaint_forwarding.amount)
    return reception.spans(last_on)[-1].closes_at


def _figure(addressee: ComplaintAddressee, figures: Figures) -> Figure:
    match addressee:
        case ComplaintAddressee.HEAD:
            return figures.complaint_to_head
        case ComplaintAddressee.AKIM:
            return figures.complaint_to_akim
        case ComplaintAddressee.QUALITY:
            return figures.complaint_to_quality_body
        case _:
            assert_never(addressee)


def _registered(at: datetime, channel: ComplaintChannel, reception: Reception) -> datetime:
    match channel:
        case ComplaintChannel.HAND:
            refuse_when_closed(at, reception)
            return at.astimezone(UTC)
        case ComplaintChannel.POST:
            return reception.next_opening(at)
        case ComplaintChannel.PORTAL:
            return accepted_by_portal(at, reception)
        case _:
            assert_never(channel)


def _steps(
    reception: Reception,
    figure: Figure,
    at: datetime,
    accepted_at: datetime,
    target_at: datetime,
    provisional: bool,
) -> tuple[Step, ...]:
    calendar = reception.calendar
    arrived_on, accepted_on = reception.local_date(at), reception.local_date(accepted_at)
    counted = [Step(f"term.complaint{figure.amount}.rule")]
    if accepted_at != at:
        if arrived_on != accepted_on:
            counted += steps.day_steps(calendar.day(arrived_on))
            counted += steps.days_passed(calendar, arrived_on, accepted_on)
        counted.append(
            Step("term.complaint.registered", {"registered_at": steps.wall(accepted_at, reception)})
        )
    first_on = calendar.next_working_day(accepted_on)
    counted.append(Step("term.first_day", {"date": first_on}))
    counted += steps.business_days(calendar, accepted_on, figure.amount)
    counted.append(steps.day_end(reception.hours))
    counted.append(Step("term.target_inclusive", {"target_at": steps.wall(target_at, reception)}))
    if provisional:
        counted.append(steps.provisional_year(calendar.add_working_days(accepted_on, figure.amount)))
    return tuple(counted)
