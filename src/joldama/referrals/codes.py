"""Writes one-time codes: made for a confirmed contact, tried, used up, locked by wrong ones."""

import secrets
from datetime import datetime
from enum import Enum, auto
from hmac import compare_digest
from uuid import UUID, uuid4

from django.db.models import F

from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.operations import record
from joldama.openings.models import Contact
from joldama.referrals.models import Referral
from joldama.referrals.replies import MOST_MISSES, CodeEnd, ReplyCode
from joldama.vault.cipher import blind

_DIGITS = 8
_INDEX = "reply code"


class Tried(Enum):
    """What a typed code is."""

    FITS = auto()
    WRONG = auto()
    LOCKED = auto()
    """Wrong, and that was one time too many."""
    OVER = auto()


def make_code(
    referral: Referral, contact: Contact, *, expires_at: datetime, by: Actor, at: datetime
) -> ReplyCode:
    """Make a new code, in the place of the one before; call it in a transaction that holds the referral."""
    open_ones = ReplyCode.objects.filter(referral=referral, ended_at=None)
    open_ones.update(ended_at=at, ended_why=CodeEnd.REPLACED)
    key, code = uuid4(), f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    made = ReplyCode.objects.create(
        id=key,
        referral=referral,
        contact=contact,
        code=code,
        code_index=_index(key, code),
        made_at=at,
        expires_at=expires_at,
    )
    office = referral.application.office_id
    record("referral.code_made", subject=referral.pk, office=office, by=by, at=at)
    return made


def try_code(code: ReplyCode, typed: str, *, at: datetime) -> Tried:
    """Try what was typed on a locked row; a wrong one is counted. Call it in a transaction that commits."""
    if not code.is_open(at=at) or code.contact.ended_at is not None:
        return Tried.OVER
    if compare_digest(_index(code.pk, _digits_of(typed)), bytes(code.code_index)):
        return Tried.FITS
    code.misses += 1
    is_last = code.misses >= MOST_MISSES
    end = {"ended_at": at, "ended_why": CodeEnd.LOCKED} if is_last else {}
    ReplyCode.objects.filter(pk=code.pk).update(misses=F("misses") + 1, **end)
    if is_last:
        office = code.referral.application.office_id
        record("referral.code_locked", subject=code.referral_id, office=office, by=SYSTEM, at=at)
        return Tried.LOCKED
    return Tried.WRONG


def use_up(code: ReplyCode, *, at: datetime) -> None:
    """Let a code open nothing any more: it was used."""
    ReplyCode.objects.filter(pk=code.pk, ended_at=None).update(ended_at=at, ended_why=CodeEnd.USED)


def end_codes(referral: Referral, *, at: datetime) -> None:
    """Let no code of a referral open anything any more: it was answered another way."""
    open_ones = ReplyCode.objects.filter(referral=referral, ended_at=None)
    open_ones.update(ended_at=at, ended_why=CodeEnd.REPLACED)


def code_to_send(code_id: UUID) -> str:
    """Give the code for its letter, in groups that are easy to copy; empty once its letter has gone."""
    kept = ReplyCode.objects.get(pk=code_id).code or ""
    return " ".join((kept[: _DIGITS // 2], kept[_DIGITS // 2 :])).strip()


def forget_code(code_id: UUID) -> None:
    """Forget the code itself: its letter has gone, or will not go."""
    ReplyCode.objects.filter(pk=code_id).update(code=None)


def made_since(referral: Referral, since: datetime) -> int:
    """Count the codes made for a referral since a moment."""
    return ReplyCode.objects.filter(referral=referral, made_at__gt=since).count()


def _digits_of(typed: str) -> str:
    return "".join(one for one in typed if one.isascii() and one.isdigit())


def _index(key: UUID, code: str) -> bytes:
    return blind(_INDEX, f"{key}:{code}")
