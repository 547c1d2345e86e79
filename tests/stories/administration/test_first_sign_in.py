"""An invited official sets his password once; a second factor is reset by two people."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from joldama.demo.second_factor import give_second_factor
from joldama.people.models import Account, SecondFactorReset, Staff
from joldama.people.second_factor import has_second_factor
from joldama.standard.roles import Role
from tests.stories.administration.administrators import PASSWORD, acts, at, browser, enter, typed_of
from tests.stories.counter import said
from tests.stories.town import Town


def test_an_invited_official_sets_his_password_once_and_signs_in(town: Town, first: Staff) -> None:
    desk, place = browser(town, first), town.office().place
    given = typed_of(Staff(role=Role.SPECIALIST, surname="Сұлтанова", given_name="Мәлика"))

    appointed = desk.post(
        at("appoint"), {**given, "place": str(place.pk), "login": "Astana.New", "iin": "920916246330"}
    )
    official = Staff.objects.get(surname="Сұлтанова")
    invitation = desk.post(at("invite", official.pk))
    secret = said(invitation).split("One-time secret ")[1][:23]
    before = enter("astana.new")
    set_with = {"username": "astana.new", "secret": secret.lower(), "password": PASSWORD, "again": PASSWORD}
    first_use = Client().post(at("invited"), set_with)
    second_use = Client(HTTP_ACCEPT_LANGUAGE="en").post(
        at("invited"), {**set_with, "password": "another phrase!", "again": "another phrase!"}
    )

    assert appointed.url == at("official", official.pk)
    assert invitation["Cache-Control"].startswith("max-age=0")
    assert (official.role, official.office, official.iin) == (
        Role.SPECIALIST,
        place.office,
        "920916246330",
    )
    assert before.status_code == 422
    assert first_use.url == reverse("desk:sign-in")
    assert second_use.status_code == 422
    assert "The password was not set." in said(second_use)
    assert enter("astana.new").url.startswith(reverse("desk:enrol"))
    assert acts(official.pk) == [
        ("staff.entered", first.pk),
        ("invitation.issued", first.pk),
        ("invitation.used", official.pk),
    ]


def test_an_invitation_ends_after_three_days_and_when_a_newer_one_is_issued(town: Town, first: Staff) -> None:
    official = town.office().specialist
    Account.objects.create_user("specialist", None, staff=official)
    desk = browser(town, first)
    secrets = [said(desk.post(at("invite", official.pk))).split("One-time secret ")[1][:23] for _ in range(2)]
    given = {"username": "specialist", "password": PASSWORD, "again": PASSWORD}

    older = Client().post(at("invited"), {**given, "secret": secrets[0]})
    town.at("2015-09-17 10:00")
    too_late = Client().post(at("invited"), {**given, "secret": secrets[1]})
    town.at("2015-09-17 09:59:59")
    in_time = Client().post(at("invited"), {**given, "secret": secrets[1]})

    assert (older.status_code, too_late.status_code, in_time.status_code) == (422, 422, 302)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"password": "short", "again": "short"}, "The password is weak."),
        ({"again": "another phrase!"}, "The two passwords differ."),
        ({"username": "nobody"}, "The password was not set."),
        ({"secret": "AAAAA AAAAA AAAAA AAAAA"}, "The password was not set."),
    ],
)
def test_a_password_is_not_set_where_something_is_wrong(
    town: Town, first: Staff, changes: dict[str, str], told: str
) -> None:
    official = town.office().specialist
    account = Account.objects.create_user("specialist", None, staff=official)
    page = said(browser(town, first).post(at("invite", official.pk)))
    given = {
        "username": "specialist",
        "secret": page.split("One-time secret ")[1][:23],
        "password": PASSWORD,
        "again": PASSWORD,
    }

    answer = Client(HTTP_ACCEPT_LANGUAGE="en").post(at("invited"), {**given, **changes})

    account.refresh_from_db()
    assert answer.status_code == 422
    assert told in said(answer)
    assert not account.has_usable_password()


def test_a_second_factor_is_reset_by_a_second_person_and_ends_every_session(
    town: Town, first: Staff, second: Staff
) -> None:
    official = town.office().specialist
    account = Account.objects.create_user("specialist", PASSWORD, staff=official)
    give_second_factor(account)
    at_work = town.browser_of(official)
    asking, confirming = browser(town, first), browser(town, second)

    asking.post(at("ask-reset", official.pk))
    asking.post(at("ask-reset", official.pk))
    asked = SecondFactorReset.objects.get()
    own = asking.post(at("confirm-reset", asked.pk))
    stood = has_second_factor(account)
    confirmed = confirming.post(at("confirm-reset", asked.pk))

    assert own.status_code == 409
    assert "Another administrator has to confirm it." in said(own)
    assert stood
    assert confirmed.url == at("resets")
    assert not has_second_factor(account)
    assert at_work.get(reverse("desk:work")).status_code == 302
    assert acts(official.pk) == [
        ("second_factor.reset_asked", first.pk),
        ("second_factor.reset_confirmed", second.pk),
    ]
    assert enter("specialist").url.startswith(reverse("desk:enrol"))


def test_nobody_confirms_a_reset_of_his_own_factor(town: Town, first: Staff, second: Staff) -> None:
    browser(town, first).post(at("ask-reset", second.pk))
    asked = SecondFactorReset.objects.get()

    refused = browser(town, second).post(at("confirm-reset", asked.pk))
    browser(town, second).post(at("call-off-reset", asked.pk))
    late = browser(town, second).post(at("call-off-reset", asked.pk))

    assert (refused.status_code, late.status_code) == (409, 302)
    assert has_second_factor(Account.objects.get(staff=second))
    assert [name for name, _actor in acts(second.pk)] == [
        "second_factor.reset_asked",
        "second_factor.reset_called_off",
    ]


def test_the_database_refuses_a_reset_confirmed_by_who_asked(first: Staff) -> None:
    account = Account.objects.get(staff=first)

    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.create(
            account=account,
            asked_at="2015-09-14T04:00:00Z",
            asked_by=first,
            confirmed_at="2015-09-14T04:00:00Z",
            confirmed_by=first,
        )
