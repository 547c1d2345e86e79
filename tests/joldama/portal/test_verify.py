"""Whoever holds a referral verifies it; whoever does not learns nothing (A33)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.factories.steps import MONDAY_TEN, drafted, sealed, signed, walked_in
from tests.factories.world import World

from joldama.referrals.models import Referral

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


@pytest.mark.parametrize("given", [{"n": ""}, {"n": "x", "d": "31.02.2015", "c": "y"}, {"c": "z" * 5000}])
def test_nonsense_is_said_beside_its_field(astana: World, given: dict) -> None:
    response = Client().get("/verify/", given)

    assert response.status_code == 422
    assert 'class="errors"' in response.content.decode()
