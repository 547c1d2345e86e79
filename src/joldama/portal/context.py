"""What every page says of the standard: the edition in force today."""

from typing import Any

from django.http import HttpRequest

from joldama.installation.clock import now
from joldama.installation.identity import NotPrepared
from joldama.portal.access import CAPITAL
from joldama.standard.editions import EDITIONS, Edition, NoEdition, edition_on


def standard(request: HttpRequest) -> dict[str, Any]:
    """Give the edition's hours, telephones and text to the base pages; costs no query (a context processor)."""
    return {"edition": edition_today()}


def edition_today() -> Edition:
    """Give the edition in force; before there is any, and before there is a clock, the first one."""
    try:
        return edition_on(now().astimezone(CAPITAL).date())
    except (NoEdition, NotPrepared):
        return EDITIONS[0]
