"""An administrator keeps offices and their places; every act has its actor."""

import pytest

from joldama.people.models import Office, Place, Staff, Territory
from joldama.standard.roles import Role
from tests.stories.administration.administrators import acts, at, browser, typed_of
from tests.stories.counter import said
from tests.stories.town import Town

OFFICE = {
    "code": "аст",
    "kind": "DISTRICT",
    "territory": "113200000",
    "bin": "140140081790",
    "kk": "Ақкөл ауданының бөлімі",
    "ru": "Отдел Аккольского района",
    "en": "Division of Akkol district",
    "phones": "8 (71638) 0-00-13\n\n 8 (71638) 0-00-14 ",
}

PLACE = {
    "kk": "Ақкөл қаласы",
    "ru": "город Акколь",
    "en": "Akkol",
    "phones": "",
    "windows": "2",
    "zone_name": "Asia/Almaty",
}


def test_an_office_and_its_places_are_entered_and_changed_and_every_act_has_its_actor(
    town: Town, first: Staff
) -> None:
    Territory.objects.create(kato="113200000", kk="Ақкөл ауданы", ru="Аккольский район", en="Akkol district")
    desk = browser(town, first)

    entered = desk.post(at("enter-office"), OFFICE)
    office = Office.objects.get()
    placed = desk.post(at("enter-place", office.pk), PLACE)
    place = Place.objects.get()
    moved = desk.post(
        at("change-place", place.pk), {**PLACE, "en": "Akkol, 81", "version": place.version, "is_main": ""}
    )
    renamed = desk.post(at("change-office", office.pk), {**OFFICE, "en": "Akkol office", "version": 1})
    place.refresh_from_db()
    office.refresh_from_db()

    assert entered.url == at("enter-place", office.pk)
    assert [answer.url for answer in (placed, moved, renamed)] == [at("office", office.pk)] * 3
    assert (office.code, office.en, office.phones) == (
        "АСТ",
        "Akkol office",
        ["8 (71638) 0-00-13", "8 (71638) 0-00-14"],
    )
    assert (place.en, place.is_main, place.windows) == ("Akkol, 81", True, 2)
    assert acts(office.pk) == [("office.entered", first.pk), ("office.changed", first.pk)]
    assert acts(place.pk) == [("place.entered", first.pk), ("place.changed", first.pk)]
    page = said(desk.get(at("office", office.pk)))
    assert page.count("Қуанышев Е.") == 4


def test_what_is_sent_twice_is_entered_once(town: Town, first: Staff) -> None:
    Territory.objects.create(kato="113200000", kk="Ақкөл ауданы", ru="Аккольский район", en="Akkol district")
    desk, place = browser(town, first), town.office().place
    post = {**typed_of(Staff(role=Role.SPECIALIST, surname="Сұлтанова", given_name="Мәлика"))}
    given = {**post, "place": str(place.pk), "login": "astana.new"}

    entered = [desk.post(at("enter-office"), {**OFFICE, "code": "АҚК"}).status_code for _ in range(2)]
    office = Office.objects.get(code="АҚК")
    placed = [desk.post(at("enter-place", office.pk), PLACE).status_code for _ in range(2)]
    appointed = [desk.post(at("appoint"), given).url for _ in range(2)]
    changed = [
        desk.post(at("change-office", office.pk), {**OFFICE, "en": "Akkol", "version": 1}).status_code
        for _ in range(2)
    ]

    official = Staff.objects.get(surname="Сұлтанова")
    assert (entered, placed, changed) == ([302, 302], [302, 302], [302, 302])
    assert appointed == [at("official", official.pk)] * 2
    assert office.places.count() == 1
    assert [name for name, _actor in acts(office.pk)] == ["office.entered", "office.changed"]


def test_a_login_belongs_to_one_official(town: Town, first: Staff) -> None:
    place = town.office().place
    post = typed_of(Staff(role=Role.SPECIALIST, surname="Сұлтанова", given_name="Мәлика"))

    answer = browser(town, first).post(
        at("appoint"), {**post, "place": str(place.pk), "login": "administrator1"}
    )

    assert answer.status_code == 422
    assert "This login is taken." in said(answer)


def test_a_second_main_place_takes_over_from_the_first(town: Town, first: Staff) -> None:
    office = town.office().office

    browser(town, first).post(at("enter-place", office.pk), {**PLACE, "is_main": "on"})

    assert list(office.places.order_by("is_main").values_list("kk", "is_main")) == [
        (town.office().place.kk, False),
        ("Ақкөл қаласы", True),
    ]


@pytest.mark.parametrize(
    ("changes", "said_of"),
    [
        ({"code": "AST"}, "The code does not fit."),
        ({"bin": "140140081791"}, "There is a mistake in the BIN."),
        ({"bin": "140940311897"}, "An office with this BIN stands already."),
        ({}, "This code is taken."),
        ({"code": "АҚК", "en": ""}, "Name in English"),
    ],
)
def test_an_office_that_makes_no_sense_is_not_entered_and_what_was_typed_stays(
    town: Town, first: Staff, changes: dict[str, str], said_of: str
) -> None:
    Territory.objects.create(kato="113200000", kk="Ақкөл ауданы", ru="Аккольский район", en="Akkol district")
    town.office()
    given = {**OFFICE, **({"code": "АҚК"} if "bin" in changes else {}), **changes}

    answer = browser(town, first).post(at("enter-office"), given)

    assert answer.status_code == 422
    assert said_of in said(answer)
    assert OFFICE["ru"] in answer.content.decode()
    assert Office.objects.count() == 1
