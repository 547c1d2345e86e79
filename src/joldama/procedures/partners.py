"""The systems of partners that hand in openings: an administrator gives one its key, renews it and ends it."""

import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q

from joldama.journal.operations import record
from joldama.openings.models import Partner
from joldama.people.models import Office, Place, Staff
from joldama.procedures.administer import require_administrator
from joldama.procedures.refusing import NotYet

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the list knows when a system was last heard."""

MINUTE = timedelta(minutes=1)
"""In which the calls of a system are counted."""

_MARK = "joldama_"
"""Begins every key, so that one that strayed into a file or a log is found."""


class KeyIsOver(NotYet):
    """The last day of this key has passed."""

    def __init__(self) -> None:
        super().__init__("api.key_over")


class TooManyCalls(NotYet):
    """This system has called too often; `again_at` (UTC) is the moment from which it may call again."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__("api.too_many")
        self.again_at = again_at


def make(
    office: Office, *, name: str, until_on: date | None = None, by: Staff, at: datetime
) -> tuple[Partner, str]:
    """Make a system of an office with its key, shown once, good up to a last day of the office's place.

    Raise NotAllowed, NotYet for a name that stands.
    """
    require_administrator(by)
    key = _new_key()
    row = Partner(
        office=office,
        name=name,
        key_hash=_hash(key),
        key_made_at=at,
        key_until_on=until_on,
        made_at=at,
        made_by=by,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _record("made", row, by=by, at=at)
    except IntegrityError as error:
        if "one_partner_per_name_and_office" not in str(error):
            raise
        raise NotYet("error.partner_name", name=name) from error
    return row, key


@transaction.atomic
def renew_key(partner: Partner, *, until_on: date | None = None, by: Staff, at: datetime) -> str:
    """Give a new key; the one before it opens nothing any more. Raise NotAllowed, NotYet for an ended system."""
    require_administrator(by)
    key = _new_key()
    if not _standing(partner).update(key_hash=_hash(key), key_made_at=at, key_until_on=until_on):
        raise NotYet("error.partner_ended", name=partner.name)
    _record("key_made", partner, by=by, at=at)
    return key


@transaction.atomic
def end(partner: Partner, *, by: Staff, at: datetime) -> bool:
    """End a system; say whether it was not ended yet. What it handed in stays. Raise NotAllowed."""
    require_administrator(by)
    ended = _standing(partner).update(key_hash=None, ended_at=at, ended_by=by)
    if ended:
        _record("ended", partner, by=by, at=at)
    return bool(ended)


def partner_of(key: str) -> Partner | None:
    """Give the system that shows this key, with its office."""
    if not key.startswith(_MARK):
        return None
    return Partner.objects.select_related("office").filter(key_hash=_hash(key)).first()


def count_call(partner: Partner, *, most: int, at: datetime) -> None:
    """Count a call of a system, of which a minute takes so many. Raise KeyIsOver, TooManyCalls."""
    if is_over(partner, at=at):
        raise KeyIsOver
    standing = _standing(partner)
    minute_is_over = Q(minute_at=None) | Q(minute_at__lte=at - MINUTE)
    if standing.filter(minute_is_over).update(minute_at=at, calls=1):
        return
    # One statement counts and takes: calls that come at once are never more than there may be.
    if not standing.filter(calls__lt=most).update(calls=F("calls") + 1):
        partner.refresh_from_db(fields=["minute_at"])
        raise TooManyCalls((partner.minute_at or at) + MINUTE)


def is_over(partner: Partner, *, at: datetime) -> bool:
    """Say whether the last day of a key has passed in its office's place."""
    return partner.key_until_on is not None and today_of(partner.office, at=at) > partner.key_until_on


def today_of(office: Office, *, at: datetime) -> date:
    """Give the day of an office: that of its main place."""
    main = Place.objects.filter(office=office, is_main=True).first()
    return at.astimezone((main or Place()).zone).date()


def heard(partner: Partner, *, at: datetime) -> None:
    """Remember that a system called; written once a minute."""
    seldom = Q(seen_at=None) | Q(seen_at__lte=at - SEEN_EVERY)
    if partner.seen_at is None or partner.seen_at <= at - SEEN_EVERY:
        _standing(partner).filter(seldom).update(seen_at=at)


def _standing(partner: Partner) -> models.QuerySet[Partner]:
    return Partner.objects.filter(pk=partner.pk, ended_at=None)


def _record(what: str, partner: Partner, *, by: Staff, at: datetime) -> None:
    record(f"partner.{what}", subject=partner.pk, office=partner.office_id, by=by.actor, at=at)


def _new_key() -> str:
    return f"{_MARK}{secrets.token_urlsafe(32)}"


def _hash(key: str) -> bytes:
    # The key is 256 random bits: nothing slower is needed to keep it from being guessed.
    return sha256(key.encode()).digest()
