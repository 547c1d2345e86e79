"""Reads the signed document a page was given: from the signing program, or as a file handed in."""

import base64
import binascii

from django.http import HttpRequest

LARGEST = 1_000_000
"""Bytes of a signed message; the papers of the service are at most 64 KiB."""


def read_cms(request: HttpRequest) -> bytes | None:
    """Give the signed message in `cms` (base64) or `cms_file` of a form; None where neither is filled."""
    file = request.FILES.get("cms_file")
    if file is not None:
        return file.read(LARGEST + 1)
    typed = request.POST.get("cms", "").strip()
    if not typed:
        return None
    try:
        return base64.b64decode(typed, validate=True)
    except (binascii.Error, ValueError):
        return typed.encode()
