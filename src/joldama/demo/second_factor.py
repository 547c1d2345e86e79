"""The second factor of the demonstration's officials: real TOTP, whose present code anybody may see."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from joldama.people.models import Account


def give_second_factor(account: Account) -> None:
    """Give an official a secret, kept encrypted as every second factor is."""
    totp.TOTP.activate(account, totp.generate_totp_secret())


def present_code(account: Account) -> str:
    """Tell the code that opens now; empty where there is no second factor."""
    authenticator = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return ""
    secret = get_adapter().decrypt(authenticator.data["secret"])
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))
