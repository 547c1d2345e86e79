"""Where a page of a demonstration shows the window of the demo signer, which stands for NCALayer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def window(request: HttpRequest) -> dict[str, Any]:
    """Give the pages that sign the signer's window and its page for files (a context processor)."""
    if not settings.JOLDAMA_SIGNER_URL:
        return {}
    return {
        "signing_window": "demo/_signer.html",
        "signer": settings.JOLDAMA_SIGNER_URL,
        "signing_by_hand": f"{settings.JOLDAMA_SIGNER_URL}/",
    }
