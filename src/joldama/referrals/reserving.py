"""Takes a place of an opening for a decision, and frees it: never more than there are, whoever comes at once."""

from datetime import date, datetime
from enum import StrEnum

from django.db.models import F

from joldama.cases.models import Application, Decision
from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.operations import record
from joldama.openings.models import Opening
from joldama.referrals.reservations import Freed, Reservation
from joldama.standard import words


class NoPlaceWhy(StrEnum):
    """Why no place can be had."""

    FULL = "full"
    CLOSED = "closed"
    NOT_YET = "not_yet"
    OVER = "over"

    @property
    def text_key(self) -> str:
        """Key of the message in three parts."""
        return "error.place_taken" if self is NoPlaceWhy.FULL else f"error.no_place.{self}"


class NoPlaceLeft(Exception):
    """The opening has no place for anybody else; `why` says whether it is full, or not open that day."""

    def __init__(self, opening: Opening, why: NoPlaceWhy) -> None:
        super().__init__(f"{opening.pk}: {why}")
        self.opening = opening
        self.why = why

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do."""
        days = {"open_from_on": self.opening.open_from_on, "open_until_on": self.opening.open_until_on}
        return words.parts(self.why.text_key, language, **days)


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
        try:
            opening.refresh_from_db()
        except Opening.DoesNotExist:  # the table it came with was taken back
            raise NoPlaceLeft(opening, NoPlaceWhy.CLOSED) from None
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


def pass_on(application: Application, *, to: Decision) -> None:
    """Let the draft of a case hold what a decision held that was recalled, or annulled to be corrected."""
    left = Reservation.objects.filter(decision__application=application.pk, freed_at=None)
    left.exclude(decision=to.pk).update(decision=to)


def free_case(application: Application, *, why: Freed, at: datetime, by: Actor = SYSTEM) -> None:
    """Free whatever the decisions of a case hold."""
    for held in Reservation.objects.filter(decision__application=application.pk, freed_at=None):
        free(held.decision, why=why, at=at, by=by)


_LOST = (Freed.EXPIRED, Freed.REJECTED, Freed.NO_SHOW)


def take_again(decision: Decision, *, by: Actor, at: datetime) -> bool:
    """Take the place again that was freed by a last day or an answer: the organisation says otherwise after all.

    Where somebody else has it by now there is none to take. Say whether one was taken.
    """
    last = Reservation.objects.filter(decision=decision.pk).order_by("reserved_at", "freed_at").last()
    if last is None or last.why not in _LOST:
        return False
    if not Opening.objects.filter(pk=last.opening_id).with_places().update(taken=F("taken") + 1):
        return False
    made = Reservation.objects.create(opening=last.opening, decision=decision, reserved_at=at)
    _record("place.reserved", made, by=by, at=at)
    return True


def held_by(decision: Decision) -> Reservation | None:
    """Give the place a decision holds, if it holds one."""
    return Reservation.objects.filter(decision=decision.pk, freed_at=None).first()


def held_in(application: Application) -> Reservation | None:
    """Give the place a case holds, whichever of its decisions holds it."""
    return Reservation.objects.filter(decision__application=application.pk, freed_at=None).first()


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
