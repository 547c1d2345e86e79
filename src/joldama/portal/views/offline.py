"""A page that checks the code of a referral without a network: one file, with the keys of today in it (A33)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from joldama.installation.clock import now, offset
from joldama.portal.access import CAPITAL
from joldama.standard.kinds import ResultKind
from joldama.ui.standalone import standalone
from joldama.ui.templatetags.words import say
from joldama.vault.code_key import published
from joldama.vault.code_keys import public_keys

FRESH_FOR = timedelta(days=90)
"""How long a kept page asks nobody to fetch it again: what it cannot learn is that a key was withdrawn."""

_STYLES = tuple(f"ui/look/{name}.css" for name in ("tokens", "base", "components", "portal", "extra"))


@require_safe
def check_offline(request: HttpRequest) -> HttpResponse:
    """Give the page in the reader's language; it asks nothing of us once it is there."""
    address = f"{settings.JOLDAMA_ORIGIN}{reverse('portal:verify')}"
    made_on = now().astimezone(CAPITAL).date()
    context = {"online": address, "known": _known(f"{address}?", made_on), "made_on": made_on}
    return standalone(request, "portal/offline.html", context, styles=_STYLES, script="portal/offline.js")


def _known(start: str, made_on: date) -> dict[str, Any]:
    """Say what the script knows: how our codes begin, the keys, the kinds by their numbers, until when it is fresh.

    `ahead` is how many seconds the clock of a demonstration runs before the reader's own; zero in life.
    """
    return {
        **published(public_keys()),
        "start": start,
        "kinds": [say(kind.text_key) for kind in ResultKind],
        "fresh_until": (made_on + FRESH_FOR).isoformat(),
        "ahead": round(offset().total_seconds()),
    }
