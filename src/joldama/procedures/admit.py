"""What opens an official's door: an invitation to set his password, a reset of his second factor.

A reset is asked by one administrator and confirmed by another; nobody confirms for himself.
"""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from joldama.people import entrance
from joldama.people.models import Account, Invitation, SecondFactorReset, Staff
from joldama.people.queries import open_invitation
from joldama.procedures.administer import Barred, require_administrator

VALID_FOR = timedelta(days=3)
"""How long an invitation opens."""


class WeakPassword(Exception):
    """The password is too short, too common, or like the login."""


@transaction.atomic
def invite(account: Account, *, by: Staff, at: datetime) -> tuple[str, datetime]:
    """Issue a one-time secret and say until when it opens; it is shown once and sent nowhere.

    Raise NotAllowed, Barred.
    """
    require_administrator(by)
    if account.staff_id == by.pk:
        raise Barred("error.own_invitation")
    Account.objects.select_for_update().get(pk=account.pk)
    until = at + VALID_FOR
    return entrance.issue_invitation(account, valid_until=until, by=by.actor, at=at), until


def invitation_for(login: str, secret: str, *, at: datetime) -> Invitation | None:
    """Give the invitation that this login and secret open; None without saying which of them is wrong."""
    invitation = open_invitation(login)
    return invitation if invitation and entrance.opens(invitation, secret, at=at) else None


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str, at: datetime) -> bool:
    """Set the password; say whether the invitation was still open. Raise WeakPassword."""
    try:
        validate_password(password, user=invitation.account)
    except ValidationError as error:
        raise WeakPassword from error
    return entrance.use_invitation(invitation, password=password, at=at)


@transaction.atomic
def ask_reset(account: Account, *, by: Staff, at: datetime) -> SecondFactorReset:
    """Ask for an official's second factor to be taken away; raise NotAllowed."""
    require_administrator(by)
    return entrance.ask_reset(account, by=by, at=at)


@transaction.atomic
def confirm_reset(asked: SecondFactorReset, *, by: Staff, at: datetime) -> bool:
    """Confirm what another administrator asked; say whether it was still open. Raise NotAllowed, Barred."""
    require_administrator(by)
    if asked.asked_by_id == by.pk or asked.account.staff_id == by.pk:
        raise Barred("error.own_reset")
    return entrance.confirm_reset(asked, by=by, at=at)


@transaction.atomic
def call_off_reset(asked: SecondFactorReset, *, by: Staff, at: datetime) -> bool:
    """Drop a request; say whether it was still open. Raise NotAllowed."""
    require_administrator(by)
    return entrance.call_off_reset(asked, by=by, at=at)
