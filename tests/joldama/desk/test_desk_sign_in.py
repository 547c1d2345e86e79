"""An official signs in with password and second factor."""

import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import world
from tests.factories.codes import codes_near_now, present_code
from tests.factories.steps import MONDAY_TEN
from tests.factories.world import World
from tests.joldama.desk.reading import said

from joldama.demo.second_factor import give_second_factor
from joldama.people.models import Account, Staff
from joldama.people.second_factor import has_second_factor

PASSWORD = "a long pass phrase"
DOES_NOT_FIT = "The login, password or code does not fit."


@pytest.fixture
def browser(clock: time_machine.Traveller) -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


@pytest.fixture
def account(astana: World) -> Account:
    made = Account.objects.create_user("specialist", PASSWORD, staff=astana.specialist)
    give_second_factor(made)
    return made


def enter(browser: Client, *, code: str, password: str = PASSWORD, username: str = "specialist"):
    return browser.post(reverse("desk:sign-in"), {"username": username, "password": password, "code": code})


def test_password_and_code_open_the_work_list(account: Account, browser: Client) -> None:
    response = enter(browser, code=present_code(account))

    assert (response.status_code, response.url) == (302, reverse("desk:work"))
    assert browser.get(response.url).status_code == 200
    assert browser.session.get_expiry_age() <= 12 * 60 * 60


def test_the_way_back_is_kept_and_never_leads_elsewhere(account: Account, browser: Client) -> None:
    code, _, following = codes_near_now(account)

    inside = browser.post(
        f"{reverse('desk:sign-in')}?next={reverse('desk:me')}",
        {"username": "specialist", "password": PASSWORD, "code": code},
    )
    browser.post(reverse("desk:sign-out"))
    outside = browser.post(
        f"{reverse('desk:sign-in')}?next=//elsewhere.example/",
        {"username": "specialist", "password": PASSWORD, "code": following},
    )

    assert (inside.url, outside.url) == (reverse("desk:me"), reverse("desk:work"))


@pytest.mark.parametrize(
    ("wrong", "value"), [("username", "nobody"), ("password", "another"), ("code", "000000"), ("code", "")]
)
def test_a_fault_never_says_what_was_wrong(account: Account, browser: Client, wrong: str, value: str) -> None:
    given = {"username": "specialist", "password": PASSWORD, "code": present_code(account), wrong: value}

    response = browser.post(reverse("desk:sign-in"), given)

    assert response.status_code == 422
    assert DOES_NOT_FIT in said(response)
    assert "_auth_user_id" not in browser.session


def test_a_code_opens_once(account: Account, browser: Client) -> None:
    code = present_code(account)
    enter(browser, code=code)
    browser.post(reverse("desk:sign-out"))

    response = enter(browser, code=code)

    assert response.status_code == 422
    assert DOES_NOT_FIT in said(response)


def test_an_older_code_opens_no_more_once_a_newer_one_did(account: Account, browser: Client) -> None:
    _, older, newer = codes_near_now(account)
    enter(browser, code=newer)
    browser.post(reverse("desk:sign-out"))

    assert enter(browser, code=older).status_code == 422


def test_five_failures_lock_for_a_quarter_of_an_hour_and_say_until_when(
    account: Account, browser: Client, clock: time_machine.Traveller
) -> None:
    for _ in range(4):
        assert enter(browser, code="000000").status_code == 422
    locked = enter(browser, code="000000")

    clock.move_to(MONDAY_TEN + timedelta(minutes=14))
    still = enter(browser, code=present_code(account))
    clock.move_to(MONDAY_TEN + timedelta(minutes=15, seconds=1))
    again = enter(browser, code=present_code(account))

    assert [locked.status_code, still.status_code, again.status_code] == [429, 429, 302]
    assert "Try after 10:15 on 14 September 2015" in said(locked)
    assert "Try after 10:15 on 14 September 2015" in said(still)


def test_failures_before_a_sign_in_are_forgotten(account: Account, browser: Client) -> None:
    for _ in range(4):
        enter(browser, code="000000")
    enter(browser, code=present_code(account))
    browser.post(reverse("desk:sign-out"))

    assert enter(browser, code="000000").status_code == 422


