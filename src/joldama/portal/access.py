"""Who may open a page of the portal."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joldama.installation.clock import now
from joldama.people.models import Person
from joldama.procedures import sign_in
from joldama.ui.pages import Access

CAPITAL = ZoneInfo("Asia/Almaty")
"""The wall clock of what belongs to no place."""


def _is_person(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.person_id is not None


PERSON = Access("person", _is_person, sign_in="portal:sign-in")


def person_of(request: HttpRequest) -> Person:
    """Give the person who is signed in; only behind PERSON."""
    assert request.user.is_authenticated
    person = request.user.person
    assert person is not None
    return person


def while_unchecked(request: HttpRequest) -> HttpResponse | None:
    """Keep what the account holds back until it is known that the key that opened it was not revoked (A31).

    *Not known* is not *valid*: meanwhile one can apply, and read the receipt of that.
    """
    if _CHECKED in request.session:
        return None
    if not sign_in.is_unchecked(person_of(request), at=now()):
        request.session[_CHECKED] = True
        return None
    response = render(request, "portal/being_checked.html", {"section": "account"}, status=403)
    response.headers["Refresh"] = _LOOKED_AGAIN_AFTER
    return response


_CHECKED = "key_checked"
_LOOKED_AGAIN_AFTER = "10"  # seconds
