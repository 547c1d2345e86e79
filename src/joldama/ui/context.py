"""What every page knows: whether it is a demonstration, the languages."""

from typing import Any

from django.http import HttpRequest

from joldama.installation.identity import NotPrepared, is_demo
from joldama.standard.words import LANGUAGES


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the values of the base pages; costs no query once the process knows its installation."""
    return {
        "is_demo": _is_demo(),
        "languages": LANGUAGES,
    }


def _is_demo() -> bool:
    try:
        return is_demo()
    except NotPrepared:
        return False
