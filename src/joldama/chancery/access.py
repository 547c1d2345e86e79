"""Who may open which page of a chancery; each complaint is limited further (complaints.rules)."""

from django.http import HttpRequest

from joldama.complaints.rules import CHANCERY_ROLES
from joldama.installation.clock import now
from joldama.standard.roles import Role
from joldama.ui.officials import Desk, desk_at, one_of

CHANCERY = one_of(*sorted(CHANCERY_ROLES), clock=now, name="complaints")
OFFICER = one_of(Role.CHANCERY, clock=now)
ADDRESSEE = one_of(
    Role.HEAD, Role.DEPUTY, Role.AKIM, Role.QUALITY_OFFICIAL, clock=now, name="complaints' addressee"
)
BODY = one_of(
    Role.CHANCERY,
    Role.HEAD,
    Role.DEPUTY,
    Role.AKIM,
    Role.QUALITY_OFFICIAL,
    clock=now,
    name="complaints' body",
)


def desk_of(request: HttpRequest) -> Desk:
    """Give the desk of who is signed in; only behind a rule of this module."""
    return desk_at(request, at=now())
