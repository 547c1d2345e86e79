"""What a page needs to have a document signed, and the signed document that comes back.

A page shows `ui/signing.html` with the values of `signing`; each way of signing is a template of its own.
"""

import base64
import binascii
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict

from joldama.signatures.queries import takes_tests
from joldama.ui.kept import take_typed
from joldama.ui.ncalayer import HOME, Signer, sign_request
from joldama.ui.templatetags.words import language

WAYS = ("ui/signing_ncalayer.html", "ui/signing_qr.html", "ui/signing_file.html")
"""The ways of signing, in the order in which a page offers them."""

LARGEST = 1_000_000
"""Bytes of a signed message; the papers of the service are at most 64 KiB."""


def signing(document: bytes, *, by: Signer, document_url: str, draft: str = "") -> dict[str, Any]:
    """Give what `ui/signing.html` shows of the bytes to sign; `draft` is the reference they are kept under."""
    request = sign_request(
        by,
        language=language(),
        has_timestamp=settings.JOLDAMA_TIMESTAMPS,
        takes_tests=takes_tests(),
    )
    return {
        "signing_ways": WAYS,
        "signing_draft": draft,
        "document_url": document_url,
        "document_base64": base64.b64encode(document).decode(),
        "ncalayer": settings.JOLDAMA_NCALAYER,
        "ncalayer_request": json.dumps(request),
        "ncalayer_home": HOME,
    }


def handed_in(request: HttpRequest) -> QueryDict | None:
    """Give the form that hands in what was signed; None where a page is only opened.

    Whoever had to sign in again before it was taken finds it kept (A38); a file has to be chosen anew.
    """
    return request.POST if request.method == "POST" else take_typed(request)


def read_cms(request: HttpRequest, form: QueryDict) -> bytes | None:
    """Give the signed message in `cms` (PEM, or Base64 of it or of DER) or `cms_file` of a form.

    None where neither is filled.
    """
    file = request.FILES.get("cms_file")
    if file is not None:
        return file.read(LARGEST + 1)
    typed = form.get("cms", "").strip()
    if not typed:
        return None
    try:
        return base64.b64decode(typed, validate=True)
    except (binascii.Error, ValueError):
        return typed.encode()
