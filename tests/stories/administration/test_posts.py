"""Who leaves, changes his role or deputises; nobody raises himself, one administrator always stays."""

from datetime import date

import pytest
from django.urls import reverse

from joldama.demo.second_factor import give_second_factor
from joldama.journal.models import Event
from joldama.people.models import Account, Deputising, Staff
from joldama.people.queries import acting_heads, deputising
from joldama.standard.roles import Role
from tests.factories.codes import present_code
from tests.stories.administration.administrators import (
    PASSWORD,
    acts,
    at,
    browser,
    enter,
    typed_of,
)
from tests.stories.counter import hidden, said
from tests.stories.town import Town


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
