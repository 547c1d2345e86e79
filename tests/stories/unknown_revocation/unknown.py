"""Keys of which no list and no responder says anything yet."""

from datetime import timedelta

from django.test import Client

from govkz.eds.pki import Identity
from joldama.people.models import Person, Staff
from tests.factories import pki
from tests.stories.town import Town

TUESDAY = "2015-09-15 10:00"


def key_of(person: Person) -> Identity:
    """A key of the person's own, used in one story only: another story may have revoked it."""
    return pki.person(person.iin, at=pki.FROM + timedelta(minutes=len(pki.authority().revoked) + 10))


def english(town: Town, who: Staff) -> Client:
    browser = town.browser_of(who)
    browser.cookies["language"] = "en"
    return browser
