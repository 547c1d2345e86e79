"""Two administrators, their pages, and what they type there."""

import pytest
from django.test import Client
from django.urls import reverse

from joldama.demo.second_factor import give_second_factor
from joldama.journal.models import Event
from joldama.people.models import Account, Staff
from joldama.standard.roles import Role
from tests.stories.town import Town

PASSWORD = "a long pass phrase"


def administrator(surname: str, login: str) -> Staff:
    staff = Staff.objects.create(role=Role.ADMINISTRATOR, surname=surname, given_name="Ерасыл")
    give_second_factor(Account.objects.create_user(login, PASSWORD, staff=staff))
    return staff


@pytest.fixture
def first(town: Town) -> Staff:
    town.at("2015-09-14 10:00")
    return administrator("Қуанышев", "administrator1")


@pytest.fixture
def second(first: Staff) -> Staff:
    return administrator("Петрова", "administrator2")


def browser(town: Town, staff: Staff) -> Client:
    made = town.browser_of(staff)
    made.cookies["language"] = "en"
    return made


def at(name: str, *ids: object) -> str:
    return reverse(f"administration:{name}", args=ids)


def typed_of(staff: Staff, **changes: object) -> dict[str, object]:
    """What the form of a post holds, with changes."""
    return {
        "surname": staff.surname,
        "given_name": staff.given_name,
        "patronymic": staff.patronymic,
        "role": staff.role,
        "place": str(staff.place_id or ""),
        "position_kk": "маман",
        "position_ru": "специалист",
        "position_en": "specialist",
        "iin": "",
        "version": staff.version,
        **changes,
    }


def acts(subject: object) -> list[tuple[str, object]]:
    return list(Event.objects.filter(subject=subject).order_by("id").values_list("name", "actor"))


def enter(login: str, **typed: str):
    return Client(HTTP_ACCEPT_LANGUAGE="en").post(
        reverse("desk:sign-in"), {"username": login, "password": PASSWORD, **typed}
    )
