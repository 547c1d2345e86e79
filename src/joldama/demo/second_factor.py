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


def unused_code(account: Account) -> str:
    """Tell a code that opens now and did not open yet; empty where both at hand are used, or there is none."""
    return unused_codes([account])[account.pk]


def unused_codes(accounts: list[Account]) -> dict[UUID, str]:
    """Tell for each account the present code, or the next one where the present one is used.

    A code works once, and one step ahead is accepted (RFC 6238 §5.2).
    """
    now = int(time.time()) // PERIOD
    codes = {account.pk: "" for account in accounts}
    for factor in Authenticator.objects.filter(user__in=accounts, type=Authenticator.Type.TOTP):
        step = max(now, factor.data.get("latest_step", now - 1) + 1)
        if step <= now + 1:
            secret = get_adapter().decrypt(factor.data["secret"])
            codes[factor.user_id] = totp.format_hotp_value(totp.hotp_value(secret, step))
    return codes
