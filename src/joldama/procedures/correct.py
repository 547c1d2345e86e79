"""The administrator corrects the calendar by an act; open terms are reckoned anew (R4.1-a, R8.2-d)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from govkz.workdays import DayKind, OutsideCalendar, WorkingCalendar
from joldama.cases.models import Application
from joldama.cases.operations import prolong
from joldama.journal.actors import Actor
from joldama.journal.models import ActorKind
from joldama.people.models import Staff
from joldama.procedures.reckoning import calendar, term_anew
from joldama.procedures.refusing import NotAllowed
from joldama.schedule import operations
from joldama.schedule.models import Change, DayCorrection
from joldama.schedule.queries import latest_correction_by
from joldama.standard.roles import Role
from joldama.standard.terms import Step

LOOKED_BACK = timedelta(minutes=10)
"""For how long after a correction terms reckoned in its very moment are looked for."""


class NothingToCorrect(ValueError):
    """The correction makes no sense by the calendar as it is; `key` and `values` say why, `field` where."""

    def __init__(self, key: str, field: str = "on", **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.values = values


@transaction.atomic
def correct_day(
    *, key: UUID, on: date, change: Change, worked_on: date | None, act: str, by: Staff, at: datetime
) -> DayCorrection:
    """Correct a day by its act and reckon the open terms anew; the same key corrects once.

    A moved day off names `worked_on`, the weekend day that is worked in its place. Raises
    NothingToCorrect, NotAllowed.
    """
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed
    operations.hold_calendar()
    known = DayCorrection.objects.filter(key=key).first()
    if known is not None:
        return known
    try:
        _refuse_what_makes_no_sense(calendar(), on, change, worked_on)
    except OutsideCalendar as outside:
        raise NothingToCorrect(
            "error.calendar.outside",
            "worked_on" if outside.on == worked_on else "on",
            first=outside.first.year,
            last=outside.last.year,
        ) from outside
    made = operations.correct_day(
        key=key, on=on, change=change, worked_on=worked_on, act=act, by=by.actor, at=at
    )
    _recompute(made, at=at)
    return made


@transaction.atomic
def recompute_late(*, at: datetime) -> int:
    """Reckon anew what was accepted in the very moment of a correction; say how many terms grew."""
    latest = latest_correction_by(at)
    if latest is None or latest.entered_at < at - LOOKED_BACK:
        return 0
    return _recompute(latest, at=at)


def _refuse_what_makes_no_sense(
    known: WorkingCalendar, on: date, change: Change, worked_on: date | None
) -> None:
    day = known.day(on)
    if change is Change.WORKS and day.is_working:
        raise NothingToCorrect("error.calendar.works_already", day=on)
    if change is Change.WORKS and day.falls_on_weekend:
        raise NothingToCorrect("error.calendar.weekend_in_exchange", day=on)
    if change is Change.OFF and not day.is_working:
        raise NothingToCorrect("error.calendar.off_already", day=on)
    if change is not Change.MOVED:
        return
    if day.kind is not DayKind.WORKING:
        raise NothingToCorrect("error.calendar.moved_from", day=on)
    if worked_on is None or known.day(worked_on).kind is not DayKind.WEEKEND:
        raise NothingToCorrect("error.calendar.moved_to", "worked_on")


def _recompute(correction: DayCorrection, *, at: datetime) -> int:
    """Let every open term grow that the calendar makes longer; what was told is never made shorter."""
    grown = sum(_grows(case, correction, at=at) for case in Application.objects.with_running_term())
    if grown:
        operations.count_recomputed(correction, correction.terms_recomputed + grown)
    return grown


def _grows(application: Application, correction: DayCorrection, *, at: datetime) -> bool:
    if term_anew(application, explain=False).due_at <= application.due_at:
        return False
    term, zone = term_anew(application), application.place.zone
    told = {"old_at": application.due_at.astimezone(zone), "new_at": term.due_at.astimezone(zone)}
    why = Step("term.recalculated", {**told, "act": correction.act})
    author = Actor(ActorKind.STAFF, correction.entered_by)
    explained = replace(term, steps=(why, *term.steps))
    return prolong(application, explained, correction=correction.key, by=author, at=at)
