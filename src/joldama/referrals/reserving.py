"""Takes a place of an opening for a decision, and frees it: never more than there are, whoever comes at once."""

from datetime import date, datetime
from enum import StrEnum

from django.db.models import F

from joldama.cases.models import Decision
from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.operations import record
from joldama.openings.models import Opening
from joldama.referrals.reservations import Freed, Reservation


class NoPlaceWhy(StrEnum):
    """Why no place can be had."""

    FULL = "full"
    CLOSED = "closed"
    NOT_YET = "not_yet"
    OVER = "over"

    @property
    def text_key(self) -> str:
        """Key of the message in three parts; its values are days of the opening."""
        return "error.place_taken" if self is NoPlaceWhy.FULL else f"error.no_place.{self}"


class NoPlaceLeft(Exception):
    """The opening has no place for anybody else; `why` says whether it is full, or not open that day."""

    def __init__(self, opening: Opening, why: NoPlaceWhy) -> None:
        super().__init__(f"{opening.pk}: {why}")
        self.opening = opening
        self.why = why

    @property
    def values(self) -> dict[str, date | None]:
        """What the message says: the days of the opening."""
        return {"open_from_on": self.opening.open_from_on, "open_until_on": self.opening.open_until_on}


def reserve(opening: Opening, decision: Decision, *, by: Actor, at: datetime) -> Reservation:
    """Take a place of an opening for a drafted decision; a place of another opening it held is freed.

    Asked again for the same opening, it is the same place. One statement counts and takes, so that parallel
    drafts never take more than there are. Raises NoPlaceLeft; call it inside a transaction.
    """
    _lock_in_order(opening, decision)
    held = held_by(decision)
    if held is not None and held.opening_id == opening.pk:
        return held
    on = at.astimezone(decision.application.place.zone).date()
    taking = Opening.objects.filter(pk=opening.pk).open_on(on).with_places()
    if not taking.update(taken=F("taken") + 1):
        opening.refresh_from_db()
        raise NoPlaceLeft(opening, _why(opening, on=on))
    free(decision, why=Freed.REPLACED, at=at, by=by)
    opening.refresh_from_db()
    made = Reservation.objects.create(opening=opening, decision=decision, reserved_at=at)
    _record("place.reserved", made, by=by, at=at)
    return made


def free(decision: Decision, *, why: Freed, at: datetime, by: Actor = SYSTEM) -> bool:
    """Free the place that a decision holds; say whether it held one, and this call freed it."""
    held = held_by(decision)
    if held is None:
        return False
    if not Reservation.objects.filter(pk=held.pk, freed_at=None).update(freed_at=at, why=why):
        return False
    Opening.objects.filter(pk=held.opening_id).update(taken=F("taken") - 1)
    _record("place.freed", held, by=by, at=at, why=why)
    return True


def held_by(decision: Decision) -> Reservation | None:
    """Give the place a decision holds, if it holds one."""
    return Reservation.objects.filter(decision=decision.pk, freed_at=None).first()


def _lock_in_order(opening: Opening, decision: Decision) -> None:
    """Lock the opening, and the one that is left for it, in one order: two that swap never wait for each other."""
    left = Reservation.objects.filter(decision=decision.pk, freed_at=None).values("opening")
    both = Opening.objects.filter(pk=opening.pk) | Opening.objects.filter(pk__in=left)
    list(both.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _why(opening: Opening, *, on: date) -> NoPlaceWhy:
    if opening.closed_at is not None:
        return NoPlaceWhy.CLOSED
    if opening.open_from_on > on:
        return NoPlaceWhy.NOT_YET
    return NoPlaceWhy.FULL if opening.is_open(on=on) else NoPlaceWhy.OVER


def _record(
    name: str, reservation: Reservation, *, by: Actor, at: datetime, why: Freed | None = None
) -> None:
    record(
        name,
        subject=reservation.opening_id,
        office=reservation.opening.office_id,
        by=by,
        at=at,
        paragraph="6",
        decision=str(reservation.decision_id),
        why=why.value if why else None,
    )
