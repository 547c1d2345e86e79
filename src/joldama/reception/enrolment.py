"""Writes kiosks: made with a set-up code, set up with a secret of the device, ended; each an event of the journal."""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.people.models import Place, Staff
from joldama.reception.kiosks import Kiosk, MissedCode
from joldama.schedule.calendar import latest_correction
from joldama.standard.kiosks import KioskEnd, KioskPaper

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that could be read as another one: the code is copied by hand."""

_LENGTH = 12
"""Letters of a set-up code: 59 bits, good for an hour."""


def make(
    place: Place, *, name: str, paper: KioskPaper, code_until: datetime, by: Staff, at: datetime
) -> tuple[Kiosk, str]:
    """Make a kiosk and give its set-up code, which is kept nowhere."""
    kiosk = Kiosk(place=place, name=name, paper=paper, made_at=at, made_by=by)
    code = _give_code(kiosk, until=code_until)
    kiosk.save(force_insert=True)
    _record("made", kiosk, by=by.actor, at=at)
    return kiosk, code


def renew_code(kiosk: Kiosk, *, code_until: datetime, by: Staff, at: datetime) -> str:
    """Give a new set-up code; the one before it opens nothing any more, the device works on."""
    code = _give_code(kiosk, until=code_until)
    kiosk.save(update_fields=["code_hash", "code_until"])
    _record("code_made", kiosk, by=by.actor, at=at)
    return code


def set_up(typed: str, *, at: datetime) -> tuple[Kiosk, str] | None:
    """Give the kiosk of a set-up code with the new secret of its device; None for a code that opens nothing.

    The code is used up, and a device that was set up before is known no more.
    """
    found = Kiosk.objects.select_for_update(of=("self",)).select_related("place")
    kiosk = found.filter(code_hash=_hash(read_code(typed)), code_until__gt=at).first()
    if kiosk is None:
        return None
    secret = secrets.token_urlsafe(32)
    know_by(kiosk, secret, at=at)
    return kiosk, secret


def know_by(kiosk: Kiosk, secret: str, *, at: datetime) -> None:
    """Know the device of a kiosk by this secret from now on, of which the hash is kept."""
    kiosk.code_hash = kiosk.code_until = None
    kiosk.secret_hash, kiosk.set_up_at, kiosk.seen_at = _hash(secret), at, at
    kiosk.save(update_fields=["code_hash", "code_until", "secret_hash", "set_up_at", "seen_at"])
    _record("set_up", kiosk, by=kiosk.actor, at=at)


def end(kiosk: Kiosk, why: KioskEnd, *, by: Staff, at: datetime) -> bool:
    """End a kiosk; say whether it was not ended yet."""
    ended = Kiosk.objects.filter(pk=kiosk.pk, ended_at=None).update(
        ended_at=at, ended_by=by, end=why, code_hash=None, code_until=None
    )
    if ended:
        _record("ended", kiosk, by=by.actor, at=at, why=why)
    return bool(ended)


def device_of(secret: str) -> Kiosk | None:
    """Give the kiosk of a device, ended or not, with its place, its office and the latest correction."""
    if not secret:
        return None
    known = Kiosk.objects.select_related("place__office").annotate(calendar=latest_correction())
    return known.filter(secret_hash=_hash(secret)).first()


def remember_seen(kiosk: UUID, *, at: datetime, unless_since: datetime) -> None:
    """Remember that a device showed itself, unless it did so since a moment."""
    seldom = Q(seen_at=None) | Q(seen_at__lt=unless_since)
    Kiosk.objects.filter(seldom, pk=kiosk, ended_at=None).update(seen_at=at)


def remember_miss(network: bytes, *, at: datetime, since: datetime) -> None:
    """Remember that a wrong code was typed in a network, and forget what is older than `since`."""
    MissedCode.objects.filter(at__lt=since).delete()
    MissedCode.objects.create(network=network, at=at)


def read_code(typed: str) -> str:
    """Bring a typed code to the form it was made in: any case, blanks and hyphens ignored."""
    return "".join(typed.upper().split()).replace("-", "")


def _give_code(kiosk: Kiosk, *, until: datetime) -> str:
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    kiosk.code_hash, kiosk.code_until = _hash(code), until
    return " ".join(code[start : start + 4] for start in range(0, _LENGTH, 4))


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _record(name: str, kiosk: Kiosk, *, by: Actor, at: datetime, why: KioskEnd | None = None) -> None:
    record(f"kiosk.{name}", subject=kiosk.pk, office=kiosk.place.office_id, by=by, at=at, why=why)
