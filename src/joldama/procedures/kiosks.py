"""The ticket kiosks of a place: the head makes one, a technician sets it up, the head ends it (R8.1-a).

Only a device that stands in the hall gives tickets: a ticket from afar would be a booking (R8.1-d).
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from joldama.people.models import Place, Staff
from joldama.people.rules import may_sign_for_office
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.reception import enrolment
from joldama.reception.kiosks import Kiosk, MissedCode
from joldama.schedule.calendar import know
from joldama.standard.kiosks import KioskEnd, KioskPaper
from joldama.vault.cipher import blind

CODE_LASTS = timedelta(hours=1)
"""How long a set-up code opens: the technician stands beside the device."""

MOST_MISSES = 10
MISSES_WITHIN = timedelta(minutes=10)
"""Slips of the finger fit in; trying codes out does not."""

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the list knows when a device was last seen."""

_NETWORK = "reception.MissedCode.network"


def may_keep_kiosks(staff: Staff, place: Place, *, at: datetime) -> bool:
    """Say whether the official is the head of the place's office or its deputy today (A36)."""
    return may_sign_for_office(staff, place.office_id, on=at.astimezone(place.zone).date())


def make(place: Place, *, name: str, paper: KioskPaper, by: Staff, at: datetime) -> tuple[Kiosk, str]:
    """Make a kiosk and give its set-up code, shown once. Raise NotAllowed, NotYet for a name that stands there."""
    if not may_keep_kiosks(by, place, at=at):
        raise NotAllowed
    try:
        with transaction.atomic():
            return enrolment.make(place, name=name, paper=paper, code_until=at + CODE_LASTS, by=by, at=at)
    except IntegrityError as error:
        if "one_kiosk_per_name_and_place" not in str(error):
            raise
        raise NotYet("error.kiosk_name", name=name) from error


@transaction.atomic
def renew_code(kiosk: Kiosk, *, by: Staff, at: datetime) -> str:
    """Give a new set-up code, for a device that lost its cookie. Raise NotAllowed, NotYet for an ended one."""
    if not may_keep_kiosks(by, kiosk.place, at=at):
        raise NotAllowed
    locked = Kiosk.objects.select_for_update(of=("self",)).select_related("place").get(pk=kiosk.pk)
    if locked.ended_at is not None:
        raise NotYet("error.kiosk_ended", name=kiosk.name)
    return enrolment.renew_code(locked, code_until=at + CODE_LASTS, by=by, at=at)


@transaction.atomic
def end(kiosk: Kiosk, why: KioskEnd, *, by: Staff, at: datetime) -> bool:
    """End a kiosk; say whether it was not ended yet. Its tickets keep their place. Raise NotAllowed."""
    if not may_keep_kiosks(by, kiosk.place, at=at):
        raise NotAllowed
    return enrolment.end(kiosk, why, by=by, at=at)


def set_up(typed: str, *, network: str, at: datetime) -> str:
    """Give the device that typed a set-up code its secret.

    Raise NotYet for a code that opens nothing, and for whoever typed too many of them from this network.
    """
    index = blind(_NETWORK, network)
    since = at - MISSES_WITHIN
    missed = list(MissedCode.objects.filter(network=index, at__gt=since).order_by("-at")[:MOST_MISSES])
    if len(missed) == MOST_MISSES:
        raise NotYet("error.kiosk_too_many", minutes=int(MISSES_WITHIN.total_seconds()) // 60)
    with transaction.atomic():
        done = enrolment.set_up(typed, at=at)
    if done is None:
        enrolment.remember_miss(index, at=at, since=since)
        raise NotYet("error.kiosk_code")
    return done[1]


def device_of(secret: str) -> Kiosk | None:
    """Give the kiosk whose device shows this secret, ended or not, and know the calendar: one query."""
    kiosk = enrolment.device_of(secret)
    if kiosk is not None:
        know(kiosk.calendar)  # type: ignore[attr-defined]  # the column of the query
    return kiosk


def seen(kiosk: Kiosk, *, at: datetime) -> None:
    """Remember that the device shows its page; written once a minute."""
    if kiosk.seen_at is None or kiosk.seen_at <= at - SEEN_EVERY:
        enrolment.remember_seen(kiosk.pk, at=at, unless_since=at - SEEN_EVERY)
