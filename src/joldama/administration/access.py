"""Who may open which page of the administration (§4.8): administrators, who see no cases and no persons."""

from django.http import HttpRequest

from joldama.installation.clock import now
from joldama.standard.roles import Role
from joldama.ui.officials import Desk, desk_at, one_of

ADMINISTRATOR = one_of(Role.ADMINISTRATOR, clock=now)


def desk_of(request: HttpRequest) -> Desk:
    """Give the desk of the administrator who is signed in; only behind ADMINISTRATOR."""
    return desk_at(request, at=now())
