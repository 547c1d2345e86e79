"""What every page of the desk is shown with: the official, the moment, the wall clock of his place."""

from django.http import HttpRequest

from joldama.installation.clock import now
from joldama.ui.officials import Desk, desk_at, show

__all__ = ["Desk", "desk_of", "show"]


def desk_of(request: HttpRequest) -> Desk:
    """Give the desk of the official who is signed in; only behind a rule of the desk."""
    return desk_at(request, at=now())
