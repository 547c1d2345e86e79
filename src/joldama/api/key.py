"""The system a call comes from: it shows its key in the header `Authorization: Bearer …` (RFC 6750)."""

from django.http import HttpRequest, HttpResponse

from joldama.api.answering import wrong
from joldama.installation.clock import now
from joldama.openings.models import Partner
from joldama.procedures import partners

_KNOWN = "joldama_partner"


def unless_known(request: HttpRequest) -> HttpResponse | None:
    """Answer whoever shows no key that opens; else remember the system and let it pass."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    partner = partners.partner_of(key.strip()) if scheme.lower() == "bearer" else None
    if partner is None:
        answer = wrong("api.key", status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    partners.heard(partner, at=now())
    setattr(request, _KNOWN, partner)
    return None


def partner_of(request: HttpRequest) -> Partner:
    """Give the system a call comes from; only behind the rule above."""
    partner: Partner = getattr(request, _KNOWN)
    return partner
