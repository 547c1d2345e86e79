"""Signs for the installation itself with Ed25519 (RFC 8032), so that an outsider can tell what it once said."""

import hashlib
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_NAME = 16


def key_name() -> str:
    """Return the name of the key that signs now: 16 hexadecimal digits of the SHA-256 of its public half."""
    return _name(_public(_latest()))


def sign(text: str) -> bytes:
    """Sign a text with the key of the highest number; 64 bytes."""
    return _private(_latest()).sign(text.encode())


def is_signed(text: str, signature: bytes, *, key: str) -> bool:
    """Say whether the key of that name, one of this installation's, signed the text."""
    public = public_keys().get(key)
    if public is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def public_keys() -> dict[str, bytes]:
    """Return the public halves (32 bytes) by their names, the one that signs now as the last."""
    halves = [_public(number) for number in sorted(settings.JOLDAMA_JOURNAL_KEYS)]
    return {_name(half): half for half in halves}


def _latest() -> int:
    return max(settings.JOLDAMA_JOURNAL_KEYS)


def _private(number: int) -> Ed25519PrivateKey:
    return _loaded(settings.JOLDAMA_JOURNAL_KEYS[number])


@cache
def _loaded(secret: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret)


def _public(number: int) -> bytes:
    return _private(number).public_key().public_bytes_raw()


def _name(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:_NAME]
