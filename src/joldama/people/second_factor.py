"""The second factor of officials: time-based codes (RFC 6238) whose secret is kept encrypted.

A code is good once: the step of the latest accepted one stands beside the secret, so that every web
process knows it (RFC 6238 §5.2). Codes count by the clock of the world, whatever a demonstration shows.
"""

from base64 import b64decode, b64encode
from hmac import compare_digest

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.db import transaction

from joldama.people.models import Account
from joldama.vault.cipher import seal, unseal

_PLACE = "second-factor"
_LATEST = "latest_step"


class SealedSecrets(DefaultMFAAdapter):
    """Has the library keep its secrets encrypted (MFA_ADAPTER)."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for its row."""
        return b64encode(seal(text.encode(), place=_PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret; raise Tampered where it was changed."""
        return unseal(b64decode(encrypted_text), place=_PLACE).decode()


def has_second_factor(account: Account) -> bool:
    """Say whether the official has confirmed a second factor."""
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


@transaction.atomic
def accept_code(account: Account, code: str) -> bool:
    """Say whether this code opens now; a code that opened once, or an older one, does not."""
    kept = (
        Authenticator.objects.select_for_update().filter(user=account, type=Authenticator.Type.TOTP).first()
    )
    if kept is None:
        return False
    step = _step_of(get_adapter().decrypt(kept.data["secret"]), code)
    if step is None or step <= kept.data.get(_LATEST, -1):
        return False
    kept.data = {**kept.data, _LATEST: step}
    kept.save(update_fields=["data"])
    return True


def offered_secret() -> str:
    """Make a secret to be confirmed by a first code, encrypted for the time until then."""
    return SealedSecrets().encrypt(totp.generate_totp_secret())


def letters_of(offered: str) -> str:
    """Give an offered secret as it is typed into an application: groups of four letters."""
    secret = SealedSecrets().decrypt(offered)
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def address_of(account: Account, offered: str) -> str:
    """Give an offered secret as the address an application reads from a QR code."""
    return get_adapter().build_totp_url(account, SealedSecrets().decrypt(offered))


@transaction.atomic
def confirm(account: Account, offered: str, code: str) -> bool:
    """Make an offered secret the second factor if the code is of it; one that stands is never replaced."""
    secret = SealedSecrets().decrypt(offered)
    step = _step_of(secret, code)
    Account.objects.select_for_update().get(pk=account.pk)
    if step is None or has_second_factor(account):
        return False
    made = totp.TOTP.activate(account, secret).instance
    made.data = {**made.data, _LATEST: step}
    made.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    typed = "".join(code.split())
    for step in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, step))
        if compare_digest(expected.encode(), typed.encode()):
            return step
    return None
