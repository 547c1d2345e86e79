"""The system a call comes from: it shows its key in the header `Authorization: Bearer …` (RFC 6750).

Calls beyond the limit of a minute are answered 429 (RFC 6585), with the seconds after which to call again.
"""

from datetime import datetime
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from joldama.api.answering import wrong
from joldama.installation.clock import now
from joldama.openings.models import Partner
from joldama.procedures import partners

_KNOWN = "joldama_partner"


def unless_known(request: HttpRequest) -> HttpResponse | None:
    """Answer whoever shows no key that opens, or calls too often; else remember the system and let it pass."""
    at = now()
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    partner = partners.partner_of(key.strip()) if scheme.lower() == "bearer" else None
    if partner is None:
        return _closed("api.key")
    try:
        partners.count_call(partner, most=settings.JOLDAMA_PARTNER_CALLS, at=at)
    except partners.KeyIsOver as over:
        return _closed(over.key)
    except partners.TooManyCalls as many:
        return _later(many, at=at)
    partners.heard(partner, at=at)
    setattr(request, _KNOWN, partner)
    return None


def _closed(key: str) -> HttpResponse:
    answer = wrong(key, status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _later(many: partners.TooManyCalls, *, at: datetime) -> HttpResponse:
    answer = wrong(many.key, status=429)
    answer["Retry-After"] = str(max(1, ceil((many.again_at - at).total_seconds())))
    return answer


def partner_of(request: HttpRequest) -> Partner:
    """Give the system a call comes from; only behind the rule above."""
    partner: Partner = getattr(request, _KNOWN)
    return partner
