"""Whoever holds a referral verifies it; whoever does not learns nothing (A33)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories.steps import MONDAY_TEN, drafted, sealed, signed, walked_in
from tests.factories.world import World

from joldama.procedures.verify import MOST_TRIES, forget_tries
from joldama.referrals.models import Referral, VerificationTry
from joldama.vault.code_key import read_published
from joldama.vault.code_keys import public_keys

ON = "2015-09-14"


@pytest.fixture
def referral(astana: World) -> Referral:
    application = walked_in(astana)
    drafted(astana, application)
    sealed(signed(astana, application))
    return Referral.objects.get()


def asked(number: str, on: str, code: str) -> tuple[int, str]:
    response = Client().get("/verify/", {"n": number, "d": on, "c": code})
    page = response.content.decode().split("<main", 1)[1]
    return response.status_code, " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_referral_verifies_and_names_its_holder_by_initials_only(referral: Referral) -> None:
    status, page = asked(referral.number, ON, referral.control_code)

    assert status == 200
    assert "Жолдама жарамды" in page
    assert "Н.А.С." in page
    assert "7840" in page
    assert "Нұрланова" not in page
    assert "900115267840" not in page


def test_a_code_is_read_in_either_alphabet_and_any_case(referral: Referral) -> None:
    cyrillic = referral.control_code.translate(str.maketrans("ABCEHKMOPTXY", "авсенкмортху"))

    assert "Жолдама жарамды" in asked(referral.number, "14.09.2015", f"{cyrillic[:4]}-{cyrillic[4:]}")[1]


@pytest.mark.parametrize(("typed", "shown"), [(ON, "14.09.2015"), ("2015-09-31", "2015-09-31")])
def test_the_day_a_code_brings_is_shown_as_the_hint_asks_for_it(
    astana: World, typed: str, shown: str
) -> None:
    response = Client().get("/verify/", {"n": "1", "d": typed, "c": "AAAAAAAA"})

    assert f'value="{shown}"' in response.content.decode()


def test_a_wrong_number_date_or_code_all_give_the_answer_of_an_unknown_one(referral: Referral) -> None:
    def said(number: str, on: str, code: str) -> str:
        return asked(number, on, code)[1].split("Басқа жолдаманы тексеру")[0]

    unknown = said("АСТ-Ж-2015-999999", ON, "AAAAAAAA")

    assert said(referral.number, ON, "AAAAAAAA") == unknown
    assert said(referral.number, "2015-09-15", referral.control_code) == unknown
    assert said("АСТ-Ж-2015-000002", ON, referral.control_code) == unknown
    assert "Мұндай жолдама табылмады" in unknown


def test_after_its_last_day_a_referral_has_expired(referral: Referral) -> None:
    with time_machine.travel(MONDAY_TEN + timedelta(days=7), tick=False):
        assert "Жолдама жарамды" in asked(referral.number, ON, referral.control_code)[1]
    with time_machine.travel(MONDAY_TEN + timedelta(days=8), tick=False):
        assert "мерзімі өткен" in asked(referral.number, ON, referral.control_code)[1]


@pytest.mark.parametrize("typed", [{"n": ""}, {"n": "x", "d": "31.02.2015", "c": "y"}, {"c": "z" * 5000}])
def test_nonsense_is_said_beside_its_field(astana: World, typed: dict) -> None:
    response = Client().get("/verify/", typed)

    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()


def test_the_eleventh_try_of_a_minute_waits_right_or_wrong(referral: Referral) -> None:
    """A33: nobody goes through codes; whoever waits is told how long."""
    for number in range(MOST_TRIES):
        assert asked("АСТ-Ж-2015-999999", ON, f"AAAAAAA{'ABCEHKMOPT'[number]}")[0] == 200

    status, page = asked(referral.number, ON, referral.control_code)

    assert status == 429
    assert "Сұрау тым көп" in page
    assert "Жолдама жарамды" not in page
    assert Client().get("/verify/", given(referral)).headers["Retry-After"] == "60"
    with time_machine.travel(MONDAY_TEN + timedelta(seconds=60), tick=False):
        assert "Жолдама жарамды" in asked(referral.number, ON, referral.control_code)[1]


def test_each_network_has_its_own_tries(referral: Referral) -> None:
    for _ in range(MOST_TRIES + 1):
        Client(REMOTE_ADDR="203.0.113.7").get("/verify/", given(referral))

    for address, status in (("203.0.113.7", 429), ("203.0.113.8", 200)):
        assert Client(REMOTE_ADDR=address).get("/verify/", given(referral)).status_code == status


def test_a_form_that_is_not_filled_in_is_no_try(astana: World) -> None:
    for _ in range(MOST_TRIES + 5):
        assert Client().get("/verify/", {"n": ""}).status_code == 422
    assert VerificationTry.objects.count() == 0


def test_tries_are_forgotten_and_name_no_address(referral: Referral) -> None:
    Client(REMOTE_ADDR="203.0.113.7").get("/verify/", given(referral))
    kept = bytes(VerificationTry.objects.get().network)
    assert b"203.0.113.7" not in kept

    forget_tries(at=MONDAY_TEN + timedelta(seconds=59))
    assert VerificationTry.objects.count() == 1
    forget_tries(at=MONDAY_TEN + timedelta(seconds=60))
    assert VerificationTry.objects.count() == 0


def test_a_last_day_ends_where_the_referral_was_issued(referral: Referral) -> None:
    """Astana was at UTC+6; in the west of the country it was still the day before."""
    last = MONDAY_TEN + timedelta(days=7, hours=13, minutes=59)

    for at, said in ((last, "Жолдама жарамды"), (last + timedelta(minutes=1), "мерзімі өткен")):
        with time_machine.travel(at, tick=False):
            assert said in asked(referral.number, ON, referral.control_code)[1]


def test_the_keys_of_the_codes_are_published(astana: World) -> None:
    answer = Client().get("/verify/keys/")

    assert answer.headers["Content-Type"] == "application/jwk-set+json"
    assert read_published(answer.content) == public_keys()
    assert set(answer.json()["keys"][0]) == {
        "kid", "kty", "crv", "alg", "use", "x", "y", "number", "since", "until", "withdrawn",
    }  # fmt: skip


def given(referral: Referral) -> dict[str, str]:
    return {"n": referral.number, "d": ON, "c": referral.control_code}