def test_what_was_typed_stands_in_no_record_of_failures(account: Account, browser: Client) -> None:
    from axes.models import AccessAttempt

    enter(browser, code="123987", password="a wrong pass phrase")

    kept = AccessAttempt.objects.get().post_data
    assert ("123987" in kept, "a wrong pass phrase" in kept) == (False, False)


def test_an_official_who_left_signs_in_no_more_and_his_session_ends(
    account: Account, browser: Client
) -> None:
    code, _, following = codes_near_now(account)
    enter(browser, code=code)
    Staff.objects.filter(pk=account.staff_id).update(left_on=date(2015, 9, 14))

    outside = browser.get(reverse("desk:work"))
    response = enter(browser, code=following)

    assert unquote(outside.url) == "/desk/sign-in/?next=/desk/"
    assert response.status_code == 422


def test_a_session_ends_after_twelve_hours_and_typed_text_is_kept(
    account: Account, browser: Client, clock: time_machine.Traveller
) -> None:
    enter(browser, code=present_code(account))
    clock.move_to(MONDAY_TEN + timedelta(hours=11, minutes=59))
    before = browser.get(reverse("desk:work"))
    clock.move_to(MONDAY_TEN + timedelta(hours=12, seconds=1))

    after = browser.post(reverse("desk:intake"), {"surname": "Нұрланова"})
    enter(browser, code=present_code(account))
    form = browser.get(reverse("desk:intake"))

    assert before.status_code == 200
    assert unquote(after.url) == "/desk/sign-in/?next=/desk/intake/"
    assert 'value="Нұрланова"' in form.content.decode()


def test_without_a_second_factor_one_is_made_after_the_first_password(astana: World, browser: Client) -> None:
    made = Account.objects.create_user("specialist", PASSWORD, staff=astana.specialist)

    led = enter(browser, code="")
    page = browser.get(led.url)
    drawn = browser.get(reverse("desk:enrol-code"))
    wrong = browser.post(led.url, {"code": "000000"})
    right = browser.post(led.url, {"code": _code_of(page)})

    assert led.url.startswith(reverse("desk:enrol"))
    assert (drawn["Content-Type"], b"<svg" in drawn.content) == ("image/svg+xml", True)
    assert (wrong.status_code, right.status_code, right.url) == (422, 302, reverse("desk:work"))
    assert has_second_factor(made)
    assert browser.get(reverse("desk:work")).status_code == 200


def test_the_page_of_a_new_second_factor_needs_a_password_before(browser: Client) -> None:
    assert browser.get(reverse("desk:enrol")).url == reverse("desk:sign-in")
    assert browser.get(reverse("desk:enrol-code")).status_code == 404


def test_a_secret_is_stored_encrypted(astana: World, browser: Client) -> None:
    from allauth.mfa.models import Authenticator

    Account.objects.create_user("specialist", PASSWORD, staff=astana.specialist)
    led = enter(browser, code="")
    page = browser.get(led.url)
    browser.post(led.url, {"code": _code_of(page)})

    stored = Authenticator.objects.get().data["secret"]
    assert _letters(page) not in stored
    assert _letters(page) not in str(dict(browser.session))


def test_sign_out_is_a_button_not_an_address(account: Account, browser: Client) -> None:
    enter(browser, code=present_code(account))

    browser.get(reverse("desk:sign-out"))
    still = browser.get(reverse("desk:work")).status_code
    browser.post(reverse("desk:sign-out"))

    assert (still, browser.get(reverse("desk:work")).status_code) == (200, 302)


def test_a_persons_account_has_no_way_in_by_password(astana: World, browser: Client) -> None:
    person = world.applicant()

    response = enter(browser, username=str(person.pk), password="", code="")

    assert response.status_code == 422
    assert enter(browser, username=str(person.pk), code="").status_code == 422


def _letters(page) -> str:
    found = re.search(r'class="mono">([A-Z2-7 ]+)<', page.content.decode())
    assert found
    return found[1].replace(" ", "")


def _code_of(page) -> str:
    import time

    from allauth.mfa.totp.internal import auth as totp

    return totp.format_hotp_value(totp.hotp_value(_letters(page), int(time.time()) // 30))
