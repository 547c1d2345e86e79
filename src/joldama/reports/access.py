"""Who may open the reports (§4.8): a head or his deputy his own office's, the auditor all; rows carry no names."""

from django.http import HttpRequest

from joldama.installation.clock import now
from joldama.standard.roles import Role
from joldama.ui.officials import Desk, desk_at, one_of

READER = one_of(Role.HEAD, Role.DEPUTY, Role.AUDITOR, clock=now, name="report reader")


def desk_of(request: HttpRequest) -> Desk:
    """Give the desk of who is signed in; only behind READER."""
    return desk_at(request, at=now())
