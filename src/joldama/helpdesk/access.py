"""Who may open which page of the status desks (§4.8)."""

from django.http import HttpRequest

from joldama.installation.clock import now
from joldama.standard.roles import Role
from joldama.ui.officials import Desk, desk_at, one_of

HELPDESK = one_of(Role.REFERENCE_SERVICE, Role.OPERATOR_1414, clock=now, name="helpdesk")


def desk_of(request: HttpRequest) -> Desk:
    """Give the desk of who is signed in; only behind HELPDESK."""
    return desk_at(request, at=now())
