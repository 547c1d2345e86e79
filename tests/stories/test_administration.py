"""An administrator keeps offices, places and staff; nobody raises himself, one of them always stays."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from joldama.demo.second_factor import give_second_factor
from joldama.journal.models import Event
from joldama.people.models import Account, Deputising, Office, Place, SecondFactorReset, Staff, Territory
from joldama.people.queries import acting_heads, deputising
from joldama.people.second_factor import has_second_factor
from joldama.standard.roles import Role
from tests.factories.codes import present_code
from tests.stories.counter import hidden, said
from tests.stories.town import Town

PASSWORD = "a long pass phrase"
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


def test_from_the_day_of_leaving_sessions_end_and_sign_in_is_impossible(town: Town, first: Staff) -> None:
    official = town.office().specialist
    account = Account.objects.create_user("specialist", PASSWORD, staff=official)
    give_second_factor(account)

    browser(town, first).post(at("leaving", official.pk), {"left_on": "16.09.2015", "version": 1})
    town.at("2015-09-15 23:59")
    at_work = town.browser_of(official)
    the_day_before = at_work.get(reverse("desk:work")).status_code
    town.at("2015-09-16 00:00")
    that_day = at_work.get(reverse("desk:work")).status_code
    signing_in = enter("specialist", code=present_code(account))

    assert (the_day_before, that_day, signing_in.status_code) == (200, 302, 422)
    assert acts(official.pk) == [("staff.leaves", first.pk)]


def test_leaving_today_ends_sessions_for_good_even_where_it_is_taken_back(town: Town, first: Staff) -> None:
    official = town.office().specialist
    account = Account.objects.create_user("specialist", PASSWORD, staff=official)
    at_work = town.browser_of(official)
    desk = browser(town, first)

    desk.post(at("leaving", official.pk), {"left_on": "14.09.2015", "version": 1})
    desk.post(at("staying", official.pk))

    official.refresh_from_db()
    assert official.left_on is None
    assert at_work.get(reverse("desk:work")).status_code == 302
    assert enter("specialist").url.startswith(reverse("desk:enrol"))
    assert account.sessions_ended_at != Account.objects.get(pk=account.pk).sessions_ended_at


def test_the_last_administrator_cannot_leave_nor_be_given_another_role(
    town: Town, first: Staff, second: Staff
) -> None:
    desk = browser(town, first)
    leaving = desk.post(at("leaving", second.pk), {"left_on": "01.10.2015", "version": 1})

    last = desk.post(at("leaving", first.pk), {"left_on": "01.10.2015", "version": 1})

    first.refresh_from_db()
    assert (leaving.status_code, last.status_code) == (302, 422)
    assert "This is the last administrator" in said(last)
    assert first.left_on is None


def test_nobody_changes_his_own_post_or_invites_himself(town: Town, first: Staff, second: Staff) -> None:
    desk = browser(town, first)

    raised = desk.post(at("change-post", first.pk), typed_of(first, role=Role.AUDITOR))
    invited = desk.post(at("invite", first.pk))
    stayed = desk.post(at("staying", first.pk))

    first.refresh_from_db()
    assert (raised.status_code, invited.status_code, stayed.status_code) == (422, 409, 409)
    assert first.role == Role.ADMINISTRATOR
    assert acts(first.pk) == []


def test_a_role_is_changed_by_an_administrator_and_both_stand_in_the_journal(
    town: Town, first: Staff
) -> None:
    official = town.office().specialist
    town.browser_of(official)

    browser(town, first).post(at("change-post", official.pk), typed_of(official, role=Role.DEPUTY))

    official.refresh_from_db()
    event = Event.objects.get(subject=official.pk)
    assert (official.role, official.iin) == (Role.DEPUTY, "920916246330")
    assert (event.name, event.actor, event.facts) == (
        "staff.changed",
        first.pk,
        {"role": "deputy", "role_before": "specialist"},
    )


@pytest.mark.parametrize(
    ("role", "has_place", "told"),
    [
        (Role.SPECIALIST, False, "No place of work is chosen."),
        (Role.AUDITOR, True, "The place of work is one too many."),
    ],
)
def test_a_post_stands_where_its_role_does(
    town: Town, first: Staff, role: Role, has_place: bool, told: str
) -> None:
    official, place = town.office().specialist, town.office().place

    answer = browser(town, first).post(
        at("change-post", official.pk),
        typed_of(official, role=role, place=str(place.pk) if has_place else ""),
    )

    assert answer.status_code == 422
    assert told in said(answer)


def test_what_another_administrator_changed_meanwhile_is_shown_and_not_overwritten(
    town: Town, first: Staff, second: Staff
) -> None:
    office = town.office().office
    mine, theirs = browser(town, first), browser(town, second)
    opened = mine.get(at("change-office", office.pk))
    form = {"kk": office.kk, "ru": office.ru, "en": "Mine", "phones": "1"}
    theirs.post(
        at("change-office", office.pk),
        {**form, "en": "Theirs", "phones": "", "version": hidden(opened, "version")},
    )

    late = mine.post(at("change-office", office.pk), {**form, "version": hidden(opened, "version")})
    page = said(late)
    office.refresh_from_db()
    stood = office.en
    again = mine.post(at("change-office", office.pk), {**form, "version": hidden(late, "version")})

    office.refresh_from_db()
    assert late.status_code == 409
    assert "While you were typing, Петрова Е. changed the data." in page
    assert "Name in English Theirs" in page
    assert 'value="Mine"' in late.content.decode()
    assert (stood, again.status_code, office.en) == ("Theirs", 302, "Mine")


def test_a_deputys_order_gives_him_the_right_to_sign_until_it_is_called_off(town: Town, first: Staff) -> None:
    world = town.office()
    desk = browser(town, first)
    given = {"order": "№ 98-Ө", "starts_on": "14.09.2015", "ends_on": "20.09.2015"}
    on = date(2015, 9, 14)

    entered = [desk.post(at("enter-order", world.deputy.pk), given).status_code for _ in range(2)]
    order = Deputising.objects.get()
    in_force = (deputising(world.deputy, on=on), len(acting_heads(world.office.pk, on=on)))
    desk.post(at("call-off-order", world.deputy.pk), {"order": order.pk})
    desk.post(at("call-off-order", world.deputy.pk), {"order": order.pk})

    assert entered == [302, 302]
    assert in_force == (order, 2)
    assert (deputising(world.deputy, on=on), acting_heads(world.office.pk, on=on)) == (None, [world.head])
    assert acts(world.deputy.pk) == [("deputising.entered", first.pk), ("deputising.called_off", first.pk)]


@pytest.mark.parametrize(
    ("whose", "changes", "told"),
    [
        ("deputy", {"ends_on": "13.09.2015"}, "The end date is before the start date."),
        ("specialist", {}, "Only a deputy acts as head."),
        ("deputy", {"order": ""}, "Number and date of the order"),
    ],
)
def test_an_order_that_makes_no_sense_is_not_entered(
    town: Town, first: Staff, whose: str, changes: dict[str, str], told: str
) -> None:
    official = getattr(town.office(), whose)
    given = {"order": "№ 98-Ө", "starts_on": "14.09.2015", "ends_on": "20.09.2015", **changes}

    answer = browser(town, first).post(at("enter-order", official.pk), given)

    assert answer.status_code == 422
    assert told in said(answer)
    assert not Deputising.objects.exists()


def test_nobody_else_opens_the_administration(town: Town, first: Staff) -> None:
    head = town.browser_of(town.office().head)
    specialist = town.office().specialist

    answers = [
        head.get(at("home")),
        head.get(at("staff")),
        head.post(at("change-post", specialist.pk), typed_of(specialist, role=Role.HEAD)),
        head.post(at("invite", first.pk)),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert Event.objects.count() == 0


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", ["home", "offices", "enter-office", "staff", "appoint", "resets"])
def test_the_pages_answer_in_every_language(town: Town, first: Staff, page: str, language: str) -> None:
    town.office()
    desk = town.browser_of(first)
    desk.cookies["language"] = language

    assert desk.get(at(page)).status_code == 200


def test_an_administrators_work_begins_here(town: Town, first: Staff) -> None:
    assert browser(town, first).get(reverse("desk:work")).url == at("home")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


@pytest.mark.parametrize("page", ["offices", "staff", "resets"])
def test_lists_cost_the_same_for_one_row_and_for_three(town: Town, first: Staff, page: str) -> None:
    desk = browser(town, first)

    def more(slug: str) -> None:
        specialist = town.office(slug).specialist
        account = Account.objects.create_user(slug, None, staff=specialist)
        SecondFactorReset.objects.create(account=account, asked_at=town.now, asked_by=first)

    more("astana")
    desk.get(at(page))  # the process learns its installation
    few = queries_of(desk, at(page))
    more("temirtau")
    more("akkol")

    assert queries_of(desk, at(page)) == few


def test_the_page_of_an_official_costs_the_same_however_much_was_done(town: Town, first: Staff) -> None:
    official = town.office().specialist
    Account.objects.create_user("specialist", None, staff=official)
    desk = browser(town, first)
    desk.post(at("invite", official.pk))
    few = queries_of(desk, at("official", official.pk))
    for _ in range(3):
        desk.post(at("invite", official.pk))

    assert queries_of(desk, at("official", official.pk)) == few


@pytest.mark.parametrize("page", ["official", "change-post", "leaving", "office", "change-place"])
def test_what_is_not_there_answers_like_a_missing_page(town: Town, first: Staff, page: str) -> None:
    assert browser(town, first).get(at(page, "6f6b8f6e-1a1b-4c1c-8d1d-1e1f2a2b2c2d")).status_code == 404
