"""The work list: open cases of the own office by time left."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests.factories import world
from tests.factories.steps import MONDAY_TEN, drafted, sealed, sent, signed, walked_in
from tests.factories.world import World
from tests.joldama.desk.conftest import Enter
from tests.joldama.desk.reading import said

from joldama.people.models import Account, Staff
from joldama.procedures import issue, prepare
from joldama.standard.roles import Role

IINS = ("850916125478", "900115267840", "800313184999")


def rows(response) -> list[str]:
    return [row.case.number for row in response.context["rows"]]


def test_cases_stand_by_time_left_and_the_overdue_one_is_first_and_said(
    astana: World, specialist: Client, clock: time_machine.Traveller
) -> None:
    on_portal = sent(astana, at=MONDAY_TEN)
    early = walked_in(astana, iin=IINS[0])
    late = walked_in(astana, iin=IINS[1], at=MONDAY_TEN + timedelta(minutes=20))
    clock.move_to(MONDAY_TEN + timedelta(minutes=31))

    page = specialist.get(reverse("desk:work"))

    assert rows(page) == [early.number, late.number, on_portal.number]
    assert "Overdue cases: 1." in said(page)
    assert [row.left for row in page.context["rows"]] == [
        "1 min over the term",
        "19 min left",
        "30 h 59 min left",
    ]
    assert [row.is_overdue for row in page.context["rows"]] == [True, False, False]


def test_cases_of_other_offices_are_not_in_the_list(astana: World, specialist: Client) -> None:
    walked_in(world.office("temirtau"))

    page = specialist.get(reverse("desk:work"))

    assert rows(page) == []
    assert "There are no open cases here." in said(page)


def test_mine_and_untaken_are_told_apart(astana: World, specialist: Client) -> None:
    taken = walked_in(astana, iin=IINS[0])
    untaken = walked_in(astana, iin=IINS[1])
    prepare.take(taken, by=astana.specialist, at=MONDAY_TEN)

    mine = specialist.get(reverse("desk:work"), {"show": "mine"})
    others = specialist.get(reverse("desk:work"), {"show": "untaken"})
    strange = specialist.get(reverse("desk:work"), {"show": "nonsense", "page": "-3"})

    assert (rows(mine), rows(others)) == ([taken.number], [untaken.number])
    assert set(rows(strange)) == {taken.number, untaken.number}


def test_each_case_names_its_next_step_for_who_looks(astana: World, specialist: Client, head: Client) -> None:
    walked_in(astana, iin=IINS[0])
    drafted(astana, walked_in(astana, iin=IINS[1], at=MONDAY_TEN))
    offered = walked_in(astana, iin=IINS[2])
    drafted(astana, offered)
    sealed(signed(astana, offered))

    steps = {
        browser: sorted(str(row.next) for row in browser.get(reverse("desk:work")).context["rows"])
        for browser in (specialist, head)
    }

    assert steps == {
        specialist: ["offer", "take", "wait_signature"],
        head: ["sign", "wait_offer", "wait_taker"],
    }


def test_the_head_sees_what_waits_for_his_signature(astana: World, head: Client) -> None:
    drafted(astana, walked_in(astana))

    page = head.get(reverse("desk:work"))

    assert "Decisions waiting for your signature: 1" in said(page)
    assert [str(row.next) for row in page.context["to_sign"]] == ["sign"]


def test_a_deputy_sees_it_by_order_only(astana: World, enter: Enter) -> None:
    drafted(astana, walked_in(astana))
    deputy = enter(astana.deputy)

    without = deputy.get(reverse("desk:work"))
    world.by_order(astana.deputy, starts_on=date(2015, 9, 14), ends_on=date(2015, 9, 14))
    by_order = deputy.get(reverse("desk:work"))

    assert [len(page.context["to_sign"]) for page in (without, by_order)] == [0, 1]


def test_a_referral_offered_and_not_handed_over_stays_in_sight(astana: World, specialist: Client) -> None:
    application = walked_in(astana)
    drafted(astana, application)
    sealed(signed(astana, application))
    application.refresh_from_db()
    issue.offer(application, by=astana.specialist, at=MONDAY_TEN)

    page = specialist.get(reverse("desk:work"))

    assert [row.case.pk for row in page.context["to_hand_over"]] == [application.pk]


@pytest.mark.parametrize(
    ("role", "first"),
    [(Role.ADMINISTRATOR, "administration:home"), (Role.AUDITOR, "reports:report")],
)
def test_whose_role_sees_no_cases_has_another_first_page(
    astana: World, enter: Enter, role: Role, first: str
) -> None:
    application = walked_in(astana)
    browser = enter(Staff.objects.create(role=role, surname="Әлиев", given_name="Ерлан"))

    assert browser.get(reverse("desk:work")).url == reverse(first)
    assert browser.get(reverse("desk:case", args=[application.pk])).status_code == 403
    assert browser.get(reverse("desk:intake")).status_code == 403


def test_a_person_who_applies_has_no_desk(astana: World) -> None:
    browser = Client()
    browser.force_login(
        Account.objects.get(person=world.applicant()),
        backend="django.contrib.auth.backends.ModelBackend",
    )

    assert browser.get(reverse("desk:work")).status_code == 403


def test_the_list_costs_the_same_for_one_case_and_for_three(
    astana: World, specialist: Client, django_assert_num_queries
) -> None:
    drafted(astana, walked_in(astana, iin=IINS[0]))
    specialist.get(reverse("desk:work"))  # the process learns what it is

    with django_assert_num_queries(9):
        specialist.get(reverse("desk:work"))

    drafted(astana, walked_in(astana, iin=IINS[1]))
    walked_in(astana, iin=IINS[2], key=uuid4())
    with django_assert_num_queries(9):
        specialist.get(reverse("desk:work"))


def test_who_am_i_names_the_post_and_the_order(astana: World, enter: Enter) -> None:
    world.by_order(astana.deputy, starts_on=date(2015, 9, 14), ends_on=date(2015, 9, 20))

    page = said(enter(astana.deputy).get(reverse("desk:me")))

    assert astana.deputy.name.full in page
    assert "№ 17-Ө Last day: 20 September 2015" in page
