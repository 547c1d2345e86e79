"""Writes technical breaks."""

from datetime import datetime

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.schedule.models import TechnicalBreak


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
