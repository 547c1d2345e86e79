"""The administrator enters technical breaks of the portal and calls them off (R8.2-b, A30)."""

from datetime import datetime, timedelta

from django.db import transaction

from joldama.people.models import Staff
from joldama.procedures.refusing import NotAllowed
from joldama.schedule import operations
from joldama.schedule.models import TechnicalBreak
from joldama.standard.roles import Role

ANNOUNCED_AHEAD = timedelta(days=1)
"""How long ahead a break is to be announced (A30); a later one is entered all the same, and said."""


class EndsBeforeItStarts(ValueError):
    """The end of a break is not after its start."""


class IsOver(ValueError):
    """The whole break lies in the past: nothing can be announced any more."""


@transaction.atomic
def enter_break(
    *, starts_at: datetime, ends_at: datetime, reasons: dict[str, str], by: Staff, at: datetime
) -> TechnicalBreak:
    """Enter a break; raise EndsBeforeItStarts, IsOver. It moves nobody's term (A30)."""
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed
    if ends_at <= starts_at:
        raise EndsBeforeItStarts
    if ends_at <= at:
        raise IsOver
    return operations.enter_break(starts_at=starts_at, ends_at=ends_at, reasons=reasons, by=by.actor, at=at)


@transaction.atomic
def call_off(planned: TechnicalBreak, *, by: Staff, at: datetime) -> bool:
    """Call a break off, or end a running one; say whether it still could be."""
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed
    return operations.call_off(planned, by=by.actor, at=at)


def is_late(planned: TechnicalBreak) -> bool:
    """Say whether a break was announced less than a day ahead (A30)."""
    return planned.starts_at - planned.entered_at < ANNOUNCED_AHEAD
