"""AES-256-GCM with numbered keys, bound to the row and column it was made for."""

import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class Tampered(Exception):
    """The stored bytes were changed, or belong to another row, column or key."""


@cache
def _key(number: int) -> AESGCM:
    return AESGCM(settings.JOLDAMA_KEYS[number])


def seal(plain: bytes, *, place: str) -> bytes:
    """Encrypt `plain` for `place` (table.column:row); layout: key number 1 B, nonce 12 B, ciphertext."""
    number = max(settings.JOLDAMA_KEYS)
    nonce = os.urandom(_NONCE)
    return bytes([number]) + nonce + _key(number).encrypt(nonce, plain, place.encode())


def unseal(stored: bytes, *, place: str) -> bytes:
    """Decrypt what `seal` made for the same place; raise Tampered otherwise."""
    try:
        return _key(stored[0]).decrypt(stored[1 : 1 + _NONCE], stored[1 + _NONCE :], place.encode())
    except (InvalidTag, KeyError, IndexError, ValueError) as error:
        raise Tampered(place) from error


def blind(purpose: str, value: str | bytes) -> bytes:
    """Give the 32-byte keyed hash by which `value` is found without being readable."""
    text = value.encode() if isinstance(value, str) else value
    return hmac.new(settings.JOLDAMA_INDEX_KEY, purpose.encode() + b"\0" + text, hashlib.sha256).digest()
