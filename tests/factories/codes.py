"""The codes an official's telephone shows: now, a step before, a step after."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from joldama.demo.second_factor import PERIOD
from joldama.people.models import Account


def present_code(account: Account) -> str:
    """The code shown now, whether it was used or not; empty without a second factor."""
    if not Authenticator.objects.filter(user=account).exists():
        return ""
    return codes_near_now(account)[0]


def codes_near_now(account: Account) -> list[str]:
    """The code shown now, the one before, the one after."""
    factor = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    secret = get_adapter().decrypt(factor.data["secret"])
    counter = int(time.time()) // PERIOD
    return [totp.format_hotp_value(totp.hotp_value(secret, counter + step)) for step in (0, -1, 1)]
