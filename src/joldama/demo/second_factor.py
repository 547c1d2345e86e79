"""The second factor of the demonstration's officials: real TOTP, whose present code anybody may see."""

import time
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from joldama.people.models import Account

PERIOD = 30
"""Seconds for which a code is shown (RFC 6238)."""


def give_second_factor(account: Account) -> None:
    """Give an official a secret, kept encrypted as every second factor is."""
    totp.TOTP.activate(account, totp.generate_totp_secret())


def present_code(account: Account) -> str:
    """Tell the code that opens now; empty where there is no second factor."""
    return present_codes([account])[account.pk]


def codes_near_now(account: Account) -> list[str]:
    """Tell the present code, then the one before and the one after, which a clock a little off would show."""
    factor = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    secret = get_adapter().decrypt(factor.data["secret"])
    counter = int(time.time()) // PERIOD
    return [totp.format_hotp_value(totp.hotp_value(secret, counter + step)) for step in (0, -1, 1)]


def present_codes(accounts: list[Account]) -> dict[UUID, str]:
    """Tell the codes that open now, by account; empty where there is no second factor."""
    counter = int(time.time()) // PERIOD
    codes = {account.pk: "" for account in accounts}
    for factor in Authenticator.objects.filter(user__in=accounts, type=Authenticator.Type.TOTP):
        secret = get_adapter().decrypt(factor.data["secret"])
        codes[factor.user_id] = totp.format_hotp_value(totp.hotp_value(secret, counter))
    return codes
