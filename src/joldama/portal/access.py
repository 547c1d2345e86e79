"""Who may open a page of the portal."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest

from joldama.people.models import Person
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
