"""Writes what opens an official's door: the one-time secret of an invitation, requests to reset a second factor."""

import secrets
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.people.appointing import end_sessions
from joldama.people.models import Account, Invitation, SecondFactorReset, Staff

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that could be read as another one: the secret is read out or copied by hand."""

_LENGTH = 20
"""Letters of a secret: 99 bits, so that nobody guesses one."""


def issue_invitation(account: Account, *, valid_until: datetime, by: Actor, at: datetime) -> str:
    """Call older invitations off, issue one and give its secret, which is kept nowhere."""
    assert by.id is not None
    account.invitations.filter(used_at=None, called_off_at=None).update(called_off_at=at)
    secret = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    Invitation.objects.create(
        account=account, secret_hash=_hash(secret), issued_at=at, issued_by=by.id, valid_until=valid_until
    )
    _record("invitation.issued", account, by=by, at=at)
    return " ".join(secret[start : start + 5] for start in range(0, _LENGTH, 5))


def opens(invitation: Invitation, typed: str, *, at: datetime) -> bool:
    """Say whether what was typed is the invitation's secret and its time has not passed."""
    return compare_digest(bytes(invitation.secret_hash), _hash(typed)) and at < invitation.valid_until


def use_invitation(invitation: Invitation, *, password: str, at: datetime) -> bool:
    """Set the password, which ends every session; say whether the invitation was still open."""
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None, called_off_at=None).update(used_at=at)
    if not used:
        return False
    account = invitation.account
    account.set_password(password)
    account.save(update_fields=["password"])
    assert account.staff is not None
    _record("invitation.used", account, by=account.staff.actor, at=at)
    return True


def ask_reset(account: Account, *, by: Staff, at: datetime) -> SecondFactorReset:
    """Ask for the second factor to be taken away; asked twice, it is one request."""
    asked, is_new = SecondFactorReset.objects.get_or_create(
        account=account,
        confirmed_at=None,
        called_off_at=None,
        defaults={"asked_at": at, "asked_by": by},
    )
    if is_new:
        _record("second_factor.reset_asked", account, by=by.actor, at=at)
    return asked


def confirm_reset(asked: SecondFactorReset, *, by: Staff, at: datetime) -> bool:
    """Take the second factor away and end every session; say whether the request was still open."""
    done = _open(asked).update(confirmed_at=at, confirmed_by=by)
    if done:
        Authenticator.objects.filter(user=asked.account).delete()
        end_sessions(asked.account, at=at)
        _record("second_factor.reset_confirmed", asked.account, by=by.actor, at=at)
    return bool(done)


def call_off_reset(asked: SecondFactorReset, *, by: Staff, at: datetime) -> bool:
    """Drop a request; say whether it was still open."""
    done = _open(asked).update(called_off_at=at, called_off_by=by)
    if done:
        _record("second_factor.reset_called_off", asked.account, by=by.actor, at=at)
    return bool(done)


def _open(asked: SecondFactorReset) -> QuerySet[SecondFactorReset]:
    return SecondFactorReset.objects.filter(pk=asked.pk, confirmed_at=None, called_off_at=None)


def _record(name: str, account: Account, *, by: Actor, at: datetime) -> None:
    assert account.staff is not None
    record(name, subject=account.staff.pk, office=account.staff.office_id, by=by, at=at)


def _hash(typed: str) -> bytes:
    return sha256("".join(typed.split()).upper().encode()).digest()
