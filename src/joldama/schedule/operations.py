"""Writes technical breaks and corrections of the calendar."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.schedule.calendar import forget
from joldama.schedule.models import Change, DayCorrection, TechnicalBreak

_ONE_AT_A_TIME = 0x4A43414C
"""The lock under which days are corrected; it lasts until the transaction ends."""


def enter_break(
    *, starts_at: datetime, ends_at: datetime, reasons: dict[str, str], by: Actor, at: datetime
) -> TechnicalBreak:
    """Enter a break with its reason in kk, ru and en."""
    assert by.id is not None
    made = TechnicalBreak.objects.create(
        starts_at=starts_at, ends_at=ends_at, entered_at=at, entered_by=by.id, **reasons
    )
    record("break.entered", subject=made.pk, by=by, at=at, paragraph="8.2")
    return made


def call_off(planned: TechnicalBreak, *, by: Actor, at: datetime) -> bool:
    """Call a break off that is not over; say whether it still could be."""
    changed = TechnicalBreak.objects.filter(pk=planned.pk, called_off_at=None, ends_at__gt=at).update(
        called_off_at=at, called_off_by=by.id
    )
    if changed:
        record("break.called_off", subject=planned.pk, by=by, at=at, paragraph="8.2")
    return bool(changed)


def hold_calendar() -> None:
    """Keep every other correction waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    forget()


def correct_day(
    *, key: UUID, on: date, change: Change, worked_on: date | None, act: str, by: Actor, at: datetime
) -> DayCorrection:
    """Write a correction of a day by its act; the calendar counts with it from here on."""
    assert by.id is not None
    made = DayCorrection.objects.create(
        key=key, on=on, change=change, worked_on=worked_on, act=act, entered_at=at, entered_by=by.id
    )
    record(
        "calendar.corrected",
        subject=made.key,
        by=by,
        at=at,
        paragraph="8.2",
        day=on.isoformat(),
        change=change.value,
        worked_day=worked_on.isoformat() if worked_on else None,
    )
    forget()
    return made


def count_recomputed(correction: DayCorrection, terms: int) -> None:
    """Note how many open terms grew with a correction."""
    DayCorrection.objects.filter(pk=correction.pk).update(terms_recomputed=terms)
    correction.terms_recomputed = terms
