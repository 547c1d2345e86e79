"""A31: who signed in with a key that is not checked yet sees nothing of his own, and can apply."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from joldama.journal.models import Event
from joldama.people.models import Account
from joldama.procedures import sign_in
from tests.factories import pki, world
from tests.fakes.centre import FakeCentre
from tests.stories.town import Town
from tests.stories.unknown_revocation.unknown import TUESDAY, key_of


def test_a_sign_in_that_turns_out_to_be_with_a_revoked_key_opens_nothing_any_longer(
    town: Town, centre: FakeCentre
) -> None:
    town.at(TUESDAY)
    person = world.applicant("citizen-card")
    key = key_of(person)
    town.trusts_only("2015-09-13 10:00")
    browser = Client()
    document = sign_in.challenge(origin="http://localhost:8000", at=town.now)
    account = sign_in.sign_in(key.sign(document, at=town.now), expected=document, at=town.now)
    browser.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(reverse("portal:step", args=["kind"])).status_code == 200
    pki.authority().revoke(key, at=town.now - timedelta(days=1))

    centre.answers()
    town.work()

    assert browser.get(reverse("portal:account")).status_code == 302
    assert Account.objects.get(pk=account.pk).is_active
    assert Event.objects.filter(name="person.sign_in_failed").count() == 1


def test_until_a_sign_in_is_checked_the_account_shows_nothing_and_one_can_apply(
    town: Town, centre: FakeCentre
) -> None:
    """*Not known* is not *valid*."""
    town.at("2015-09-14 10:00")
    earlier = town.apply()
    person = earlier.person
    town.passes_to(TUESDAY)
    town.trusts_only("2015-09-13 10:00")
    document = sign_in.challenge(origin="http://localhost:8000", at=town.now)
    sign_in.sign_in(key_of(person).sign(document, at=town.now), expected=document, at=town.now)
    browser = town.browser_of(person)
    browser.cookies["language"] = "en"
    addresses = [
        reverse("portal:account"),
        reverse("portal:case", args=[earlier.pk]),
        reverse("portal:case-document", args=[earlier.pk]),
        reverse("portal:complain-step", args=["about"]),
        reverse("portal:contact"),
    ]

    waiting = [browser.get(address) for address in addresses]

    assert {response.status_code for response in waiting} == {403}
    assert all("Your EDS is being checked" in response.content.decode() for response in waiting)
    assert not any(earlier.number in response.content.decode() for response in waiting)
    assert browser.get(reverse("portal:step", args=["kind"])).status_code == 200

    centre.answers()
    town.work()

    assert browser.get(reverse("portal:account")).status_code == 200
    assert browser.get(reverse("portal:case", args=[earlier.pk])).status_code == 200
