"""The keys of this installation that sign the codes on its papers: the highest number signs, all are published."""

from django.conf import settings

from joldama.vault.code_key import CodeKey, KeptKey, public_half


def signing_key() -> tuple[KeptKey, CodeKey]:
    """Return both halves of the key that signs now."""
    number = max(settings.JOLDAMA_CODE_KEYS)
    kept = settings.JOLDAMA_CODE_KEYS[number]
    return kept, public_half(number, kept)


def public_keys() -> tuple[CodeKey, ...]:
    """Return the public halves by number, the one that signs now as the last."""
    return tuple(public_half(number, kept) for number, kept in sorted(settings.JOLDAMA_CODE_KEYS.items()))
