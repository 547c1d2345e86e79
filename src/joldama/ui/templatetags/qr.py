"""QR codes of our own addresses, drawn into the page: they print with it and need no second request."""

import re
from collections.abc import Iterator

import segno
from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""


@register.simple_tag
def own_address(path: str) -> str:
    """Give a path of ours as it is opened from outside."""
    return f"{settings.JOLDAMA_ORIGIN}{path}"


@register.simple_tag
def qr(address: str, words: str) -> SafeString:
    """Draw an address as a QR code on white with its quiet zone; `words` are said instead of the picture."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=QUIET)]
    return format_html(
        '<div class="code" role="img" aria-label="{}"><svg viewBox="0 0 {size} {size}">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{}"/></svg></div>',
        words,
        "".join(_run(x, y, length) for y, row in enumerate(rows) for x, length in _dark(row)),
        size=len(rows),
    )


def _dark(row: bytes) -> Iterator[tuple[int, int]]:
    """Give the runs of dark modules in a row: where each begins, how many they are."""
    return ((found.start(), len(found[0])) for found in re.finditer(b"\x01+", row))


def _run(x: int, y: int, length: int) -> str:
    return f"M{x} {y}h{length}v1h-{length}z"
