"""How the window of the demo signer finds the request of its page."""

import base64

from django import template

from joldama.demo.signer.requests import digest_of

register = template.Library()


@register.filter
def digest(document: str) -> str:
    """Give the digest of a document written in Base64."""
    return digest_of(base64.b64decode(document))
